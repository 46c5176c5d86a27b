"""What is known of a system: the promises, the documents, the topic, the messages, the providers' acceptances."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Promised:
    """A 2xx answer. `key` names what was asked for: `seeker vacancy`."""

    key: str
    number: str


@dataclass(frozen=True, slots=True)
class Stored:
    """One document; `waiting` is how many of its events are still in its outbox, `fresh` that they came just now."""

    id: str
    key: str
    number: str
    version: int
    waiting: int = 0
    due: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """One record of the topic, in the order of the log. `late`: read after the documents, so its state may be too."""

    event: str
    subject: str
    sequence: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """One message to one person. `wire` is the name that its provider knows it by; `fresh`: made just now."""

    id: str
    event: str
    wire: str
    state: str
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One acceptance by a provider. `unheard`: its sender cannot know of it (the answer was hidden, or came to a
    process that was killed before it could write it down)."""

    wire: str
    unheard: bool = False


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """`attempted`: every key that a client asked for, None where nobody wrote that down. `told` is None where nobody
    recorded the providers; `plans` says how many messages an event must have made."""

    attempted: Sequence[str] | None = ()
    promised: Sequence[Promised] = ()
    stored: Sequence[Stored] = ()
    published: Sequence[Published] = ()
    planned: Sequence[Planned] = ()
    told: Sequence[Told] | None = None
    plans: Mapping[str, int] = field(default_factory=dict)
