"""SMS through an API of Twilio's shape: a form per message, basic auth, receipts at the address that it carries."""

from urllib.parse import quote

from services.notifier.channels.channel import Accepted, Outgoing, Refused
from services.notifier.channels.http_caller import HttpCaller

# Codes of the body: 20429 too many, 14107 the sender's rate, 21611 its queue is full. All certain, all for now.
BUSY = frozenset({14107, 20429, 21611})


class Twilio:
    """One lane's SMS. It knows no idempotency key; but its receipts come with ours, in the address of `callback`, so
    that a message whose answer was lost is known again. `sender` is a number or a messaging service (MG…)."""

    def __init__(self, *, url: str, user: str, password: str, sender: str, callback: str, timeout: float) -> None:
        self._caller = HttpCaller(url=url, timeout=timeout, auth=(user, password))
        self._path = f"/2010-04-01/Accounts/{user}/Messages.json"
        self._sender = {"MessagingServiceSid" if sender.startswith("MG") else "From": sender}
        self._callback = callback
        self.width = self._caller.width

    async def send(self, message: Outgoing) -> Accepted:
        callback = f"{self._callback}?key={quote(message.key, safe='')}"
        form = {**self._sender, "To": message.to, "Body": message.text, "StatusCallback": callback}
        answer = await self._caller.post(self._path, data=form)
        if answer.good:
            return Accepted(reference=str(answer.said().get("sid"))[:100])
        code = (answer.data or {}).get("code")
        if code in BUSY:
            raise Refused(f"twilio_{code}", elsewhere=True, retry_after=answer.wait or 1.0)
        refusal = answer.refusal()
        if isinstance(code, int) and refusal.permanent:
            raise Refused(f"twilio_{code}", permanent=True)
        raise refusal

    async def close(self) -> None:
        await self._caller.close()
