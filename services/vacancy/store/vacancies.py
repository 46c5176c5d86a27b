"""The collection of vacancies."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from services.vacancy.domain.outward import outward
from services.vacancy.domain.terms import Terms, slug
from services.vacancy.domain.vacancy import LIVE, PUBLIC_STATES, Vacancy
from services.vacancy.store.documents import vacancy_fields, vacancy_of
from shared.contracts.codes import Code
from shared.contracts.vacancy import Hours, Wage
from shared.errors import NotFound
from shared.events import Event
from shared.mongo import ASCENDING, DESCENDING, Collection, Document, insert_ignoring_known
from shared.outbox import INDEXES, Outbox

VACANCY_INDEXES: dict[str, dict[str, Any]] = {
    **INDEXES,
    "number": {"keys": [("number", ASCENDING)], "unique": True},
    "changed": {"keys": [("changed_at", ASCENDING)]},
    "queue": {"keys": [("state", ASCENDING), ("since", ASCENDING), ("_id", ASCENDING)]},
    "revisions": {"keys": [("waiting_since", ASCENDING), ("_id", ASCENDING)]},
    "slug": {"keys": [("slug", ASCENDING)]},
    "due": {"keys": [("state", ASCENDING), ("closes_at", ASCENDING)]},
    "occupation": {"keys": [("occupation.code", ASCENDING), ("state", ASCENDING)]},
    "of_employer": {
        "keys": [("employer_id", ASCENDING), ("state", ASCENDING), ("published_at", DESCENDING), ("_id", DESCENDING)]
    },
    "mine": {"keys": [("owner_id", ASCENDING), ("created_at", DESCENDING), ("_id", DESCENDING)]},
}


MOST_OF_OCCUPATION = MOST_ALIKE = 200


def named(key: str) -> Document:
    """The filter for `key`, an id or a number such as LWK-2026-000123."""
    return {"number": key} if key.startswith("LWK-") else {"_id": key}


def title_and_ward(terms: Terms) -> tuple[str, str | None]:
    """What two of one employer's that repeat one another have in common."""
    return terms.title.casefold(), terms.kelurahan_code


