"""One vacancy and the people around it, on the real store: the application service and the vacancy service, each with
its own database, told of each other by what stands in their outboxes."""

import itertools
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from services.application.commands import Commands
from services.application.desk.commands import DeskCommands
from services.application.desk.store import DeskStore
from services.application.main import build_placements
from services.application.meeting.commands import MeetingCommands
from services.application.reactions import table as application_table
from services.application.store import ApplicationStore
from services.application.views import Views
from services.vacancy.commands.contacts import Contacts
from services.vacancy.commands.employers import EmployerCommands
from services.vacancy.commands.running import RunningCommands
from services.vacancy.domain.vacancy import facts
from services.vacancy.reactions import table as vacancy_table
from services.vacancy.store.database import VacancyStore
from services.vacancy.tests.making import NOW, standing, terms
from shared.contracts.vacancy import VacancyPublished
from shared.effects import Projection
from shared.errors import Problem
from shared.events import Envelope, decode
from shared.mongo import Client, Collection, Document
from shared.numbers import Numbers
from shared.sealed import Vault
from shared.testing import TEST_KEY

OPENINGS = 2
ANSWER_BY = date(2026, 2, 7)
Told = Callable[[Sequence[Envelope[Any]]], Awaitable[None]]


class Hands:
    """A clock of whole milliseconds, as the store keeps them. It goes on by one whenever somebody looks at it, so
    that what happened first was earlier."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._now = NOW

    def __call__(self) -> datetime:
        self._now += timedelta(milliseconds=1)
        return self._now

    def move(self, hours: int) -> None:
        self._now += timedelta(hours=hours)


@dataclass
class Town:
    """`held` tells of each decision that was ever held, by the words in it: when it was made, and its hour."""

    applications: ApplicationStore
    vacancies: VacancyStore
    commands: Commands
    desk: DeskCommands
    meeting: MeetingCommands
    running: RunningCommands
    views: Views
    clock: Hands
    telling: tuple[tuple[Collection, Told], ...]
    vacancy_id: str = ""
    held: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)
    ids: Iterator[int] = field(default_factory=itertools.count)

    async def begin(self) -> None:
        """Another vacancy, published at the beginning of time."""
        self.clock.reset()
        number = next(self.ids)
        self.vacancy_id, self.held = f"vac_{number}", {}
        vacancy = standing(
            "published",
            of=terms(openings=OPENINGS, answer_by=ANSWER_BY),
            id=self.vacancy_id,
            number=f"LWK-2026-{number:06}",
        )
        await self.vacancies.vacancies.create(vacancy, [VacancyPublished(**facts(vacancy))])
        await self.tell()

    def seeker(self, place: int) -> str:
        return f"acc_{self.vacancy_id}_{place}"

    async def rows(self) -> list[Document]:
        """The applications for the vacancy, as they are stored."""
        return [row async for row in self.applications.applications.find({"vacancy.id": self.vacancy_id})]

    async def tell(self) -> None:
        """Each service hears what the other has to say, until neither says more; what two tell at once is heard
        twice."""
        while any([await self._tell(saying, told) for saying, told in self.telling]):
            pass

    async def _tell(self, saying: Collection, told: Told) -> int:
        key = "_id" if saying.name == "vacancies" else "vacancy.id"
        rows = [row async for row in saying.find({key: self.vacancy_id})]
        entries = [entry for row in rows for entry in row["outbox"] if entry["id"] not in self._known]
        await told([news for each in entries if each["value"] and (news := decode(each["value"].encode()))])
        self._known.update(entry["id"] for entry in entries)
        return len(entries)


async def build(client: Client, prefix: str) -> Town:
    vault = Vault(client[f"{prefix}_vault"].person_keys, master_key=TEST_KEY)
    applications, vacancies = (
        ApplicationStore(client[f"{prefix}_application"]),
        VacancyStore(client[f"{prefix}_vacancy"]),
    )
    clock, desk_store = Hands(), DeskStore(client[f"{prefix}_application"], applications)
    for each in (applications, vacancies, desk_store):
        await each.prepare()
    commands = Commands(applications, vault=vault, numbers=Numbers(applications.counters, "LMR", block=50), now=clock)
    placements = build_placements(client[f"{prefix}_application"], applications)
    running = RunningCommands(vacancies, clock=clock)
    employers = EmployerCommands(vacancies, Contacts(vacancies, vault), clock=clock)
    return Town(
        applications=applications,
        vacancies=vacancies,
        commands=commands,
        desk=DeskCommands(desk_store, commands, vault=vault, now=clock),
        meeting=MeetingCommands(applications, commands, vault=vault, now=clock),
        running=running,
        views=Views(applications, vault=vault),
        clock=clock,
        telling=(
            (vacancies.vacancies.collection, _hears(application_table(applications, commands, placements))),
            (applications.applications, _hears(vacancy_table(vacancies, employers, running))),
        ),
    )


def _hears(reactions: Any) -> Told:
    """As the consumer does it: first the local copies of everything that came together, then what follows from it."""

    async def hear(batch: Sequence[Envelope[Any]]) -> None:
        found = [(envelope, reactions.get(type(envelope.data), ())) for envelope in batch]
        steps = [(told, each) for told, some in found for each in (some if isinstance(some, tuple) else (some,))]
        for copy in (True, False):
            for envelope, effect in steps:
                if isinstance(effect, Projection) == copy:
                    await _take(envelope, effect)

    return hear


async def _take(envelope: Envelope[Any], effect: Any) -> None:
    try:
        await (effect.apply if isinstance(effect, Projection) else effect)(envelope)
    except Problem as refused:  # a refusal is an answer to people; here it would be a record put aside
        raise AssertionError(f"{type(envelope.data).__name__} was refused: {refused.code}") from refused
