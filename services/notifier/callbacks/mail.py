"""What a mail server hands on: the bounce (RFC 3464) or the complaint (RFC 5965) itself, as it came by mail."""

from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.message import Message

from services.notifier.callbacks.call import Call, check_signed
from services.notifier.callbacks.items import read_items
from services.notifier.heard import Complaint, Heard, Receipt
from services.notifier.providers import ProviderSettings

# Statuses (RFC 3463) that speak of the address and not of the moment: unknown, moved, disabled.
ABOUT_THE_ADDRESS = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1")


def read_mail(call: Call, provider: ProviderSettings) -> Sequence[Heard]:
    if call.kind != "message/rfc822":
        return read_items(call, provider)
    check_signed(call, provider)
    mail = message_from_bytes(call.body)
    return [*_bounces(mail, provider.name), *_complaints(mail, provider.name)]


def _bounces(mail: Message, provider: str) -> Iterator[Heard]:
    for block in _fields(mail, "message/delivery-status"):
        status = str(block.get("Status", "")).strip().partition(" ")[0]
        if str(block.get("Action", "")).strip().lower() != "failed" or not status.startswith("5."):
            continue
        if reference := _original(mail, "Message-ID"):
            yield Receipt(provider=provider, state="undelivered", reference=reference, code=f"dsn_{status}"[:20])
        address = str(block.get("Final-Recipient", "")).partition(";")[2].strip()
        if address and status in ABOUT_THE_ADDRESS:
            yield Complaint(provider=provider, address=address, reason="bounced")


def _complaints(mail: Message, provider: str) -> Iterator[Heard]:
    for block in _fields(mail, "message/feedback-report"):
        address = str(block.get("Original-Rcpt-To") or _original(mail, "To") or "").strip().strip("<>")
        if address and str(block.get("Feedback-Type", "")).strip().lower() == "abuse":
            yield Complaint(provider=provider, address=address, reason="complained")


def _fields(mail: Message, kind: str) -> Iterator[Message]:
    """The blocks of fields of a report; of the two kinds the email library reads only the first as such."""
    for part in mail.walk():
        if part.get_content_type() != kind:
            continue
        content = part.get_payload()
        if isinstance(content, list):
            yield from (block for block in content if isinstance(block, Message))
        else:
            yield message_from_bytes(str(content).lstrip().encode())


def _original(mail: Message, header: str) -> str | None:
    """A header of the mail that came back."""
    for part in mail.walk():
        content = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(content, list) and content:
            found = content[0].get(header) if isinstance(content[0], Message) else None
        elif part.get_content_type() == "text/rfc822-headers":
            found = message_from_bytes(str(content).encode()).get(header)
        else:
            continue
        if found:
            return str(found).strip()[:200]
    return None
