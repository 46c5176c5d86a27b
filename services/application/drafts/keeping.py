"""Keeping drafts: one for each person and vacancy, gone when the vacancy closes or nobody comes back to it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field

from services.application import domain
from services.application.domain import Letter, Vacancy
from services.application.domain.answers import Value
from services.application.drafts.problems import TooManyDrafts
from services.application.store import ApplicationStore
from shared import clock
from shared.callers import acting
from shared.contracts.screening import DocumentKind
from shared.errors import NotFound
from shared.mongo import Document, ensure_indexes
from shared.sealed import Erased, Vault

SEAL = "application-draft"  # purpose under the seeker's key
MOST = 50  # per person
KEPT = timedelta(days=60)  # after it was last saved
TOGETHER = 500
TAKES = ("published", "paused")  # in which it can still be sent, now or soon


class DraftView(BaseModel):
    """What was typed so far."""

    model_config = ConfigDict(frozen=True, title="ApplicationDraft")
    vacancy_id: str
    vacancy_number: str
    vacancy_title: str
    employer_name: str
    closes_at: datetime | None = Field(description="until then it can be sent")
    kept_until: datetime = Field(description="the vacancy's end, or sixty days after it was saved")
    saved_at: datetime
    note: str | None
    answers: dict[str, Value]
    documents: tuple[DocumentKind, ...]
    attachments: tuple[str, ...]


class Drafts:
    def __init__(self, store: ApplicationStore, *, vault: Vault, now: clock.Clock = clock.now) -> None:
        self.collection = store.drafts
        self._store, self._vault, self._now = store, vault, now

    async def prepare(self) -> None:
        await ensure_indexes(
            self.collection,
            {
                "of_seeker": {"keys": [("seeker_id", 1)]},
                "of_vacancy": {"keys": [("vacancy_id", 1)]},
                "over": {"keys": [("delete_at", 1)]},
            },
        )

    async def save(self, letter: Letter, *, seeker_id: str, vacancy_id: str) -> DraftView:
        """What is typed stands as it is; it is checked when it is sent. Raises where the vacancy takes none."""
        at = self._now()
        vacancy = domain.accept(await self._store.vacancy(vacancy_id), at=at)
        id = _id(seeker_id, vacancy_id)
        if await self.collection.count_documents({"seeker_id": seeker_id, "_id": {"$ne": id}}, limit=MOST) >= MOST:
            raise TooManyDrafts
        fields: Document = {
            "seeker_id": seeker_id,
            "vacancy_id": vacancy_id,
            "sealed": await self._vault.seal(seeker_id, SEAL, letter.contents),
            "mandate": acting.get(),
            "saved_at": at,
            "delete_at": _until(at, vacancy.closes_at),
        }
        await self.collection.update_one({"_id": id}, {"$set": fields}, upsert=True)
        return _view(vacancy, letter, saved_at=at)

    async def one(self, *, seeker_id: str, vacancy_id: str) -> DraftView:
        row = await self.collection.find_one({"_id": _id(seeker_id, vacancy_id), "seeker_id": seeker_id})
        shown = await self._shown([row] if row else [], seeker_id)
        if not shown:
            raise NotFound
        return shown[0]

    async def mine(self, seeker_id: str) -> list[DraftView]:
        """Those that can still be sent, the newest first."""
        rows = [row async for row in self.collection.find({"seeker_id": seeker_id}).limit(MOST)]
        return sorted(await self._shown(rows, seeker_id), key=lambda draft: draft.saved_at, reverse=True)

    async def delete(self, *, seeker_id: str, vacancy_id: str) -> None:
        """Also where there is none: after sending, a client need not know."""
        await self.collection.delete_one({"_id": _id(seeker_id, vacancy_id), "seeker_id": seeker_id})

    async def delete_over(self) -> None:
        """What was typed is of no use once the vacancy closed; where that was put off, the draft stays too."""
        at = self._now()
        due = [row async for row in self.collection.find({"delete_at": {"$lte": at}}).limit(TOGETHER)]
        vacancies = await self._store.known_vacancies([row["vacancy_id"] for row in due])
        for row in due:
            vacancy = vacancies.get(row["vacancy_id"])
            until = _until(row["saved_at"], vacancy.closes_at) if vacancy else at
            as_read = {"_id": row["_id"], "delete_at": row["delete_at"]}
            if until > at:
                await self.collection.update_one(as_read, {"$set": {"delete_at": until}})
            else:
                await self.collection.delete_one(as_read)

    async def _shown(self, rows: Sequence[Document], seeker_id: str) -> list[DraftView]:
        at, shown = self._now(), []
        ids = [row["vacancy_id"] for row in rows]
        sent, vacancies = await self._store.sent_to(ids, seeker_id=seeker_id), await self._store.known_vacancies(ids)
        for row in rows:
            vacancy = vacancies.get(row["vacancy_id"])
            if vacancy is None or vacancy.state not in TAKES or vacancy.id in sent:
                continue
            if _until(row["saved_at"], vacancy.closes_at) <= at:
                continue
            try:
                letter = Letter.read(await self._vault.open(seeker_id, SEAL, row["sealed"]))
            except Erased:
                return []
            shown.append(_view(vacancy, letter, saved_at=row["saved_at"]))
        return shown


def _id(seeker_id: str, vacancy_id: str) -> str:
    return f"{seeker_id}:{vacancy_id}"


def _until(saved_at: datetime, closes_at: datetime | None) -> datetime:
    return min(saved_at + KEPT, closes_at or saved_at + KEPT)


def _view(vacancy: Vacancy, letter: Letter, *, saved_at: datetime) -> DraftView:
    return DraftView(
        vacancy_id=vacancy.id,
        vacancy_number=vacancy.number,
        vacancy_title=vacancy.title,
        employer_name=vacancy.employer_name,
        closes_at=vacancy.closes_at,
        kept_until=_until(saved_at, vacancy.closes_at),
        saved_at=saved_at,
        note=letter.note,
        answers=dict(letter.answers),
        documents=letter.documents,
        attachments=letter.attachments,
    )
