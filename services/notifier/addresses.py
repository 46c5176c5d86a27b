"""What a provider's address, a reply and a bounce are compared by: a keyed hash, never the number itself."""

from services.notifier.domain import ChannelName
from shared.sealed import blind_index


def address_index(index_key: str, channel: ChannelName, to: str) -> str:
    """The same for however a number or an address is written."""
    plain = plain_phone(to) if channel == "sms" else to.strip().lower()
    return blind_index(index_key, f"{channel}:{plain}")


def plain_phone(text: str) -> str:
    """`0812 3456 7890`, `62812…` and `+62812…` as `+62812…`."""
    digits = "".join(sign for sign in text if sign.isdigit())
    if digits.startswith("0"):
        digits = "62" + digits[1:]
    return f"+{digits}"
