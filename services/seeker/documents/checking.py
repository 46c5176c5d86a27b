"""Hands a file to the cleaning program, one at a time, and waits no longer than it may take."""

import asyncio
import contextlib
import sys
from pathlib import Path

from services.seeker import problems
from shared.errors import Unavailable

LIMIT = 5 * 1024 * 1024  # bytes, before and after
DEADLINE = 15.0  # seconds, waiting for other files included
ROOT = Path(__file__).parents[3]
PROGRAM = ("-m", "services.seeker.documents.cleaning")
WHY: dict[bytes, type[problems.Flaw]] = {
    b"locked": problems.DocumentLocked,
    b"active": problems.DocumentActive,
    b"too_big": problems.DocumentTooLarge,
}


class Cleaner:
    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)

    async def clean(self, raw: bytes) -> tuple[str, bytes]:
        """(media type, the file anew); raises a `Flaw`, or `Unavailable` where too many wait."""
        if len(raw) > LIMIT:
            raise problems.DocumentTooLarge
        try:
            async with asyncio.timeout(DEADLINE), self._turn:
                code, said = await _run(raw)
        except TimeoutError:
            raise Unavailable from None
        if code != 0:
            raise WHY.get(said, problems.DocumentUnreadable)
        kind, _, made = said.partition(b"\n")
        if len(made) > LIMIT:
            raise problems.DocumentTooLarge
        return kind.decode(), made


async def _run(raw: bytes) -> tuple[int, bytes]:
    """Exit code and what it wrote. It inherits no secret: its environment says only where the code is."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *PROGRAM,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    try:
        said, _ = await child.communicate(raw)
    finally:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
    return child.returncode or 0, said
