"""Stored messages and opened contacts become something to hand over, or the reason why there is nothing to."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.notifier.addresses import address_index
from services.notifier.channels.channel import Outgoing
from services.notifier.contacts import Contacts, NotKnownYet, Opened
from services.notifier.digest import stop_path
from services.notifier.domain import Settled, address_of
from services.notifier.rendering import Texts
from shared import log
from shared.mongo import Document


@dataclass(frozen=True, kw_only=True)
class NotWritten:
    """A template or a contact that we cannot handle: ours to mend, not the person's loss."""


Written = Outgoing | Settled | NotKnownYet | NotWritten


class Composer:
    def __init__(self, contacts: Contacts, texts: Texts, *, index_key: str) -> None:
        self._contacts, self._texts, self._index_key = contacts, texts, index_key

    async def write(self, rows: Sequence[Document]) -> dict[str, Written]:
        """What each message has become, by id."""
        found = await self._contacts.of(rows) if rows else {}
        written: dict[str, Written] = {}
        for row in rows:
            contact = found[row["_id"]]
            written[row["_id"]] = self._try(row, contact) if isinstance(contact, Opened) else contact
        return written

    def _try(self, row: Document, contact: Opened) -> Written:
        try:
            return self._compose(row, contact)
        except Exception as error:
            log.get().error("message_not_written", template=row["template"], lane=row["lane"], exc_info=error)
            return NotWritten()

    def _compose(self, row: Document, contact: Opened) -> Outgoing | Settled:
        to = address_of(contact.data, row["channel"])
        if isinstance(to, Settled):
            return to
        return self._sms(row, to, contact) if row["channel"] == "sms" else self._mail(row, to, contact)

    def _sms(self, row: Document, to: str, contact: Opened) -> Outgoing:
        code = {"kode": str(contact.data["code"])} if "code" in contact.data else {}
        text = self._texts.sms(row["template"], {**row["params"], **code}, link=row["short_link"])
        return Outgoing(
            key=row["_id"],
            to=to,
            address=address_index(self._index_key, "sms", to),
            text=text,
            created_at=row["created_at"],
        )

    def _mail(self, row: Document, to: str, contact: Opened) -> Outgoing:
        name = str(contact.data.get("name") or "")
        mail = self._texts.mail(row["template"], row["params"], link=row["link"], name=name)
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
