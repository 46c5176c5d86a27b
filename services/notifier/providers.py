"""The list of providers as operators write it: one line each, in order of nothing, chosen by weight."""

import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from services.notifier.domain import ChannelName, Lane

Kind = Literal["smtp", "json", "zenziva", "twilio", "whatsapp", "smpp"]
SCHEMES: dict[Kind, tuple[str, ...]] = {
    "smtp": ("smtp://", "smtp+starttls://", "smtps://"),
    "smpp": ("smpp://", "smpps://"),
    **dict.fromkeys(("json", "zenziva", "twilio", "whatsapp"), ("https://", "http://")),
}
NEEDED: dict[Kind, tuple[str, ...]] = {
    "smtp": (),
    "json": ("password",),
    "zenziva": ("user", "password"),
    "twilio": ("user", "password", "sender"),
    "whatsapp": ("password", "template"),
    "smpp": ("user", "password", "sender"),
}


class ProviderSettings(BaseModel):
    """One provider. What it is called goes into metrics and into the address of its callbacks."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    name: str = Field(pattern=r"^[a-z][a-z0-9-]{0,30}$")
    kind: Kind
    url: str = Field(repr=False)
    user: str = Field("", repr=False, description="userkey, account SID or system_id")
    password: str = Field("", repr=False, description="passkey, auth token, bearer token or SMPP password")
    sender: str = Field("", description="the number, masking name or messaging service that people see")
    template: str = Field("", description="WhatsApp: the approved template with one body parameter")
    callback_key: str = Field("", repr=False, description="what its callbacks are signed with; none: no callbacks")
    weight: int = Field(1, ge=0, le=100, description="its part of the messages; 0: only when no other will")
    lanes: tuple[Lane, ...] = ("code", "transactional", "bulk")
    per_second: float | None = Field(None, gt=0, le=1000, description="messages, for each worker process")
    window: int = Field(10, ge=1, le=200, description="SMPP: unanswered messages at most")
    rupiah_per_segment: int = Field(0, ge=0, le=100_000)
    daily_rupiah: int | None = Field(None, ge=0)

    @property
    def channel(self) -> ChannelName:
        return "email" if self.kind == "smtp" else "sms"

    @property
    def keeps_keys(self) -> bool:
        """Whether a repeat under the same key reaches nobody twice. (An e-mail's readers fold it by Message-ID.)"""
        return self.kind in ("json", "smtp")

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "ProviderSettings":
        if not self.url.startswith(SCHEMES[self.kind]):
            raise ValueError(f"url must begin with {' or '.join(SCHEMES[self.kind])}")
        if missing := [name for name in NEEDED[self.kind] if not getattr(self, name)]:
            raise ValueError(f"{self.kind} needs {', '.join(missing)}")
        return self


_LIST = TypeAdapter(Annotated[tuple[ProviderSettings, ...], Field(max_length=20)])


def read_providers(text: str) -> tuple[ProviderSettings, ...]:
    """The list from JSON; raises `ValueError` with the place and never the value, which may be a password."""
    if not text.strip():
        return ()
    try:
        found = _LIST.validate_python(json.loads(text))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise ValueError(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from None
    except (ValueError, RecursionError):
        raise ValueError("must be a JSON list of providers") from None
    if len({one.name for one in found}) < len(found):
        raise ValueError("two providers have the same name")
    for channel in {one.channel for one in found}:
        served = {lane for one in found if one.channel == channel for lane in one.lanes}
        if missing := {"code", "transactional", "bulk"} - served:
            raise ValueError(f"no {channel} provider takes the lane {', '.join(sorted(missing))}")
    return found
