"""No text of a message changes by accident."""

import pytest

from services.notifier.tests.golden import KEPT, letters

WANTED = letters()


@pytest.mark.parametrize("name", sorted(WANTED))
def test_a_text_is_what_was_kept(name: str) -> None:
    assert (KEPT / name).read_text(encoding="utf-8") == WANTED[name], "meant? then: make letters"


def test_nothing_is_kept_of_messages_that_are_gone() -> None:
    assert {path.name for path in KEPT.iterdir()} == set(WANTED)
