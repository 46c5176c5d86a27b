"""What is done with an answer by SMS: BERHENTI and MULAI switch news to that number off and on, BANTUAN is answered,
and the rest is published for whoever asked. Each answer counts once, by its provider's id."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from services.notifier import measures
from services.notifier.addresses import address_index, plain_phone
from services.notifier.contacts import CODE_PURPOSE
from services.notifier.domain import Message
from services.notifier.heard import Reply
from services.notifier.store import MessageStore
from services.notifier.suppression import Suppression
from services.notifier.words import Said, recognise
from shared.clock import WIB
from shared.contracts.notification import ReplyReceived
from shared.events import Event
from shared.mongo import Document, DuplicateKey
from shared.outbox import Outbox
from shared.sealed import Vault

LOOKED_AT = 50  # newest messages to a number, to find whom an answer is from
ANSWER_LIVES = timedelta(hours=1)


class Replies:
    def __init__(self, store: MessageStore, suppression: Suppression, vault: Vault, *, index_key: str) -> None:
        self._store, self._suppression, self._vault, self._index_key = store, suppression, vault, index_key
        self._outbox = Outbox(store.replies, source="notifier")

    async def take(self, reply: Reply) -> None:
        """Every step may be repeated: the last one is what makes it known, and whoever dies before is told again."""
        id = "rpl_" + hashlib.sha256(f"{reply.provider}:{reply.id}".encode()).hexdigest()[:32]
        if await self._store.replies.find_one({"_id": id}, {"_id": 1}):
            return
        said, address = recognise(reply.text), address_index(self._index_key, "sms", reply.phone)
        answer, events = await self._understand(said, address)
        if answer:
            await self._store.add([await self._answer(answer, address, plain_phone(reply.phone))])
        await self._note(id, said, events)
        measures.replies.labels(said.word if said else "unknown").inc()

    async def _understand(self, said: Said | None, address: str) -> tuple[str | None, Sequence[Event]]:
        """Which message answers, and what is published."""
        if said is None:
            return "reply_unknown", ()
        if said.word == "bantuan":
            return "reply_help", ()
        if said.word == "berhenti":
            await self._suppression.add(address, "stopped", "sms")
            return "reply_stopped", ()
        if said.word == "mulai":
            await self._suppression.lift(address)
            return "reply_started", ()
        asked = await self._whose(address, said.id4)
        if asked is None:
            return "reply_whose", ()
        account_id, template = asked
        now = datetime.now(UTC)
        event = ReplyReceived(account_id=account_id, word=said.word, id4=said.id4, message=template, received_at=now)
        return None, (event,)

    async def _whose(self, address: str, id4: str | None) -> tuple[str, str] | None:
        """The account that was written to at this number, and the newest message that it may be answering; None
        where several share the number and no code says which, or the code was never sent there."""
        rows = await self._store.sent_to(address, limit=LOOKED_AT)
        if id4:
            rows = [row for row in rows if str(row["params"].get("id4", "")).upper() == id4]
        accounts = {await self._store.account_of(row["recipient"]) for row in rows} - {None}
        found = next(iter(accounts)) if len(accounts) == 1 else None
        return (found, rows[0]["template"]) if found else None

    async def _answer(self, template: str, address: str, phone: str) -> Message:
        """One of a kind a day to a number, or two machines would talk to each other for ever."""
        now, number = datetime.now(UTC), f"number:{address}"
        day = f"{now.astimezone(WIB):%Y%m%d}"
        return Message(
            id=f"{day}:{template}:sms:{number}",
            notice=f"{day}:{template}:{number}",
            template=template,
            channel="sms",
            lane="transactional",
            recipient=number,
            params={},
            link="/bantuan",
            short_link="/bantuan",
            event_time=now,
            not_after=now + ANSWER_LIVES,
            owner=number,
            sealed=await self._vault.seal(number, CODE_PURPOSE, {"phone": phone}),
        )

    async def _note(self, id: str, said: Said | None, events: Sequence[Event]) -> None:
        """What was understood and when; never what was written, nor by which number."""
        fields: Document = {"word": said.word if said else None, "at": datetime.now(UTC)}
        try:
            if events:
                await self._outbox.create(id, fields, events)
            else:
                await self._store.replies.insert_one({"_id": id, **fields})
        except DuplicateKey:
            return  # told twice at once
