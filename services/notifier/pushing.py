"""The messages that also come to a person's devices: what is told by e-mail, in words that anybody may see. Each
device is a recipient of its own, so that one that is off holds up no other."""

from collections.abc import Sequence
from dataclasses import replace

from services.notifier.devices import Devices
from services.notifier.domain import Message
from services.notifier.store import MessageStore


class Pushes:
    def __init__(self, store: MessageStore, devices: Devices) -> None:
        self._store, self._devices = store, devices

    async def of(self, planned: Sequence[Message]) -> list[Message]:
        """What of `planned` comes to devices too. A code never does, and what is gathered would ring each time."""
        told = [one for one in planned if one.channel == "email" and one.lane != "code" and not one.gather]
        accounts = {one.recipient: await self._store.account_of(one.recipient) for one in told}
        known = {account for account in accounts.values() if account}
        devices = await self._devices.ids_of(known) if known else {}
        return [
            push(one, account, device)
            for one in told
            if (account := accounts[one.recipient])
            for device in devices.get(account, ())
        ]


def push(message: Message, account: str, device: str) -> Message:
    """The same, on one device of the account."""
    event, _, rest = message.notice.partition(":")
    template, _, recipient = rest.partition(":")
    return replace(
        message, id=f"{event}:{template}:push:{recipient}:{device}", channel="push", owner=account, device=device
    )
