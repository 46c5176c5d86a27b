"""The inbox's SMTP side: every recipient of every message becomes a letter."""

import email
import email.policy
from email.header import decode_header, make_header
from email.message import Message

from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.letters import Letter, Letters, now

LIMIT = 10 * 1024 * 1024


class Mailbox:
    """aiosmtpd's handler; accepts whatever is sent, this is where mail ends in development."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        for letter in read_mail(raw, list(envelope.rcpt_tos)):
            self._letters.add(letter)
        return "250 OK"


def server(letters: Letters) -> SMTP:
    """One connection's protocol."""
    return SMTP(Mailbox(letters), data_size_limit=LIMIT, enable_SMTPUTF8=True, hostname="inbox", ident="inbox")


def read_mail(raw: bytes, recipients: list[str]) -> list[Letter]:
    # The lenient parser: five times as fast as the strict one, and a test of load should not wait for its inbox.
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    subject, message_id = _header(message, "Subject"), _header(message, "Message-ID")
    text, at = _plain(message), now()
    return [
        Letter(channel="email", to=to, subject=subject, text=text, at=at, message_id=message_id) for to in recipients
    ]


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    try:
        return str(make_header(decode_header(str(value)))).replace("\r\n", "").replace("\n", "")
    except (LookupError, ValueError):
        return str(value)


def _plain(message: Message) -> str:
    """The plain part; a mail that has none is shown as its first text part."""
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    plain = [part for part in parts if part.get_content_subtype() == "plain"]
    for part in (*plain, *parts):
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            charset = part.get_content_charset() or "utf-8"
            try:
                return payload.decode(charset, errors="replace").replace("\r\n", "\n")
            except LookupError:
                return payload.decode("utf-8", errors="replace").replace("\r\n", "\n")
    return ""
