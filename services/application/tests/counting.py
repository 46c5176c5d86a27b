"""Events of other months for the tests of the statistics, and how their tables are read."""

from datetime import UTC, datetime
from typing import Any

from services.application.labour.months import MonthFigures
from services.application.tests.conftest import Http, World, job, vacancy_event
from shared.contracts import card, vacancy
from shared.contracts.codes import Education
from shared.effects import Projection
from shared.events import Event, decode
from shared.testing import envelope

NOVEMBER, DECEMBER = datetime(2026, 11, 20, 5, tzinfo=UTC), datetime(2026, 12, 3, 5, tzinfo=UTC)


class Past:
    """Events of other months, by the real reactions."""

    def __init__(self, world: World) -> None:
        self._world, self._seq = world, 100

    async def tell(self, event: Event, subject: str, at: datetime, *, seq: int | None = None) -> None:
        self._seq += 1
        told = envelope(event, subject=subject, sequence=seq or self._seq).model_copy(update={"time": at})
        effects = self._world.reactions[type(event)]
        for effect in effects if isinstance(effects, tuple) else (effects,):
            react = effect.apply if isinstance(effect, Projection) else effect
            await react(told)
            await react(told)  # the log may say it twice

    async def issued(self, id: str, person: str, at: datetime, **more: Any) -> None:
        facts = {"seeker_id": person, "state": "issued", "number": f"3577-2026-{id}", "issued_on": at.date()}
        facts |= {"valid_until": at.date(), "first_report_on": at.date(), "age": 33, "sex": "female"}
        facts |= {"education": Education(form="rinci", code="3002"), **more}
        await self.tell(card.JobseekerCardIssued.model_validate(facts), id, at)

    async def ended(self, kind: type[card.CardFacts], id: str, person: str, at: datetime, **more: Any) -> None:
        facts = {"seeker_id": person, "state": "lapsed", "number": None, "issued_on": None, "valid_until": None}
        await self.tell(kind.model_validate(facts | more), id, at)

    async def vacancy(self, kind: type[vacancy.VacancyFacts], at: datetime, **given: Any) -> None:
        await self.tell(vacancy_event(kind, **given), "vac_old", at)


def cell(figures: MonthFigures, code: str, row: str, column: str) -> int:
    table = next(each for each in figures.tables if each.code == code)
    found = next((each for each in table.rows if each.key == row), None)
    return found.cells[table.columns.index(column)] if found and column in table.columns else 0


def flow(figures: MonthFigures, code: str, column: str = "all") -> list[int]:
    return [cell(figures, code, row, column) for row in ("before", "in", "done", "out", "after")]


def adds_up(figures: MonthFigures) -> None:
    """The invariants of the reports."""
    for whole, parts in (("III/1-I", ("III/2", "III/3")), ("III/1-II", ("III/4", "III/5", "III/6"))):
        for step in ("before", "in", "done", "out", "after"):
            total = cell(figures, whole, step, "all")
            for part in parts:
                table = next(each for each in figures.tables if each.code == part)
                sums = [
                    sum(cells)
                    for rows in (("all",), tuple(each.key for each in table.rows if each.key != "all"))
                    for cells in [
                        [
                            cell(figures, part, row, column)
                            for row in rows
                            for column in table.columns
                            if column.split(".")[0] == step
                        ]
                    ]
                ]
                assert sums == [total, total], (part, step)
    ages = next(each for each in figures.tables if each.code == "III/1-I")
    for row in ages.rows:
        by_age = sum(n for column, n in zip(ages.columns, row.cells, strict=True) if not column.startswith("all"))
        assert by_age == cell(figures, "III/1-I", row.key, "all")


async def hired(http: Http, world: World, past: Past, who: str) -> str:
    """By the application's own events, in December; of a garment maker."""
    await world.placements.ledger.store.employers.update_one(
        {"_id": "emp_1"}, {"$set": {"size": "small", "industry": {"code": "14111"}}}, upsert=True
    )
    id = str((await http.apply(who)).json()["id"])
    for command, body, account, role in (
        ("offer-job", job(), "acc_owner", "employer"),
        ("accept", None, who, "seeker"),
        ("hire", {"start_date": "2026-12-03"}, "acc_owner", "employer"),
    ):
        answer = await http.post(f"/{id}/{command}", body, account, role)
        assert answer.status_code == 200, answer.text
    await again(world, past, id)
    return id


async def again(world: World, past: Past, id: str) -> None:
    """What the application has told, heard by the ledger as of December."""
    for entry in (await world.row(_id=id))["outbox"]:
        told = decode(entry["value"].encode())
        if told and type(told.data) in world.reactions:
            await past.tell(told.data, id, DECEMBER)
