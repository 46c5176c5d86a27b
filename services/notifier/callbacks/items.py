"""Callbacks in our own JSON: what a provider of kind `json` sends, and what operators translate others' into."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.notifier.callbacks.call import Call, check_signed
from services.notifier.heard import Complaint, Heard, Receipt, Reply
from services.notifier.providers import ProviderSettings

Short = Annotated[str, Field(min_length=1, max_length=200)]


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class ToldReceipt(_Told):
    kind: Literal["delivered", "undelivered"]
    reference: Short | None = Field(None, description="the id under which it was accepted")
    key: Short | None = Field(None, description="our key, where the provider kept it")
    code: str | None = Field(None, max_length=40, pattern=r"^[A-Za-z0-9_.-]*$")

    def heard(self, provider: str) -> Heard | None:
        if not (self.reference or self.key):
            return None
        return Receipt(provider=provider, state=self.kind, reference=self.reference, key=self.key, code=self.code)


class ToldComplaint(_Told):
    kind: Literal["bounced", "complained"]
    address: Short

    def heard(self, provider: str) -> Heard:
        return Complaint(provider=provider, address=self.address, reason=self.kind)


class ToldReply(_Told):
    kind: Literal["reply"]
    id: Short
    phone: Annotated[str, Field(min_length=3, max_length=20)]
    text: Annotated[str, Field(max_length=1600)]

    def heard(self, provider: str) -> Heard:
        return Reply(provider=provider, id=self.id, phone=self.phone, text=self.text)


class Told(_Told):
    items: Annotated[
        list[Annotated[ToldReceipt | ToldComplaint | ToldReply, Field(discriminator="kind")]], Field(max_length=100)
    ]


def read_items(call: Call, provider: ProviderSettings) -> Sequence[Heard]:
    check_signed(call, provider)
    told = Told.model_validate_json(call.body)
    return [heard for item in told.items if (heard := item.heard(provider.name))]
