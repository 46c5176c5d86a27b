"""One SMTP connection after its greeting (aiosmtplib opens, encrypts and logs in): mail after mail, and where the
server takes commands in a row (RFC 2920) the whole envelope in one go, so that a mail waits twice for the network
instead of four times."""

import asyncio
from collections import deque
from collections.abc import Sequence

OK = (250, 251)
SERVICE_CLOSING = 421
START = 354
GARBAGE = -1
LONGEST_REPLY = 16_384  # bytes


class Gone(Exception):
    """The connection ended before the server answered."""


class Said(Exception):
    """The server did not say yes; its words may quote the address and are dropped."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class SmtpLine(asyncio.Protocol):
    """Takes `transport` over. One caller at a time."""

    def __init__(self, transport: asyncio.Transport, *, pipelining: bool) -> None:
        self._transport, self._pipelining = transport, pipelining
        self._buffer, self._replies = bytearray(), deque[int]()
        self._waiter: asyncio.Future[None] | None = None
        self._lost = transport.is_closing()
        transport.set_protocol(self)

    @property
    def connected(self) -> bool:
        return not self._lost and not self._transport.is_closing()

    async def envelope(self, sender: str, to: str) -> None:
        """From whom and to whom, up to where the server waits for the mail; raises `Said` at the first no."""
        asked: list[tuple[str, Sequence[int]]] = [
            (f"MAIL FROM:<{sender}>", OK),
            (f"RCPT TO:<{to}>", OK),
            ("DATA", (START,)),
        ]
        if not self._pipelining:
            for command, wanted in asked:
                self._write([command])
                _check(await self._reply(), wanted)
            return
        self._write([command for command, _ in asked])
        codes = await self._replies_to(len(asked))
        if codes[-1] == START and not all(code in OK for code in codes[:-1]):
            self.close()  # it waits for a mail that goes to nobody: without its end there is none
        for code, (_, wanted) in zip(codes, asked, strict=False):
            _check(code, wanted)

    async def content(self, mail: bytes) -> None:
        """The mail, whose lines end with CR and LF; raises `Said` where it was not taken."""
        stuffed = mail.replace(b"\r\n.", b"\r\n..")
        self._transport.write((b"." if mail.startswith(b".") else b"") + stuffed + b".\r\n")
        _check(await self._reply(), OK)

    async def reset(self) -> None:
        """Clear a refused envelope."""
        self._write(["RSET"])
        _check(await self._reply(), OK)

    def close(self) -> None:
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\n")) >= 0:
            line = bytes(self._buffer[: end + 1])
            del self._buffer[: end + 1]
            if line[3:4] != b"-" or not line[:3].isdigit():
                self._replies.append(int(line[:3]) if line[:3].isdigit() else GARBAGE)
        if len(self._buffer) > LONGEST_REPLY:
            self.close()
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost = True
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _write(self, commands: Sequence[str]) -> None:
        if not self.connected:
            raise Gone
        self._transport.write("".join(f"{command}\r\n" for command in commands).encode("ascii"))

    async def _replies_to(self, count: int) -> list[int]:
        """All of them, or what came before the server hung up, where that says why."""
        codes: list[int] = []
        try:
            while len(codes) < count:
                codes.append(await self._reply())
        except Gone:
            if all(code in OK for code in codes):
                raise
        return codes

    async def _reply(self) -> int:
        while not self._replies:
            if not self.connected:
                raise Gone
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        return self._replies.popleft()


def _check(code: int, wanted: Sequence[int]) -> None:
    if code not in wanted:
        raise Said(code)
