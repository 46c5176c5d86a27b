"""Where providers tell us what became of a message and what people answered. Each call is signed; the same told
twice, late or in any order is answered alike and changes nothing."""

import hmac
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated

from fastapi import Path, Request
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.notifier.callbacks.call import BadSignature, Call
from services.notifier.callbacks.items import read_items
from services.notifier.callbacks.mail import read_mail
from services.notifier.callbacks.twilio import read_twilio
from services.notifier.callbacks.whatsapp import read_whatsapp
from services.notifier.heard import Heard
from services.notifier.intake import Intake
from services.notifier.providers import Kind, ProviderSettings
from shared.auth import Anyone
from shared.errors import InvalidInput, NotFound
from shared.routing import Router

PATH = "/api/v1/callbacks/{provider}"
router = Router(tags=["callbacks"])
Name = Annotated[str, Path(max_length=31)]
Read = Callable[[Call, ProviderSettings], Sequence[Heard]]
READERS: Mapping[Kind, Read] = {
    "json": read_items,
    "zenziva": read_items,
    "smtp": read_mail,
    "twilio": read_twilio,
    "whatsapp": read_whatsapp,
}


class Taken(BaseModel):
    """What was understood of a call."""

    model_config = ConfigDict(frozen=True)
    taken: int = Field(description="receipts, bounces and replies in it; what is only under way does not count")


@router.post(PATH)
async def receive_callback(caller: Anyone, provider: Name, request: Request) -> Taken:
    """A provider's signed call: receipts, bounces, complaints, replies."""
    known = _known(request, provider)
    call = Call(
        url=_called(request),
        query=dict(request.query_params),
        headers=dict(request.headers),
        body=await request.body(),
    )
    try:
        heard = READERS[known.kind](call, known)
    except ValidationError:
        raise InvalidInput from None  # a signed call that we cannot read: its provider is told, and nobody else
    intake: Intake = request.app.state.intake
    await intake.take(heard)
    return Taken(taken=len(heard))


@router.get(PATH, response_class=PlainTextResponse)
async def confirm_callback(caller: Anyone, provider: Name, request: Request) -> str:
    """The Cloud API asks once whether the address is ours: the challenge comes back if the token fits."""
    known, query = _known(request, provider), request.query_params
    token, challenge = query.get("hub.verify_token", ""), query.get("hub.challenge", "")
    if known.kind != "whatsapp" or not hmac.compare_digest(token.encode(), known.callback_key.encode()):
        raise BadSignature
    if not challenge.isalnum() or len(challenge) > 100:
        raise InvalidInput
    return challenge


def _known(request: Request, name: str) -> ProviderSettings:
    providers: Mapping[str, ProviderSettings] = request.app.state.providers
    found = providers.get(name)
    if found is None or not found.callback_key or found.kind not in READERS:
        raise NotFound
    return found


def _called(request: Request) -> str:
    """The address as the provider knows it: the gateway's."""
    query = f"?{request.url.query}" if request.url.query else ""
    public: str = request.app.state.public_url
    return public.rstrip("/") + request.url.path + query
