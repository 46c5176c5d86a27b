"""Callbacks of Twilio's shape: one form per receipt or reply, signed over the address that was called."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from services.notifier.callbacks.call import Call, check_twilio
from services.notifier.heard import Heard, Receipt, Received, Reply
from services.notifier.providers import ProviderSettings

STATES: dict[str, Received] = {"delivered": "delivered", "undelivered": "undelivered", "failed": "undelivered"}


def read_twilio(call: Call, provider: ProviderSettings) -> Sequence[Heard]:
    form = dict(parse_qsl(call.body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=60))
    check_twilio(call, provider, form)
    id, state = form.get("MessageSid", "")[:100], STATES.get(form.get("MessageStatus", ""))
    if state and id:
        error = form.get("ErrorCode", "")
        code = f"twilio_{error}" if error.isdigit() else None
        return [Receipt(provider=provider.name, state=state, reference=id, key=call.query.get("key"), code=code)]
    if id and "Body" in form and "From" in form:
        phone = form["From"].removeprefix("whatsapp:")[:20]
        return [Reply(provider=provider.name, id=id, phone=phone, text=form["Body"][:1600])]
    return []  # under way: nothing that anybody waits for
