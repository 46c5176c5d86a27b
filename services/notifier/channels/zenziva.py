"""SMS through Zenziva's REST API: a form with userkey, passkey, to and message; `status` "1" is the yes."""

from services.notifier.channels.channel import Accepted, Outgoing, Refused
from services.notifier.channels.http_caller import HttpCaller

# What it says of itself rather than of the message: keys that do not fit, no credit, the same number too often.
ABOUT_US = ("userkey", "passkey", "credit", "kredit", "saldo", "expired", "limit", "maintenance")


class Zenziva:
    """One lane's SMS. It knows no idempotency key."""

    def __init__(self, *, url: str, user: str, password: str, timeout: float) -> None:
        self._caller = HttpCaller(url=url, timeout=timeout)
        self._keys = {"userkey": user, "passkey": password}
        self.width = self._caller.width

    async def send(self, message: Outgoing) -> Accepted:
        form = {**self._keys, "to": "0" + message.to.removeprefix("+62"), "message": message.text}
        answer = await self._caller.post(data=form)
        if not answer.good:
            raise answer.refusal()
        said = answer.said()
        if str(said.get("status")) == "1":
            reference = said.get("messageId")
            return Accepted(reference=str(reference)[:100] if reference is not None else None)
        text = str(said.get("text", "")).lower()
        if any(word in text for word in ABOUT_US):
            raise Refused("zenziva_account", provider=True)
        raise Refused("zenziva_refused", permanent=True)

    async def close(self) -> None:
        await self._caller.close()
