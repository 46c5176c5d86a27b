"""A TCP proxy on the edge between two parts: it can make the line bad, and do something at exactly the nth message,
such as killing whoever waits for it.

    edge = Edge(target=store_port, cutter=MongoCutter)
    edge.trap(kill(api.pid), when=reply("insert applications"), nth=3)
"""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable

from tests.promises.frames import Cutter, Frame, Way
from tests.promises.toxics import CLEAN, Cut, Line, Toxic
from tests.promises.traps import Match, Place, Trap

_LINGER_0 = struct.pack("ii", 1, 0)  # close() sends a reset


class Edge:
    """Listens on `port` of 127.0.0.1 (0: any) and carries everything to `target`."""

    def __init__(self, *, target: int, cutter: Callable[[], Cutter], port: int = 0) -> None:
        self.target, self.port, self._cutter = target, port, cutter
        self.toxics: dict[Way, Toxic] = {"request": CLEAN, "reply": CLEAN}
        self.rewrite: Callable[[Frame], bytes] | None = None  # what passes instead of each message
        self._traps: list[Trap] = []
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()

    def trap(self, act: Callable[[], None], *, when: Match, nth: int = 1, place: Place = "before") -> Trap:
        trap = Trap(act, when, nth, place)
        self._traps.append(trap)
        return trap

    def poison(self, *, request: Toxic = CLEAN, reply: Toxic = CLEAN) -> None:
        """From now on, also on the connections that are open; without arguments the line is good again."""
        self.toxics = {"request": request, "reply": reply}

    async def start(self) -> "Edge":
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, backlog=512)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def refuse(self) -> None:
        """Nobody gets through any more, as if the machine behind was off; `start` opens it again."""
        if self._server is not None:
            self._server.close()
        self.cut()

    def cut(self) -> None:
        """Reset every open connection."""
        for task in list(self._open):
            task.cancel()

    async def stop(self) -> None:
        self.refuse()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        out: asyncio.StreamWriter | None = None
        try:
            with contextlib.suppress(OSError, Cut, asyncio.CancelledError, asyncio.IncompleteReadError):
                back, out = await asyncio.open_connection("127.0.0.1", self.target)
                await self._both(reader, writer, back, out)
        finally:
            self._open.discard(task)
            for end in (writer, out):
                if end is not None:
                    _reset(end)

    async def _both(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        back: asyncio.StreamReader,
        out: asyncio.StreamWriter,
    ) -> None:
        """Until either side ends the connection: half a connection is of no use to any of our protocols."""
        cutter = self._cutter()
        pumps = [
            asyncio.create_task(self._pump("request", reader, out, cutter)),
            asyncio.create_task(self._pump("reply", back, writer, cutter)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)

    async def _pump(self, way: Way, source: asyncio.StreamReader, sink: asyncio.StreamWriter, cutter: Cutter) -> None:
        line = Line()
        while data := await source.read(65_536):
            for frame in cutter.cut(way, data):
                await self._pass(frame, line, sink)

    async def _pass(self, frame: Frame, line: Line, sink: asyncio.StreamWriter) -> None:
        falls = [trap for trap in self._traps if trap.falls(frame)]
        for trap in falls:
            if trap.place != "after":
                trap.spring()
        if not any(trap.place == "before" for trap in falls):
            data = self.rewrite(frame) if self.rewrite else frame.data
            await line.carry(data, self.toxics[frame.way], sink)
        for trap in falls:
            if trap.place == "after":
                trap.spring()


def _reset(writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, AttributeError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_0)
    writer.transport.abort()
