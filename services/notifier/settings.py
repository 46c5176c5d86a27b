"""What the environment may change about the notifier."""

from email.utils import parseaddr
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from services.notifier.domain import Lane
from services.notifier.night import Night
from services.notifier.providers import ProviderSettings, read_providers
from shared.settings import Key, Settings

SMTP_SCHEMES = ("smtp", "smtp+starttls", "smtps")
Batch = Annotated[int, Field(ge=1, le=500)]


def _smtp(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in SMTP_SCHEMES or not parts.hostname:
        raise ValueError(f"must be an address such as smtp://host:25 ({', '.join(SMTP_SCHEMES)})")
    return value


def _http(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an address such as https://host/sms")
    return value


def _sender(value: str) -> str:
    if "@" not in parseaddr(value)[1] or any(sign in value for sign in "\r\n"):
        raise ValueError("must be an address such as Si-Caker <no-reply@example.com>")
    return value


def _providers(value: str) -> str:
    read_providers(value)
    return value


def _hours(value: str) -> str:
    Night.read(value)
    return value


class NotifierSettings(Settings):
    """The providers' addresses hold credentials: they are never shown."""

    service: str = "notifier"
    smtp_url: Annotated[str, AfterValidator(_smtp)] = Field(
        "smtp://127.0.0.1:1025",
        repr=False,
        description="smtp:// plain, smtp+starttls:// or smtps:// encrypted; may hold user:password@",
    )
    sms_url: Annotated[str, AfterValidator(_http)] = Field(repr=False, description="where an SMS is posted")
    sms_token: str = Field(repr=False, min_length=1)
    providers: Annotated[str, AfterValidator(_providers)] = Field(
        "",
        repr=False,
        description="JSON list of providers (docs/operators.md); of a channel without one, smtp_url or sms_url holds",
    )
    push_key: Literal[""] | Key = Field("", repr=False, description="signs pushes to browsers; none: there are none")
    push_hosts: str = Field(
        "fcm.googleapis.com *.push.services.mozilla.com *.push.apple.com *.notify.windows.com",
        description="push services that are called, by name; `*.` for what lies below",
    )
    mail_from: Annotated[str, AfterValidator(_sender)] = "Si-Caker <no-reply@si-caker.example>"
    quiet_hours: Annotated[str, AfterValidator(_hours)] = Field(
        "20-7", description="hours in WIB in which only codes and warnings are sent, or `none`"
    )
    gather_seconds: Annotated[int, Field(ge=0, le=86_400)] = Field(
        3600, description="how long after one message of new applications the next may come; 0: each comes by itself"
    )
    code_batch: Batch = Field(50, description="messages claimed at once, for one-time codes")
    transactional_batch: Batch = 50
    bulk_batch: Batch = 50

    @property
    def all_providers(self) -> tuple[ProviderSettings, ...]:
        """The list, with the plain addresses where a channel is not in it."""
        listed = read_providers(self.providers)
        plain = (
            ProviderSettings(name="smtp", kind="smtp", url=self.smtp_url),
            ProviderSettings(
                name="sms", kind="json", url=self.sms_url, password=self.sms_token, callback_key=self.sms_token
            ),
        )
        return (*listed, *(one for one in plain if one.channel not in {given.channel for given in listed}))

    @property
    def push_services(self) -> tuple[str, ...]:
        return tuple(self.push_hosts.split())

    def batch(self, lane: Lane) -> int:
        return {"code": self.code_batch, "transactional": self.transactional_batch, "bulk": self.bulk_batch}[lane]
