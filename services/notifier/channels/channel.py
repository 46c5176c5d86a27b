"""What every way to reach a person is to the sender: one message in, one of three ends out."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Device:
    """A browser that asked for pushes, with the keys that encrypt for it alone."""

    id: str
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A message ready to hand over. `key` stays the same through every try, so that a provider can recognise one
    that it has; what is personal is kept out of its repr."""

    key: str
    to: str = field(repr=False)
    text: str = field(repr=False)
    created_at: datetime
    subject: str = ""
    html: str = field(default="", repr=False)
    address: str = ""  # keyed hash of `to`: to look it up, never to read it
    stop: str = field(default="", repr=False)  # address that ends messages of this kind with one POST
    device: Device | None = None
    link: str = field(default="", repr=False)  # path of the page that a push opens
    not_after: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """The provider took it over; `reference` is what its receipts will call it."""

    reference: str | None = None


class Refused(Exception):
    """The provider did not take it, for certain. `permanent`: it never will. `provider`: it cannot take anything
    now, whoever it is for. `elsewhere`: another provider may take this message. `retry_after`: seconds that it asked
    us to wait. Not `tried`: nobody was asked, because the provider is left alone for so long. `code` never quotes an
    address."""

    def __init__(
        self,
        code: str,
        *,
        tried: bool = True,
        permanent: bool = False,
        provider: bool = False,
        elsewhere: bool = False,
        retry_after: float = 0.0,
    ) -> None:
        super().__init__(code)
        self.code, self.permanent, self.provider, self.retry_after = code, permanent, provider, retry_after
        self.elsewhere, self.tried = elsewhere or provider, tried


class Unsure(Exception):
    """It was handed over and no answer came: it may have been taken. To be sent again under the same key, and only
    to `provider`, which may have it. `later`: seconds within which a receipt may still say that it arrived."""

    def __init__(self, code: str, *, provider: str | None = None, later: float = 0.0) -> None:
        super().__init__(code)
        self.code, self.provider, self.later = code, provider, later


class Channel(Protocol):
    """`width` is how many messages it takes side by side."""

    width: int

    async def send(self, message: Outgoing) -> Accepted:
        """Hand one message over; raises `Refused` or `Unsure`. May be cancelled when its time is up."""
        ...

    async def close(self) -> None: ...
