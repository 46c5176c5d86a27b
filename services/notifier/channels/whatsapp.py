"""WhatsApp through the Cloud API: a template that was approved beforehand, with our text as its one parameter."""

from services.notifier.channels.channel import Accepted, Outgoing, Refused
from services.notifier.channels.http_caller import HttpCaller

NOT_THERE = frozenset({131026, 131030, 133010})  # the number has no WhatsApp: another provider reaches it by SMS
BUSY = frozenset({4, 80007, 130429, 131048, 131056})


class WhatsApp:
    """One lane's messages. `url` ends with the id of our number. It knows no idempotency key; but its receipts carry
    ours (`biz_opaque_callback_data`), so that a message whose answer was lost is known again."""

    def __init__(self, *, url: str, token: str, template: str, timeout: float) -> None:
        self._caller = HttpCaller(url=url, timeout=timeout, headers={"Authorization": f"Bearer {token}"})
        self._template = template
        self.width = self._caller.width

    async def send(self, message: Outgoing) -> Accepted:
        answer = await self._caller.post("/messages", json=self._content(message))
        if answer.good:
            return Accepted(reference=_first_id(answer.said().get("messages")))
        error = (answer.data or {}).get("error")
        code = error.get("code") if isinstance(error, dict) else None
        if code in NOT_THERE:
            raise Refused(f"whatsapp_{code}", permanent=True, elsewhere=True)
        if code in BUSY:
            raise Refused(f"whatsapp_{code}", elsewhere=True, retry_after=answer.wait or 5.0)
        raise answer.refusal()

    async def close(self) -> None:
        await self._caller.close()

    def _content(self, message: Outgoing) -> dict[str, object]:
        text = {"type": "text", "text": message.text}
        return {
            "messaging_product": "whatsapp",
            "to": message.to.removeprefix("+"),
            "type": "template",
            "template": {
                "name": self._template,
                "language": {"code": "id"},
                "components": [{"type": "body", "parameters": [text]}],
            },
            "biz_opaque_callback_data": message.key,
        }


def _first_id(messages: object) -> str | None:
    first = messages[0] if isinstance(messages, list) and messages else None
    found = first.get("id") if isinstance(first, dict) else None
    return str(found)[:200] if found else None
