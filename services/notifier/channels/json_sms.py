"""SMS through a provider that takes JSON over HTTP: POST {to, text, key}, where `key` is its idempotency key."""

from services.notifier.channels.channel import Accepted, Outgoing
from services.notifier.channels.http_caller import HttpCaller


class JsonSms:
    """One lane's SMS. A repeat under the same key reaches nobody twice."""

    def __init__(self, *, url: str, token: str, timeout: float) -> None:
        self._caller = HttpCaller(url=url, timeout=timeout, headers={"Authorization": f"Bearer {token}"})
        self.width = self._caller.width

    async def send(self, message: Outgoing) -> Accepted:
        answer = await self._caller.post(json={"to": message.to, "text": message.text, "key": message.key})
        if not answer.good:
            raise answer.refusal()
        reference = answer.said().get("id")
        return Accepted(reference=str(reference)[:100] if reference is not None else None)

    async def close(self) -> None:
        await self._caller.close()
