"""The development inbox: what was sent is found, once, however the number is written."""

from pathlib import Path

import pytest

from deploy.local.letters import Letter, Letters, now


def letter(to: str, **given: str) -> Letter:
    return Letter(**{"channel": "sms", "to": to, "subject": "", "text": "kode", "at": now(), **given})


@pytest.mark.parametrize(
    "typed", ["+6281234567890", "081234567890", "0812 3456-7890", "6281234567890", " 6281234567890"]
)
def test_a_number_is_found_however_it_is_written(tmp_path: Path, typed: str) -> None:
    letters = Letters(tmp_path / "inbox.jsonl")
    letters.add(letter("+6281234567890"))
    letters.add(letter("+6281234567891"))
    assert [found.to for found in letters.to(typed)] == ["+6281234567890"]


def test_an_email_that_comes_again_under_its_id_is_shown_once_and_counted(tmp_path: Path) -> None:
    letters = Letters(tmp_path / "inbox.jsonl")
    for _ in range(3):
        letters.add(letter("sari@example.com", channel="email", message_id="<m1@si-caker>"))
    [found] = letters.to("sari@example.com")
    assert letters.copies(found) == 3


def test_a_restart_keeps_what_was_received_and_still_knows_repeats(tmp_path: Path) -> None:
    first = Letters(tmp_path / "inbox.jsonl")
    first.add(letter("+6281234567890", key="k1", message_id="sms_1"))
    first.close()
    again = Letters(tmp_path / "inbox.jsonl")
    assert len(again.to(None)) == 1
    assert again.accepted_as("k1") == "sms_1"


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    letters = Letters(tmp_path / "inbox.jsonl", keep=3)
    for number in range(5):
        letters.add(letter("+6281234567890", text=str(number)))
    assert [found.text for found in letters.to(None)] == ["2", "3", "4"]
