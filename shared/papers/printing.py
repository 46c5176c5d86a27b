"""The one printer of a process: papers are drawn in a thread of their own, one after another, so that the event loop
stays free; the library is loaded when the first paper is wanted."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from shared.errors import Unavailable
from shared.papers.paper import Paper
from shared.papers.resume import Resume

DEADLINE = 10.0  # seconds, waiting for other papers included
QUEUE = 50  # papers that may wait: more would not be drawn in time


class Printer:
    """Drawing holds the interpreter, so a second thread would only take turns with the first."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="papers")
        self._waiting = 0

    async def pdf(self, paper: Paper | Resume) -> bytes:
        """The paper as PDF; raises `Unavailable` where too many wait, or it takes too long."""
        if self._waiting >= QUEUE:
            raise Unavailable
        self._waiting += 1
        try:
            async with asyncio.timeout(DEADLINE):
                return await asyncio.get_running_loop().run_in_executor(self._thread, _draw, paper)
        except TimeoutError:
            raise Unavailable from None
        finally:
            self._waiting -= 1


def _draw(paper: Paper | Resume) -> bytes:
    from shared.papers.drawing import draw
    from shared.papers.resume_drawing import draw_resume

    return draw_resume(paper) if isinstance(paper, Resume) else draw(paper)
