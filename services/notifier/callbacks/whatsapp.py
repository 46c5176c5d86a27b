"""Callbacks of the Cloud API's shape: receipts and replies in one envelope, signed over the body."""

from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict, Field

from services.notifier.callbacks.call import Call, check_hub
from services.notifier.heard import Heard, Receipt, Received, Reply
from services.notifier.providers import ProviderSettings

STATES: dict[str, Received] = {"delivered": "delivered", "read": "delivered", "failed": "undelivered"}


class _Part(BaseModel):
    """Their envelope grows by itself: what is not known is left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class _Error(_Part):
    code: int | None = None


class _Status(_Part):
    id: str = Field(max_length=200)
    status: str = Field(max_length=40)
    biz_opaque_callback_data: str | None = Field(None, max_length=300)
    errors: list[_Error] = Field([], max_length=20)


class _Text(_Part):
    body: str = Field("", max_length=5000)


class _Message(_Part):
    id: str = Field(max_length=200)
    sender: str = Field(alias="from", max_length=20)
    text: _Text | None = None


class _Value(_Part):
    statuses: list[_Status] = Field([], max_length=500)
    messages: list[_Message] = Field([], max_length=500)


class _Change(_Part):
    value: _Value


class _Entry(_Part):
    changes: list[_Change] = Field([], max_length=100)


class _Envelope(_Part):
    entry: list[_Entry] = Field([], max_length=100)


def read_whatsapp(call: Call, provider: ProviderSettings) -> Sequence[Heard]:
    check_hub(call, provider)
    envelope = _Envelope.model_validate_json(call.body)
    return [
        heard for entry in envelope.entry for change in entry.changes for heard in _heard(change.value, provider.name)
    ]


def _heard(value: _Value, provider: str) -> Iterator[Heard]:
    for status in value.statuses:
        if state := STATES.get(status.status):
            code = next((f"whatsapp_{error.code}" for error in status.errors if error.code), None)
            key = status.biz_opaque_callback_data
            yield Receipt(provider=provider, state=state, reference=status.id, key=key, code=code)
    for message in value.messages:
        if message.text:
            yield Reply(provider=provider, id=message.id, phone=message.sender, text=message.text.body[:1600])
