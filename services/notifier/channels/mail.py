"""An e-mail as bytes (RFC 5322): one recipient, text and HTML, and the same bytes on every try."""

import base64
from datetime import UTC
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr

from services.notifier.channels.channel import Outgoing, Refused
from services.notifier.domain import wire_name

LINE_LIMIT = 900  # characters; a mail's line may have 998
BASE64_LINE = 76  # characters (RFC 2045, 6.8)


class Letterhead:
    """The sender's side of every mail. `sender` is such as `Si-Caker <no-reply@example.com>`."""

    def __init__(self, sender: str) -> None:
        name, self.address = parseaddr(sender)
        self.domain = self.address.rpartition("@")[2]
        self._from = formataddr((name, self.address))

    def message_id(self, key: str) -> str:
        """Readers fold mails with the same id into one; it tells nothing about the recipient."""
        return f"<{wire_name(key)}@{self.domain}>"

    def write(self, message: Outgoing) -> bytes:
        """The mail as it goes over the wire; refuses an address that could smuggle in a second one."""
        check_address(message.to)
        boundary = f"=_{wire_name(message.key)}"
        head = [
            f"From: {self._from}",
            f"To: <{message.to}>",
            f"Subject: {_header(message.subject)}",
            f"Date: {format_datetime(message.created_at.astimezone(UTC), usegmt=True)}",
            f"Message-ID: {self.message_id(message.key)}",
            "MIME-Version: 1.0",
            "Auto-Submitted: auto-generated",
            "X-Auto-Response-Suppress: All",
            *_one_click(message.stop),
            f'Content-Type: multipart/alternative; boundary="{boundary}"',
            "",
        ]
        for kind, content in (("plain", message.text), ("html", message.html)):
            head += [f"--{boundary}", f"Content-Type: text/{kind}; charset=utf-8", *_part(content)]
        return "\r\n".join([*head, f"--{boundary}--", ""]).encode("ascii")


def _one_click(address: str) -> list[str]:
    """How a mail program offers its own "stop" button (RFC 8058)."""
    if not address or any(sign in "<>" or not "!" <= sign <= "~" for sign in address):
        return []
    return [f"List-Unsubscribe: <{address}>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"]


def check_address(to: str) -> None:
    """One plain address and nothing else: no line break, no second recipient, no name."""
    local, at, domain = to.rpartition("@")
    odd = any(sign in to for sign in ' <>,;:"\\()[]') or any(ord(sign) < 33 or ord(sign) > 126 for sign in to)
    if odd or not (local and at and domain) or "@" in local or len(to) > 254:
        raise Refused("bad_address", permanent=True)


def _part(content: str) -> list[str]:
    """As it is where every way can carry it; base64 for a name with an accent or a line too long."""
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if content.isascii() and max(map(len, lines)) <= LINE_LIMIT:
        return ["Content-Transfer-Encoding: 7bit", "", *lines]
    encoded = base64.b64encode(content.encode()).decode("ascii")
    return [
        "Content-Transfer-Encoding: base64",
        "",
        *(encoded[at : at + BASE64_LINE] for at in range(0, len(encoded), BASE64_LINE)),
    ]


def _header(text: str) -> str:
    """One line whatever stands in it: control signs become spaces before anything is folded."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if line.isascii() and len(line) <= 70:
        return line
    return Header(line, charset="utf-8", header_name="Subject").encode(linesep="\r\n")
