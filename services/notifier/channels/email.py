"""E-mail by SMTP over a few connections that are kept open."""

import time

from services.notifier.channels.channel import Accepted, Outgoing, Refused, Unsure
from services.notifier.channels.mail import Letterhead
from services.notifier.channels.smtp_line import SERVICE_CLOSING, Gone, Said, SmtpLine
from services.notifier.channels.smtp_server import SmtpServer

CONNECTIONS = 4
IDLE_SECONDS = 60.0  # servers close what is idle for a few minutes; better that we do
GONE = "smtp_disconnected"


class EmailChannel:
    """One lane's mail. Never more than `width` connections, whoever calls."""

    width = CONNECTIONS

    def __init__(self, server: SmtpServer, letterhead: Letterhead) -> None:
        self._server, self._letterhead = server, letterhead
        self._idle: list[tuple[SmtpLine, float]] = []

    async def send(self, message: Outgoing) -> Accepted:
        content = self._letterhead.write(message)
        await self._hand_over(message.to, content)
        return Accepted()

    async def close(self) -> None:
        while self._idle:
            line, _ = self._idle.pop()
            line.close()

    async def _hand_over(self, to: str, content: bytes) -> None:
        kept = self._kept()
        if kept is not None:
            try:
                await self._over(kept, to, content)
                return
            except _Stale:
                pass  # the server had closed it meanwhile: nothing was handed over, a fresh one will do
        try:
            await self._over(await self._server.open(), to, content)
        except _Stale as error:
            raise Refused(str(error), provider=True) from None

    async def _over(self, line: SmtpLine, to: str, content: bytes) -> None:
        """One mail over one connection, which is kept if it is still in a known state afterwards."""
        try:
            await self._envelope(line, to)
            await self._content(line, content)
        except Refused as refusal:
            await self._reset(line, refusal)
            raise
        except BaseException:
            line.close()  # also when our time is up: an answer may still come, and must not meet the next mail
            raise
        self._keep(line)

    async def _envelope(self, line: SmtpLine, to: str) -> None:
        try:
            await line.envelope(self._letterhead.address, to)
        except Said as said:
            if said.code == SERVICE_CLOSING:
                raise _Stale("smtp_421") from None
            raise _refused(said.code) from None
        except Gone:
            raise _Stale(GONE) from None

    async def _content(self, line: SmtpLine, content: bytes) -> None:
        try:
            await line.content(content)
        except Said as said:
            if said.code < 400:
                raise Unsure("smtp_garbage") from None
            raise _refused(said.code) from None
        except Gone:
            raise Unsure(GONE) from None

    async def _reset(self, line: SmtpLine, refusal: Refused) -> None:
        """Clear the refused envelope, so that the connection serves the next mail."""
        if refusal.provider:
            line.close()
            return
        try:
            await line.reset()
        except (Said, Gone):
            line.close()
        except BaseException:
            line.close()
            raise
        else:
            self._keep(line)

    def _kept(self) -> SmtpLine | None:
        """The connection used last; those idle for too long are closed on the way."""
        while self._idle:
            line, since = self._idle.pop()
            if line.connected and time.monotonic() - since < IDLE_SECONDS:
                return line
            line.close()
        return None

    def _keep(self, line: SmtpLine) -> None:
        if line.connected and len(self._idle) < self.width:
            self._idle.append((line, time.monotonic()))
        else:
            line.close()


class _Stale(Exception):
    """The connection was given up by the server before it had the mail."""


def _refused(code: int) -> Refused:
    """What a reply code means (RFC 5321, 4.2.1)."""
    if code < 400:
        return Refused("smtp_garbage", provider=True)
    return Refused(f"smtp_{code}", permanent=code >= 500, provider=code == SERVICE_CLOSING)
