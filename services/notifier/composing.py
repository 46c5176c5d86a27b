"""Stored messages and opened contacts become something to hand over, or the reason why there is nothing to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.notifier.addresses import address_index
from services.notifier.channels.channel import Device, Outgoing
from services.notifier.choices import Choices
from services.notifier.contacts import Contacts, NotKnownYet, Opened
from services.notifier.digest import stop_path
from services.notifier.domain import SWITCHED_OFF, Later, Settled, address_of
from services.notifier.night import Night
from services.notifier.people import People
from services.notifier.rendering import Texts
from services.notifier.wording import Language, frame
from shared import log
from shared.mongo import Document


@dataclass(frozen=True, kw_only=True)
class NotWritten:
    """A template or a contact that we cannot handle: ours to mend, not the person's loss."""


Written = Outgoing | Settled | Later | NotKnownYet | NotWritten
Now = Callable[[Document], datetime]
# What a mail may not name where others read along, and the warnings that say so much without it.
NAMING = frozenset({"judul", "usaha", "daftar"})
WARNINGS = frozenset({"recalled", "saved_recalled"})


class Composer:
    """`night`: when nobody is woken."""

    def __init__(self, contacts: Contacts, people: People, texts: Texts, *, night: Night, index_key: str) -> None:
        self._contacts, self._people, self._texts = contacts, people, texts
        self._night, self._index_key = night, index_key

    async def write(self, rows: Sequence[Document], *, now: Now) -> dict[str, Written]:
        """What each message has become, by id. `now` is the store's time for a message."""
        asleep = {row["_id"]: later for row in rows if (later := self._asleep(row, now(row)))}
        awake = [row for row in rows if row["_id"] not in asleep]
        found = await self._contacts.of(awake) if awake else {}
        opened = {row["_id"]: contact for row in awake if isinstance(contact := found[row["_id"]], Opened)}
        asked = {opened[row["_id"]].owner for row in awake if row["_id"] in opened and row["lane"] != "code"}
        chosen = await self._people.choices_of(asked)
        written: dict[str, Written] = {**asleep}
        for row in awake:
            contact = found[row["_id"]]
            if isinstance(contact, Opened):
                written[row["_id"]] = self._try(row, contact, chosen.get(contact.owner, Choices()))
            else:
                written[row["_id"]] = contact
        return written

    def _asleep(self, row: Document, at: datetime) -> Later | None:
        """Until the morning; what would be too late then, and is no bulk, had better wake somebody."""
        morning = self._night.morning_after(at) if row.get("quiet") else None
        if morning is None or (row["not_after"] <= morning and row["lane"] != "bulk"):
            return None
        return Later(at=morning)

    def _try(self, row: Document, contact: Opened, choices: Choices) -> Written:
        if not choices.wants(row.get("kind", ""), row["channel"]):
            return SWITCHED_OFF
        try:
            if choices.shared_phone and row["channel"] == "email" and NAMING & row["params"].keys():
                row = {**row, **_discreet(row)}
            return self._compose(row, contact, row.get("language", choices.language))
        except Exception as error:
            log.get().error("message_not_written", template=row["template"], lane=row["lane"], exc_info=error)
            return NotWritten()

    def _compose(self, row: Document, contact: Opened, language: Language) -> Outgoing | Settled:
        if row["channel"] == "push":
            return self._push(row, contact, language)
        to = address_of(contact.data, row["channel"])
        if isinstance(to, Settled):
            return to
        write = self._sms if row["channel"] == "sms" else self._mail
        return write(row, to, contact, language)

    def _sms(self, row: Document, to: str, contact: Opened, language: Language) -> Outgoing:
        code = {"kode": str(contact.data["code"])} if "code" in contact.data else {}
        params = {**row["params"], **code}
        text = self._texts.sms(row["template"], params, link=row["short_link"], language=language)
        address = address_index(self._index_key, "sms", to)
        return Outgoing(key=row["_id"], to=to, text=text, address=address, created_at=row["created_at"])

    def _push(self, row: Document, contact: Opened, language: Language) -> Outgoing:
        return Outgoing(
            key=row["_id"],
            to=str(contact.data["endpoint"]),
            subject=self._texts.subject(row["template"], row["params"], language=language),
            text=frame(language).push,
            device=Device(id=row["device"], p256dh=contact.data["p256dh"], auth=contact.data["auth"]),
            link=("/en" if language == "en" else "") + row["link"],
            not_after=row["not_after"],
            created_at=row["created_at"],
        )

    def _mail(self, row: Document, to: str, contact: Opened, language: Language) -> Outgoing:
        name = str(contact.data.get("name") or "")
        mail = self._texts.mail(row["template"], row["params"], link=row["link"], name=name, language=language)
        stop = stop_path(row["params"])
        return Outgoing(
            key=row["_id"],
            to=to,
            address=address_index(self._index_key, "email", to),
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            stop=self._texts.address(stop) if stop else "",
            created_at=row["created_at"],
        )


def _discreet(row: Document) -> Document:
    """The same news without a word of what it is about, and with the same link."""
    asked = {"batas": row["params"].get("batas"), "penting": int(row["template"] in WARNINGS)}
    return {"template": "shared_phone", "params": asked}