class Vacancies:
    """Documents of vacancies: the only place that writes them."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self._outbox = Outbox(collection, source="vacancy")

    async def create(self, vacancy: Vacancy, events: Sequence[Event]) -> Vacancy:
        fields = vacancy_fields(vacancy, changed_at=vacancy.since)
        await self._outbox.create(vacancy.id, fields, events, copies=outward(None, vacancy))
        return vacancy.model_copy(update={"version": len(events)})

    async def load(self, key: str, *, owner_id: str | None = None) -> Vacancy:
        """One by id or number, of this owner where given; another's is not there (`NotFound`)."""
        owned: Document = {} if owner_id is None else {"owner_id": owner_id}
        row = await self.collection.find_one({**named(key), **owned})
        if row is None:
            raise NotFound
        return vacancy_of(row)

    async def find(self, id: str) -> Vacancy | None:
        row = await self.collection.find_one({"_id": id})
        return vacancy_of(row) if row else None

    async def live_of_city(self, at: datetime) -> list[tuple[str, int]]:
        """(id, version) of the city's own that are live."""
        found: list[tuple[str, int]] = []
        for state in sorted(LIVE):
            rows = self.collection.find({"state": state}, {"version": 1, "source": 1, "closes_at": 1})
            found += [
                (row["_id"], row["version"])
                async for row in rows
                if row["source"] == "city" and row["closes_at"] and row["closes_at"] > at
            ]
        return found

    async def save(self, before: Vacancy, after: Vacancy, events: Sequence[Event], *, at: datetime) -> Vacancy:
        """Write what differs, with the events, if nobody was first (`StaleVersion`)."""
        old, new = vacancy_fields(before, changed_at=at), vacancy_fields(after, changed_at=at)
        changes = {name: value for name, value in new.items() if value != old[name]}
        version = await self._outbox.save(
            before.id,
            version=before.version,
            changes={**changes, "changed_at": at},
            events=events,
            where={"owner_id": before.employer.owner_id},
            copies=outward(before, after),
        )
        return after.model_copy(update={"version": version})

    async def due(self, at: datetime, *, limit: int) -> list[Vacancy]:
        """Live ones whose time is over, oldest first, at most `limit` of each state: one way through the index."""
        found: list[Vacancy] = []
        for state in sorted(LIVE):
            over = self.collection.find({"state": state, "closes_at": {"$lte": at}})
            found += [vacancy_of(row) async for row in over.sort("closes_at", ASCENDING).limit(limit)]
        return found

    async def any_published(self, owner_id: str | None) -> bool:
        """Whether a vacancy of this account has ever been public."""
        wanted: Document = {"owner_id": owner_id, "published_at": {"$type": "date"}}
        return await self.collection.find_one(wanted, {"_id": 1}) is not None

    async def shown_by(self, employer_id: str) -> Vacancy | None:
        """One of this employer's that the public may read, if there is any."""
        wanted: Document = {"employer_id": employer_id, "state": {"$in": sorted(PUBLIC_STATES)}}
        row = await self.collection.find_one(wanted)
        return vacancy_of(row) if row else None

    async def live_of_employer(self, employer_id: str, *, limit: int) -> list[str]:
        """The ids of what it has published or paused."""
        wanted: Document = {"employer_id": employer_id, "state": {"$in": sorted(LIVE)}}
        return [row["_id"] async for row in self.collection.find(wanted, {"_id": 1}).limit(limit)]

    async def same_as(self, vacancy: Vacancy) -> str | None:
        """The number of another one of the same employer, waiting or live, with its title and ward."""
        wanted: Document = {
            "owner_id": vacancy.employer.owner_id,
            "state": {"$in": ["submitted", *sorted(LIVE)]},
            "kelurahan_code": vacancy.terms.kelurahan_code,
        }
        title = vacancy.terms.title.casefold()
        async for row in self.collection.find(wanted, {"title": 1, "number": 1}):
            if row["_id"] != vacancy.id and row["title"].casefold() == title:
                return str(row["number"])
        return None

    async def titles(self, owner_id: str) -> dict[tuple[str, str | None], str]:
        """The number of each of an account's that waits or is live, by title and ward."""
        wanted: Document = {"owner_id": owner_id, "state": {"$in": ["submitted", *sorted(LIVE)]}}
        found = self.collection.find(wanted, {"title": 1, "kelurahan_code": 1, "number": 1})
        return {(row["title"].casefold(), row["kelurahan_code"]): str(row["number"]) async for row in found}

    async def all_of(self, ids: Iterable[str]) -> dict[str, Vacancy]:
        found = self.collection.find({"_id": {"$in": list(ids)}})
        return {row["_id"]: vacancy_of(row) async for row in found}

    async def alike(self, terms: Terms, employer_name: str, *, but: str) -> list[Vacancy]:
        """Others, waiting or live, of an employer of this name, with its title and ward."""
        waiting, name = {"submitted", *LIVE}, employer_name.casefold()
        found = self.collection.find({"slug": slug(terms.title)}).limit(MOST_ALIKE)
        return [
            vacancy_of(row)
            async for row in found
            if row["_id"] != but
            and row["state"] in waiting
            and row["employer_name"].casefold() == name
            and row["kelurahan_code"] == terms.kelurahan_code
        ]

    async def paid(self, occupation: Code) -> list[tuple[Wage, Hours | None]]:
        """Pay and hours of open vacancies of an occupation."""
        wanted: Document = {"occupation.code": occupation.code, "state": "published"}
        found = self.collection.find(wanted, {"wage": 1, "hours": 1}).limit(MOST_OF_OCCUPATION)
        rows = [row async for row in found if row["wage"]]
        return [(Wage(**row["wage"]), Hours(**row["hours"]) if row["hours"] else None) for row in rows]

    async def known(self, ids: Iterable[str]) -> set[str]:
        return {row["_id"] async for row in self.collection.find({"_id": {"$in": list(ids)}}, {"_id": 1})}

    async def insert_new(self, made: Iterable[tuple[Vacancy, Sequence[Event]]], *, at: datetime) -> int:
        """Many at once; those that exist stay as they are. Returns how many were new."""
        documents = [
            self._outbox.document(
                vacancy.id, vacancy_fields(vacancy, changed_at=at), events, copies=outward(None, vacancy)
            )
            for vacancy, events in made
        ]
        return await insert_ignoring_known(self.collection, documents)
