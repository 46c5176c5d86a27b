"""The life of a document as one table: from a state, by what is found, to a state. What is not here changes nothing.

Only `clean` is ever handed out. Of `unreadable` and `infected` no byte is kept.
"""

from typing import Literal

State = Literal["uploaded", "scanning", "clean", "infected", "unreadable"]
Finding = Literal["unfit", "hold", "pass", "virus", "refused"]

TABLE: dict[tuple[State, Finding], State] = {
    ("uploaded", "unfit"): "unreadable",  # never stored: the person is told at once
    ("uploaded", "hold"): "scanning",
    ("uploaded", "pass"): "clean",  # where no scanner is configured
    ("scanning", "pass"): "clean",
    ("scanning", "virus"): "infected",
    ("scanning", "refused"): "unreadable",  # the scanner will not take such a file, however often it is asked
}


def after(state: State, finding: Finding) -> State | None:
    """The next state; None where this finding changes nothing any more."""
    return TABLE.get((state, finding))
