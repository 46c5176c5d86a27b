"""Applications in the store, and the local copies of what other services tell: vacancies, seekers, contacts."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from services.application.domain import OPEN, WAITING, Application, KnownVacancy, due_at, known_state
from services.application.domain.matching import Needed
from shared.contracts.application import ApplicationState
from shared.contracts.vacancy import VacancyState
from shared.events import Event
from shared.mongo import ASCENDING, DESCENDING, Database, Document, DuplicateKey, ensure_indexes, insert_each
from shared.outbox import INDEXES, Outbox
from shared.readings import Readings
from shared.together import Together

APPLICATIONS: dict[str, dict[str, Any]] = {
    **INDEXES,
    "one_per_vacancy_and_seeker": {"keys": [("seeker_id", 1), ("vacancy.id", 1)], "unique": True},
    # The n-th application of a seeker on a day: the limit holds also for many at once, without a lock.
    "daily_slots": {"keys": [("seeker_id", 1), ("day", 1), ("slot", 1)], "unique": True},
    "number": {"keys": [("number", 1)], "unique": True},
    "of_seeker": {"keys": [("seeker_id", 1), ("submitted_at", -1), ("_id", -1)]},
    "of_vacancy": {"keys": [("vacancy.id", 1), ("submitted_at", 1), ("_id", 1)]},
    "due": {"keys": [("due_at", 1)]},
}
VACANCIES = {"closed_lately": {"keys": [("closed_seen_at", 1)], "sparse": True}}
Position = tuple[datetime, str]
NOTE_SEAL, CONTACT_SEAL = "application-note", "seeker-contact"  # purposes under the seeker's key
INTERVIEW_SEAL, WISH_SEAL = "interview", "interview-wish"


class ApplicationStore:
    """The only place that knows how things are stored here."""

    def __init__(self, database: Database) -> None:
        self.applications, self.counters = database.applications, database.counters
        self.vacancies, self.seekers, self.contacts = database.vacancies, database.seekers, database.seeker_contacts
        self.reminders, self.drafts = database.reminders, database.application_drafts
        self.disclosures = database.disability_disclosures
        self.readings = Readings(database.application_readings)
        self._outbox = Outbox(self.applications, source="application")
        self._reminding = Outbox(self.reminders, source="application")
        self._creating = Together(self._create_each)
        self._applied_for = Together(self._vacancies_of)

    async def prepare(self) -> None:
        await ensure_indexes(self.applications, APPLICATIONS)
        await ensure_indexes(self.vacancies, VACANCIES)
        await ensure_indexes(self.reminders, INDEXES)
        await self.readings.prepare()

    async def vacancy(self, id: str, *, owner_id: str | None = None) -> KnownVacancy | None:
        """A vacancy as it stands now; with `owner_id` only if that account manages it."""
        owned = {} if owner_id is None else {"owner_id": owner_id}
        row = await self.vacancies.find_one({"_id": id, **owned})
        return None if row is None else KnownVacancy.model_validate({**row, "id": row["_id"]})

    async def vacancy_applied_for(self, id: str) -> KnownVacancy | None:
        """A vacancy as it stands now, read with those that others apply for at the same time."""
        return await self._applied_for.ask(id)

    async def vacancies_ended_since(self, at: datetime) -> list[KnownVacancy]:
        """Those whose early end was heard of since `at`."""
        found = self.vacancies.find({"closed_seen_at": {"$gte": at}})
        return [KnownVacancy.model_validate({**row, "id": row["_id"]}) async for row in found]

    async def vacancy_states(self, ids: Sequence[str]) -> dict[str, VacancyState]:
        found = self.vacancies.find({"_id": {"$in": list(ids)}}, {"state": 1})
        return {row["_id"]: known_state(row["state"]) async for row in found}

    async def known_vacancies(self, ids: Collection[str]) -> dict[str, KnownVacancy]:
        """Vacancies as they stand now."""
        found = self.vacancies.find({"_id": {"$in": list(ids)}})
        return {row["_id"]: KnownVacancy.model_validate({**row, "id": row["_id"]}) async for row in found}

    async def needed(self, vacancy_ids: Sequence[str]) -> dict[str, Needed]:
        """What vacancies ask of people."""
        return {id: vacancy.needed for id, vacancy in (await self.known_vacancies(vacancy_ids)).items()}

    async def seeker_facts(self, ids: Sequence[str]) -> dict[str, Document]:
        """Kelurahan, education and skills by seeker."""
        return {row["_id"]: row async for row in self.seekers.find({"_id": {"$in": list(ids)}})}

    async def sealed_contacts(self, ids: Sequence[str]) -> dict[str, str]:
        found = self.contacts.find({"_id": {"$in": list(ids)}}, {"sealed": 1})
        return {row["_id"]: row["sealed"] async for row in found}

    async def used_today(self, seeker_id: str, day: str) -> int:
        """The last slot taken: read by the order of its index, which a store would not choose for a count."""
        wanted = {"seeker_id": seeker_id, "day": day}
        last = await self.applications.find_one(wanted, {"slot": 1}, sort=[("slot", DESCENDING)])
        return int(last["slot"]) if last else 0

    async def create(self, application: Application, events: Sequence[Event], *, day: str, slot: int) -> bool:
        """One insert, with those of others that come at the same time; False where the seeker has applied there
        already, or another has this slot of the day."""
        fields = {**_fields(application), "day": day, "slot": slot}
        return await self._creating.ask(self._outbox.document(application.id, fields, events))

    async def _create_each(self, documents: Sequence[Document]) -> Sequence[bool]:
        return await insert_each(self.applications, documents)

    async def _vacancies_of(self, ids: Sequence[str]) -> Sequence[KnownVacancy | None]:
        known = await self.known_vacancies(set(ids))
        return [known.get(id) for id in ids]

    async def save(self, before: Application, after: Application, events: Sequence[Event]) -> Application:
        """Store the step; raises `StaleVersion` where another was first, and then nothing is stored."""
        version = await self._outbox.save(before.id, version=before.version, changes=_fields(after), events=events)
        return after.model_copy(update={"version": version})

    async def load(self, id: str, *, seeker_id: str | None = None) -> Application | None:
        """An application; with `seeker_id` only that person's."""
        mine = {} if seeker_id is None else {"seeker_id": seeker_id}
        return _application(await self.applications.find_one({"_id": id, **mine}, {"outbox": 0}))

    async def of_seeker_for(self, vacancy_id: str, *, seeker_id: str) -> Application | None:
        wanted = {"seeker_id": seeker_id, "vacancy.id": vacancy_id}
        return _application(await self.applications.find_one(wanted, {"outbox": 0}))

    async def sent_to(self, vacancy_ids: Sequence[str], *, seeker_id: str) -> set[str]:
        """Those of the vacancies to which the seeker has an application that was not taken back."""
        wanted = {"seeker_id": seeker_id, "vacancy.id": {"$in": list(vacancy_ids)}}
        found = self.applications.find(wanted, {"vacancy.id": 1, "state": 1})
        return {row["vacancy"]["id"] async for row in found if row["state"] != "withdrawn"}

    async def open_of(self, vacancy_id: str, *, untold: bool, limit: int) -> list[Application]:
        """Open applications for a vacancy; `untold`: whose seekers do not know yet that it closed."""
        wanted: Document = {"vacancy.id": vacancy_id, "state": {"$in": list(OPEN)}}
        if untold:
            wanted["vacancy_ended"] = {"$ne": True}
        return await self._find(wanted, newest_first=False, limit=limit)

    async def open_of_seeker(self, seeker_id: str, *, limit: int) -> list[Application]:
        wanted: Document = {"seeker_id": seeker_id, "state": {"$in": list(OPEN)}}
        return await self._find(wanted, newest_first=True, limit=limit)

    async def end_drafts(self, vacancy_id: str) -> None:
        """What was typed for a vacancy that takes no applications any more."""
        await self.drafts.delete_many({"vacancy_id": vacancy_id})

    async def forget(self, seeker_id: str) -> None:
        """The local copies of a person, and who read what there was."""
        await self.seekers.delete_one({"_id": seeker_id})
        await self.contacts.delete_one({"_id": seeker_id})
        await self.drafts.delete_many({"seeker_id": seeker_id})
        await self.disclosures.delete_many({"seeker_id": seeker_id})
        await self.readings.forget(seeker_id)

    async def due(self, at: datetime, *, vacancy_id: str | None = None, limit: int) -> list[Application]:
        """Applications with which the system has something to do at `at`, the longest due first."""
        only: Document = {} if vacancy_id is None else {"vacancy.id": vacancy_id}
        found = self.applications.find({"due_at": {"$lte": at}, **only}, {"outbox": 0}).sort("due_at", ASCENDING)
        return [Application.model_validate({**row, "id": row["_id"]}) async for row in found.limit(limit)]

    async def promised(self, first: datetime, last: datetime) -> list[tuple[str, date]]:
        """Vacancies, and days by which their applicants were promised an answer, of those that would close without
        one between two instants."""
        fields = {"vacancy.id": 1, "vacancy.answer_by": 1, "promise": 1, "state": 1}
        found = self.applications.find({"due_at": {"$gte": first, "$lte": last}}, fields)
        rows = [row async for row in found if row["state"] in WAITING]
        days = {(row["vacancy"]["id"], row.get("promise") or row["vacancy"]["answer_by"]) for row in rows}
        return sorted((vacancy, date.fromisoformat(day)) for vacancy, day in days if day)

    async def waiting(self, vacancy_id: str) -> int:
        """How many people wait for an answer there."""
        return await self.applications.count_documents({"vacancy.id": vacancy_id, "state": {"$in": list(WAITING)}})

    async def reminded(self, ids: Sequence[str]) -> set[str]:
        """Those of `ids` that were told already."""
        return {row["_id"] async for row in self.reminders.find({"_id": {"$in": list(ids)}}, {"_id": 1})}

    async def remind(self, id: str, event: Event) -> bool:
        """One insert; False where another worker was first."""
        try:
            await self._reminding.create(id, {}, [event])
        except DuplicateKey:
            return False
        return True

    async def fill_due(self, *, limit: int) -> int:
        """Give documents that were written before there was a due time theirs; returns how many."""
        filled = 0
        async for row in self.applications.find({"due_at": {"$exists": False}}, {"outbox": 0}).limit(limit):
            due = due_at(Application.model_validate({**row, "id": row["_id"]}))
            wanted = {"_id": row["_id"], "version": row["version"]}
            filled += (await self.applications.update_one(wanted, {"$set": {"due_at": due}})).modified_count
        return filled

    async def page(
        self,
        *,
        seeker_id: str | None = None,
        vacancy_id: str | None = None,
        state: ApplicationState | None = None,
        newest_first: bool,
        after: Position | None,
        limit: int,
    ) -> list[Application]:
        """A part of a list by time of submission, from behind the position `after`."""
        wanted: Document = {"seeker_id": seeker_id, "vacancy.id": vacancy_id, "state": state}
        wanted = {name: value for name, value in wanted.items() if value is not None}
        if after is not None:
            beyond, (at, id) = "$lt" if newest_first else "$gt", after
            wanted["$or"] = [{"submitted_at": {beyond: at}}, {"submitted_at": at, "_id": {beyond: id}}]
        return await self._find(wanted, newest_first=newest_first, limit=limit)

    async def _find(self, wanted: Document, *, newest_first: bool, limit: int) -> list[Application]:
        way = DESCENDING if newest_first else ASCENDING
        found = self.applications.find(wanted, {"outbox": 0}).sort([("submitted_at", way), ("_id", way)])
        return [Application.model_validate({**row, "id": row["_id"]}) async for row in found.limit(limit)]


def _application(row: Document | None) -> Application | None:
    return None if row is None else Application.model_validate({**row, "id": row["_id"]})


def _fields(application: Application) -> Document:
    """`due_at` is when the system has something to do with it: the one field by which all due work is found."""
    return {**application.model_dump(exclude={"id", "version"}), "due_at": due_at(application)}
