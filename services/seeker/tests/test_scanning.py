"""The scanner's answers: only one means clean; every other line, half of one, or silence does not."""

import asyncio
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.seeker.documents.scanning import Scanner, ScannerAway
from services.seeker.settings import SeekerSettings
from services.seeker.tests.clamd import EICAR, OK, TOO_LARGE, Clamd, listening

FILE = bytes(range(256)) * 1000  # several pieces, the last one not full


@pytest.mark.parametrize(("answer", "verdict"), [(OK, "pass"), (EICAR, "virus"), (TOO_LARGE, "refused")])
async def test_the_whole_file_is_shown_and_the_answer_is_understood(answer: bytes, verdict: str) -> None:
    clamd = Clamd(answer)
    async with listening(clamd) as url:
        assert await Scanner(url).scan(FILE) == verdict
    assert clamd.seen == [FILE]


async def test_a_scanner_on_a_unix_socket_is_asked_the_same(tmp_path: Path) -> None:
    clamd, path = Clamd(EICAR), tmp_path / "clamd.sock"
    server = await asyncio.start_unix_server(clamd.serve, path)
    assert await Scanner(f"unix://{path}").scan(FILE) == "virus"
    server.close()


async def test_a_scanner_that_refuses_in_the_middle_is_still_heard() -> None:
    async with listening(Clamd(TOO_LARGE, early=True)) as url:
        assert await Scanner(url).scan(b"x" * 100) == "refused"


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"",
        b"stream: OK",
        b"stream: O",
        b"stream: OKAY\0",
        b"stream: lstat() failed ERROR\0",
        b"x" * 9000,
        b"\0",
    ],
)
async def test_no_whole_answer_is_no_answer(answer: bytes | None) -> None:
    async with listening(Clamd(answer)) as url:
        with pytest.raises(ScannerAway):
            await Scanner(url, deadline=0.5).scan(FILE)


async def test_a_scanner_that_does_not_listen_is_away(tmp_path: Path) -> None:
    async with listening(Clamd()) as url:
        pass
    for gone in (url, f"unix://{tmp_path}/none.sock"):
        with pytest.raises(ScannerAway):
            await Scanner(gone).scan(FILE)


@pytest.mark.parametrize("url", ["clamav:3310", "tcp://clamav", "http://clamav:3310", "unix://clamd.sock"])
def test_an_address_that_is_none_is_refused_at_start(url: str) -> None:
    key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    given = {"master_key": key, "index_key": key, "paper_key": key}
    assert SeekerSettings.model_validate({**given, "clamav_url": "tcp://clamav:3310"}).clamav_url
    with pytest.raises(ValidationError):
        SeekerSettings.model_validate({**given, "clamav_url": url})
