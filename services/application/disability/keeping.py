"""What an applicant lets one employer know of a disability (UU 27/2022 art. 4: specific data): the words as they were
when they were shared, sealed, in a collection of its own. No other view, table, event or message has them."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from services.application.domain import OPEN, Application
from services.application.store import ApplicationStore
from shared import clock
from shared.callers import Caller
from shared.errors import NotFound, TextChanged, Unavailable, WrongState
from shared.mongo import Document, DuplicateKey, ensure_indexes
from shared.readings import Read
from shared.sealed import Erased, Vault

SEAL = "application-disability"  # purpose under the seeker's key
READ_IN = (*OPEN, "hired")  # afterwards the employer has no reason to read it
MOST, KEPT, TRIES = 100, 20, 5  # shown at once; consents kept of one application; of two writers one reads again


class Text(NamedTuple):
    """The words in force; other words are another version."""

    version: str
    indonesian: str
    english: str


TEXT = Text(
    "2026-12",
    "Perusahaan ini boleh membaca keterangan disabilitas saya, hanya untuk lamaran ini. Saya boleh menariknya kapan "
    "saja.",
    "This employer may read what I say of my disability, for this application only. I may take it back at any time.",
)


class Consent(BaseModel):
    """One time that the person agreed."""

    model_config = ConfigDict(frozen=True, title="DisabilityConsent")
    text_version: str
    given_at: datetime
    withdrawn_at: datetime | None = None


class DisclosureView(BaseModel):
    """What was shared with one application's employer."""

    model_config = ConfigDict(frozen=True, title="DisabilityDisclosure")
    application_id: str
    number: str = Field(description="of the application")
    title: str
    employer_name: str
    condition: str | None = Field(description="null after it was taken back")
    help: str | None = Field(description="what the person needs at work")
    consents: tuple[Consent, ...] = Field(description="the last is the newest; to an employer the one that holds")


class Disclosures:
    def __init__(self, store: ApplicationStore, *, vault: Vault, now: clock.Clock = clock.now) -> None:
        self.collection = store.disclosures
        self._store, self._vault, self._now = store, vault, now

    async def prepare(self) -> None:
        await ensure_indexes(self.collection, {"of_seeker": {"keys": [("seeker_id", 1), ("_id", -1)]}})

    async def give(
        self, id: str, *, seeker_id: str, condition: str | None, help: str | None, text_version: str
    ) -> DisclosureView:
        """The employer of this open application may read it from now on; what was shared before is replaced."""
        if text_version != TEXT.version:
            raise TextChanged
        application = await self._own(id, seeker_id)
        if application.state not in OPEN:
            raise WrongState(state=application.state)
        try:
            sealed = await self._vault.seal(seeker_id, SEAL, {"condition": condition, "help": help})
        except Erased:
            raise NotFound from None
        made = Consent(text_version=text_version, given_at=self._now())
        return await self._change(application, lambda before: (*self._ended(before), made), sealed)

    async def take_back(self, id: str, *, seeker_id: str) -> None:
        """Nobody reads it any more, and the words are gone. Repeating it changes nothing."""
        application = await self._own(id, seeker_id)
        if await self.collection.find_one({"_id": id}, {"_id": 1}) is not None:
            await self._change(application, self._ended, None)

    async def of_seeker(self, seeker_id: str) -> list[DisclosureView]:
        """The person's own, also those that were taken back."""
        found = self.collection.find({"seeker_id": seeker_id}).sort("_id", -1).limit(MOST)
        rows = {row["_id"]: row async for row in found}
        loaded = [await self._store.load(id, seeker_id=seeker_id) for id in rows]
        return [await self._shown(each, rows[each.id]) for each in loaded if each is not None]

    async def read(self, id: str, *, caller: Caller) -> DisclosureView:
        """For its person, and for the employer while the consent and the application stand; that it was read is noted
        before it is shown. Whoever may not read it finds nothing, as if nothing had been shared."""
        mine = caller.role == "seeker"
        application = await self._store.load(id, seeker_id=caller.account_id if mine else None)
        row = await self.collection.find_one({"_id": id})
        if application is None or row is None:
            raise NotFound
        if mine:
            return await self._shown(application, row)
        vacancy = application.vacancy
        owned = await self._store.vacancy(vacancy.id, owner_id=caller.account_id)
        if owned is None or row["sealed"] is None or application.state not in READ_IN:
            raise NotFound
        shown = await self._shown(application, row)
        if shown.condition is None and shown.help is None:
            raise NotFound  # the person was erased
        known_as = {"number": application.number, "title": vacancy.title, "employer_name": vacancy.employer_name}
        read = Read(application.seeker_id, application.id, known_as)
        await self._store.readings.note([read], caller=caller, way="disability")
        return shown.model_copy(update={"consents": shown.consents[-1:]})

    async def _own(self, id: str, seeker_id: str) -> Application:
        found = await self._store.load(id, seeker_id=seeker_id)
        if found is None:
            raise NotFound
        return found

    def _ended(self, before: tuple[Consent, ...]) -> tuple[Consent, ...]:
        at = self._now()
        return tuple(each if each.withdrawn_at else each.model_copy(update={"withdrawn_at": at}) for each in before)

    async def _change(
        self,
        application: Application,
        step: Callable[[tuple[Consent, ...]], tuple[Consent, ...]],
        sealed: str | None,
    ) -> DisclosureView:
        for _ in range(TRIES):
            row = await self.collection.find_one({"_id": application.id})
            after = step(_consents(row) if row else ())[-KEPT:]
            changes = row["changes"] if row else 0
            fields: Document = {
                "seeker_id": application.seeker_id,
                "sealed": sealed,
                "consents": [each.model_dump() for each in after],
                "changes": changes + 1,
            }
            if row is None:
                try:
                    await self.collection.insert_one({"_id": application.id, **fields})
                except DuplicateKey:
                    continue
            else:
                where = {"_id": application.id, "changes": changes}
                if not (await self.collection.update_one(where, {"$set": fields})).matched_count:
                    continue
            return await self._shown(application, {"_id": application.id, **fields})
        raise Unavailable

    async def _shown(self, application: Application, row: Document) -> DisclosureView:
        words: Document = {}
        if row["sealed"] is not None:
            try:
                words = await self._vault.open(application.seeker_id, SEAL, row["sealed"])
            except Erased:
                words = {}
        return DisclosureView(
            application_id=application.id,
            number=application.number,
            title=application.vacancy.title,
            employer_name=application.vacancy.employer_name,
            condition=words.get("condition"),
            help=words.get("help"),
            consents=_consents(row),
        )


def _consents(row: Document) -> tuple[Consent, ...]:
    return tuple(Consent.model_validate(each) for each in row["consents"])
