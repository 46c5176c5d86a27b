"""Profiles in the store: the personal part as one seal under the person's key, the rest in plain fields."""

from collections.abc import Sequence

from services.seeker.domain import Personal, Seeker
from services.seeker.domain.consents import Consent, ended
from shared.contracts.seeker import ConsentKind
from shared.errors import NotFound, StaleVersion
from shared.events import Event
from shared.mongo import Database, Document, DuplicateKey, duplicate_fields, ensure_indexes
from shared.outbox import INDEXES, Outbox
from shared.sealed import Erased, Vault, blind_index

SEAL, CONTACT_SEAL, ACCOUNT_SEAL = "seeker", "seeker-contact", "contact"


class NikTaken(Exception):
    """Another account has this NIK."""


class Overtaken(Exception):
    """Somebody else created or changed this profile since it was read."""


class SeekerStore:
    """The only place that knows how a profile is stored."""

    def __init__(self, database: Database, *, vault: Vault, index_key: str) -> None:
        self.seekers = database.seekers
        self._outbox = Outbox(self.seekers, source="seeker")
        self._vault, self._index_key = vault, index_key

    async def prepare(self) -> None:
        nik = {"one_account_per_nik": {"keys": [("nik_index", 1)], "unique": True, "sparse": True}}
        await ensure_indexes(self.seekers, {**INDEXES, **nik})

    async def load(self, id: str) -> Seeker | None:
        """The profile; raises `NotFound` for a person whose key was destroyed."""
        row = await self.seekers.find_one({"_id": id}, {"outbox": 0})
        if row is None:
            return None
        try:
            personal = await self._vault.open(id, SEAL, row["sealed"])
        except Erased:
            raise NotFound from None
        known = {name: row[name] for name in Seeker.model_fields if name in row}
        return Seeker.model_validate({**known, "id": id, "personal": Personal.model_validate(personal)})

    async def id_of_nik(self, digits: str) -> str | None:
        row = await self.seekers.find_one({"nik_index": blind_index(self._index_key, digits)}, {"_id": 1})
        return str(row["_id"]) if row else None

    async def save(self, before: Seeker | None, after: Seeker, events: Sequence[Event]) -> Seeker:
        """Store the step; raises `NikTaken` or `Overtaken`, and then nothing is stored."""
        fields = await self._fields(after)
        try:
            if before is None:
                await self._outbox.create(after.id, fields, events)
            else:
                await self._update(before, fields, events)
        except DuplicateKey as error:
            raise (NikTaken if "nik_index" in duplicate_fields(error) else Overtaken) from None
        return after.model_copy(update={"version": after.version + len(events)})

    async def _update(self, before: Seeker, fields: Document, events: Sequence[Event]) -> None:
        try:
            await self._outbox.save(before.id, version=before.version, changes=fields, events=events)
        except StaleVersion:
            raise Overtaken from None

    async def _fields(self, seeker: Seeker) -> Document:
        plain = seeker.model_dump(exclude={"id", "personal", "version"})
        index = {} if seeker.personal.nik is None else {"nik_index": self._index(seeker)}
        personal = seeker.personal.model_dump(mode="json")
        return {**plain, **index, "sealed": await self.seal(seeker.id, SEAL, personal)}

    def _index(self, seeker: Seeker) -> str:
        """Unique per NIK; whoever gave one that another account has is found by it never."""
        if seeker.nik_needs_check:
            return f"second:{seeker.id}"
        return blind_index(self._index_key, seeker.personal.nik or "")

    async def ended(self, id: str, kind: ConsentKind) -> bool:
        """Whether the person took this consent back; read at the moment of use."""
        row = await self.seekers.find_one({"_id": id}, {"consents": 1})
        return ended(tuple(Consent.model_validate(each) for each in (row or {}).get("consents", ())), kind)

    async def forget(self, seeker_id: str) -> None:
        await self.seekers.delete_one({"_id": seeker_id})

    async def seal(self, id: str, purpose: str, data: Document) -> str:
        try:
            return await self._vault.seal(id, purpose, data)
        except Erased:
            raise NotFound from None

    async def open_account(self, id: str, sealed: str) -> dict[str, str] | None:
        """The contact that identity sealed; None where the person's key is gone."""
        try:
            return await self._vault.open(id, ACCOUNT_SEAL, sealed)
        except Erased:
            return None
