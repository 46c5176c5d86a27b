"""Where mail is handed in, as the environment names it: `smtp://`, `smtp+starttls://` or `smtps://`."""

from asyncio import Transport
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from aiosmtplib import SMTP, SMTPException

from services.notifier.channels.channel import Refused
from services.notifier.channels.smtp_line import SmtpLine

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True, kw_only=True)
class SmtpServer:
    """Opens connections; `hello` is the name that we give ourselves, `timeout` in seconds."""

    options: dict[str, Any] = field(repr=False)
    hello: str
    timeout: float

    @classmethod
    def at(cls, url: str, *, hello: str, timeout: float) -> "SmtpServer":
        parts = urlsplit(url)
        options = {
            "hostname": parts.hostname,
            "port": parts.port or _PORTS[parts.scheme],
            "use_tls": parts.scheme == "smtps",
            "start_tls": parts.scheme == "smtp+starttls",
            "username": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
        }
        return cls(options=options, hello=hello, timeout=timeout)

    async def open(self) -> SmtpLine:
        """A greeted (encrypted, logged in) connection. Whatever goes wrong here is about the server, not about the
        message: it will be tried again."""
        smtp = SMTP(**self.options, local_hostname=self.hello, timeout=self.timeout)
        try:
            await smtp.connect()
            if smtp.is_ehlo_or_helo_needed:
                await smtp.ehlo()
        except (SMTPException, OSError, ValueError) as error:
            smtp.close()
            raise Refused(f"connect_{type(error).__name__}", provider=True) from None
        except BaseException:
            smtp.close()
            raise
        return SmtpLine(cast(Transport, smtp.transport), pipelining=smtp.supports_extension("pipelining"))
