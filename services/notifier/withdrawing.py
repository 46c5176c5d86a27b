"""Whoever takes a consent back reads that we heard it: planned from what was saved with the choice itself, so that no
kill in between loses it."""

import hashlib
from datetime import datetime, timedelta

from services.notifier.domain import Message
from services.notifier.store import MessageStore

TEMPLATE = "consent_withdrawn"
LIVES = timedelta(days=3)
AT_ONCE = 100


class Withdrawing:
    def __init__(self, store: MessageStore) -> None:
        self._store = store

    async def tell(self) -> None:
        """Planned first, crossed off then: whoever dies in between plans the same message again."""
        found = await self._store.people.withdrawn(limit=AT_ONCE)
        await self._store.add([_message(account, at) for account, at in found])
        for account, at in found:
            await self._store.people.told_withdrawn(account, at)


def _message(account: str, at: datetime) -> Message:
    mark = hashlib.sha256(f"{account}:{at.isoformat()}".encode()).hexdigest()[:24]
    return Message(
        id=f"wdr_{mark}:{TEMPLATE}:email:{account}",
        notice=f"wdr_{mark}:{TEMPLATE}:{account}",
        template=TEMPLATE,
        channel="email",
        lane="transactional",
        recipient=account,
        params={},
        link="/kabar/atur",
        short_link="/kabar",
        event_time=at,
        not_after=at + LIVES,
        quiet=True,
    )
