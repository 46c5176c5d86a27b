"""E-mail by SMTP over a few connections that are kept open."""

import time

from aiosmtplib import SMTP, SMTPException, SMTPResponseException, SMTPServerDisconnected, SMTPTimeoutError

from services.notifier.channels.channel import Accepted, Outgoing, Refused, Unsure
from services.notifier.channels.mail import Letterhead
from services.notifier.channels.smtp_server import SmtpServer

CONNECTIONS = 4
IDLE_SECONDS = 60.0  # servers close what is idle for a few minutes; better that we do
SERVICE_CLOSING = 421


class EmailChannel:
    """One lane's mail. Never more than `width` connections, whoever calls."""

    width = CONNECTIONS

    def __init__(self, server: SmtpServer, letterhead: Letterhead) -> None:
        self._server, self._letterhead = server, letterhead
        self._idle: list[tuple[SMTP, float]] = []

    async def send(self, message: Outgoing) -> Accepted:
        content = self._letterhead.write(message)
        await self._hand_over(message.to, content)
        return Accepted()

    async def close(self) -> None:
        while self._idle:
            smtp, _ = self._idle.pop()
            smtp.close()

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

    async def _over(self, smtp: SMTP, to: str, content: bytes) -> None:
        """One mail over one connection, which is kept if it is still in a known state afterwards."""
        try:
            await self._envelope(smtp, to)
            await self._data(smtp, content)
        except Refused as refusal:
            await self._reset(smtp, refusal)
            raise
        except BaseException:
            smtp.close()  # also when our time is up: an answer may still come, and must not meet the next mail
            raise
        self._keep(smtp)

    async def _envelope(self, smtp: SMTP, to: str) -> None:
        try:
            await smtp.mail(self._letterhead.address)
            await smtp.rcpt(to)
        except SMTPResponseException as error:
            if error.code == SERVICE_CLOSING:
                raise _Stale("smtp_421") from None
            raise _refused(error) from None
        except (SMTPServerDisconnected, OSError) as error:
            raise _Stale(f"smtp_{type(error).__name__}") from None

    async def _data(self, smtp: SMTP, content: bytes) -> None:
        try:
            await smtp.data(content)
        except SMTPResponseException as error:
            if error.code < 400:
                raise Unsure("smtp_garbage") from None
            raise _refused(error) from None
        except (SMTPServerDisconnected, SMTPTimeoutError, OSError) as error:
            raise Unsure(f"smtp_{type(error).__name__}") from None

    async def _reset(self, smtp: SMTP, refusal: Refused) -> None:
        """Clear the refused envelope, so that the connection serves the next mail."""
        if refusal.provider:
            smtp.close()
            return
        try:
            await smtp.rset()
        except (SMTPException, OSError):
            smtp.close()
        except BaseException:
            smtp.close()
            raise
        else:
            self._keep(smtp)

    def _kept(self) -> SMTP | None:
        """The connection used last; those idle for too long are closed on the way."""
        while self._idle:
            smtp, since = self._idle.pop()
            if smtp.is_connected and time.monotonic() - since < IDLE_SECONDS:
                return smtp
            smtp.close()
        return None

    def _keep(self, smtp: SMTP) -> None:
        if smtp.is_connected and len(self._idle) < self.width:
            self._idle.append((smtp, time.monotonic()))
        else:
            smtp.close()


class _Stale(Exception):
    """The connection was given up by the server before it had the mail."""


def _refused(error: SMTPResponseException) -> Refused:
    """What a reply code means (RFC 5321, 4.2.1); the reply's text may quote the address and is dropped."""
    if error.code < 400:
        return Refused("smtp_garbage", provider=True)
    closing = error.code == SERVICE_CLOSING
    return Refused(f"smtp_{error.code}", permanent=error.code >= 500, provider=closing)
