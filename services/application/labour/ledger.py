"""The only writer of entries: what cards, hires and vacancies mean to the numbers.

A person counts once: a registration begins with a card, or with a placement where there is none, and ends once, by an
entry whose id says so. Vacancies count openings: each event brings the sums to what it says.
"""

from typing import Any

from services.application.labour import model
from services.application.labour.model import Entry, Kind, Traits, month_of
from services.application.labour.store import LabourStore
from shared.clock import Clock, now
from shared.contracts.placement import Scope
from shared.contracts.vacancy import VacancyFacts
from shared.events import Envelope

LIVE = ("published", "paused")
ENDED = ("filled", "closed", "expired", "recalled")


class Ledger:
    def __init__(self, store: LabourStore, *, clock: Clock = now) -> None:
        self.store, self._now = store, clock

    async def registered(self, told: Envelope[Any]) -> None:
        """A card was issued. Whoever still had another counts on with the new one."""
        card = told.data
        known = {each.ref for each in await self.store.of_person(card.seeker_id)}
        if told.subject not in known and (before := await self._open(card.seeker_id)):
            await self.store.add([_end(before, "removed", told)])
        traits = Traits(
            sex={"female": "P", "male": "L"}.get(card.sex, model.UNKNOWN),
            age=model.age_group(card.age),
            education=model.education_group(card.education),
        )
        entry = Entry(
            id=told.subject,
            kind="registered",
            ref=told.subject,
            person=card.seeker_id,
            at=told.time,
            month=month_of(told.time),
            traits=traits,
        )
        await self.store.add([entry])

    async def removed(self, told: Envelope[Any]) -> None:
        """A card lapsed, expired, was revoked, or its owner said KERJA; a placement is told by the hire itself."""
        if getattr(told.data, "told_by", "") == "placement":
            return
        begun = next((each for each in await self.store.of_ref(told.subject) if each.kind == "registered"), None)
        if begun:
            await self.store.add([_end(begun, "removed", told)])

    async def placed(self, id: str, person: str | None, traits: Traits, told: Envelope[Any]) -> Traits:
        """Somebody got a job; returns the traits it counts with. The registration's say who it is, the placement's
        where; whoever had none is registered by it."""
        known = await self.store.of_placement(id)
        if done := [each for each in known if each.kind == "placed"]:
            return done[0].traits
        mine = next((each for each in known if each.kind == "registered"), None)
        begun = mine or (await self._open(person) if person else None)
        if begun is None:
            begun = Entry(
                id=id,
                kind="registered",
                ref=id,
                person=person,
                placement=id,
                at=told.time,
                month=month_of(told.time),
                traits=traits.model_copy(
                    update={"industry": model.UNKNOWN, "scope": None, "receiver": model.UNKNOWN}
                ),
            )
            await self.store.add([begun])
        who = {name: getattr(begun.traits, name) for name in ("sex", "age", "education", "occupation")}
        end = _end(begun, "placed", told).model_copy(
            update={"placement": id, "traits": traits.model_copy(update=who)}
        )
        await self.store.add([end])
        return end.traits

    async def taken_back(self, id: str, told: Envelope[Any]) -> None:
        """A hire that was none: the placement `id` counts no more. A card that it ended stays ended, so its owner is
        removed; whoever was registered by the placement alone was not."""
        known = await self.store.of_placement(id)
        placed = next((each for each in known if each.kind == "placed" and each.n > 0), None)
        if placed is None:
            return
        own = next((each for each in known if each.kind == "registered" and each.n > 0), None)
        back: dict[str, Any] = {"at": told.time, "month": month_of(told.time), "counted": None}
        undone = placed.model_copy(update={**back, "id": f"{id}:undone", "n": -1})
        if own:
            rest = own.model_copy(update={**back, "id": f"{id}:never", "n": -1})
        else:
            rest = placed.model_copy(update={**back, "id": f"{id}:removed", "kind": "removed"})
        await self.store.add([undone, rest])

    async def openings(self, told: Envelope[VacancyFacts]) -> None:
        """Bring what is counted of a vacancy to what its event says; an older event than the last changes nothing.
        Courses are no work; a partner's or the province's vacancies are counted by who registered them."""
        vacancy = told.data
        if vacancy.source != "city" or vacancy.kind == "training" or vacancy.state not in (*LIVE, *ENDED):
            return
        known = await self.store.of_ref(told.subject)
        if known and max(each.seq for each in known) > told.sequence:
            return
        sums = {kind: sum(each.n for each in known if each.kind == kind) for kind in ("opened", "filled", "dropped")}
        traits = known[0].traits if known else await self._traits(vacancy)
        made: list[tuple[Kind, int]] = []
        filled = max(vacancy.filled_count, 0)
        if vacancy.state in LIVE:
            opened = vacancy.openings + sums["dropped"] - sums["opened"]
            made = [("opened", opened)] if opened >= 0 else [("dropped", -opened)]
            made.append(("filled", filled - sums["filled"]))
        elif known:
            left = sums["opened"] - sums["dropped"]
            filled = left if vacancy.state == "filled" else min(filled, left)
            made = [("filled", filled - sums["filled"]), ("dropped", left - filled)]
        await self.store.add(
            [
                Entry(
                    id=f"{told.id}:{kind}",
                    kind=kind,
                    ref=told.subject,
                    n=n,
                    at=told.time,
                    month=month_of(told.time),
                    seq=told.sequence,
                    traits=traits,
                )
                for kind, n in made
                if n
            ]
        )

    async def forget(self, person: str) -> None:
        """Somebody wanted to be forgotten: counted out now, and then nobody's."""
        if begun := await self._open(person):
            at = self._now()
            end = {"id": f"{begun.ref}:end", "kind": "removed", "at": at, "month": month_of(at), "counted": None}
            await self.store.add([begun.model_copy(update=end)])
        await self.store.forget(person)

    async def where(self, employer_id: str, *, scope: Scope, occupation: Any) -> Traits:
        """The traits of a job, from what is known of its employer."""
        employer = await self.store.employers.find_one({"_id": employer_id}) or {}
        return Traits(
            scope=scope,
            occupation=model.occupation_group(occupation),
            industry=model.industry_section(employer.get("industry")),
            receiver=model.receiver_of(employer.get("size")),
        )

    async def _traits(self, vacancy: VacancyFacts) -> Traits:
        employer = await self.store.employers.find_one({"_id": vacancy.employer_id}) or {}
        return Traits(
            education=model.education_group(vacancy.education_min),
            occupation=model.occupation_group(vacancy.occupation),
            industry=model.industry_section(employer.get("industry")),
        )

    async def _open(self, person: str) -> Entry | None:
        """The registration of a person that has not ended."""
        found = await self.store.of_person(person)
        ended = {each.ref for each in found if each.id == f"{each.ref}:end"}
        return next((each for each in found if each.kind == "registered" and each.ref not in ended), None)


def _end(begun: Entry, kind: Kind, told: Envelope[Any]) -> Entry:
    changes = {"id": f"{begun.ref}:end", "kind": kind, "at": told.time, "month": month_of(told.time), "counted": None}
    return begun.model_copy(update=changes)
