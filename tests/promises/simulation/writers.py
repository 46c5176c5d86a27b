"""Those who write: clients that ask again until they have an answer, at an API that may die, on the real outbox."""

import asyncio
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from pymongo.errors import DuplicateKeyError

from shared.contracts.application import (
    ApplicationHired,
    ApplicationShortlisted,
    ApplicationSubmitted,
    ApplicationViewed,
)
from shared.contracts.identity import LoginCodeIssued
from shared.errors import StaleVersion
from shared.events import Event
from shared.mongo import is_unavailable
from shared.outbox import Outbox
from tests.promises.simulation.store import Collection
from tests.promises.simulation.wire import EPOCH, Wire

SEEKER, EMPLOYER = "acc_siti", "emp_melati"
LATER_STEPS = (ApplicationViewed, ApplicationShortlisted, ApplicationHired)


@dataclass
class Wish:
    """What a client wants to happen to one application, step by step; `done` are the steps it had an answer to."""

    id: str
    steps: list[str]
    done: set[str] = field(default_factory=set)


def wishes(random: Random, writer: int, *, rivals: bool) -> list[Wish]:
    """Two clients that are rivals change the same applications, each in its own steps."""
    count = random.randint(1, 3)
    return [
        Wish(
            id=f"app_{number}" if rivals else f"app_{writer}_{number}",
            steps=[f"{writer}.{number}.{step}" for step in range(random.choice((1, 1, 2, 3)))],
        )
        for number in range(count)
    ]


class Writer:
    def __init__(self, applications: Collection, wire: Wire) -> None:
        self._applications, self._wire = applications, wire
        rows: Any = applications
        self._outbox = Outbox(rows, source="application")

    async def write(self, wishes: list[Wish]) -> None:
        """Until each wish is fulfilled and known to be."""
        for wish in wishes:
            for step in wish.steps:
                while step not in wish.done:
                    try:
                        await self._step(wish.id, step)
                        wish.done.add(step)
                    except (StaleVersion, DuplicateKeyError):
                        continue
                    except Exception as error:
                        if not is_unavailable(error):
                            raise
                        await asyncio.sleep(self._wire.fates.between(0.0, 0.5))
                await asyncio.sleep(self._wire.fates.between(0.0, 1.0))

    async def issue_code(self, id: str, seconds: float) -> None:
        """A one-time code that is worthless after `seconds`."""
        event = LoginCodeIssued(
            account_id=SEEKER, sealed="v1.code", expires_at=self._wire.now() + timedelta(seconds=seconds)
        )
        try:
            await self._outbox.create(id, {"number": id, "steps": [], "state": "code"}, [event])
        except Exception as error:
            if not is_unavailable(error) and not isinstance(error, DuplicateKeyError):
                raise

    async def _step(self, id: str, step: str) -> None:
        row = await self._applications.find_one({"_id": id})
        if row is None:
            number = f"LMR-{id}"
            fields = {"number": number, "steps": [step], "state": step}
            await self._outbox.create(id, fields, [_event(ApplicationSubmitted, number, step)])
        elif step not in row["steps"]:
            kind = LATER_STEPS[len(row["steps"]) % 3]
            await self._outbox.save(
                id,
                version=row["version"],
                changes={"steps": [*row["steps"], step], "state": step},
                events=[_event(kind, row["number"], step)],
            )


def _event(kind: type[Any], number: str, step: str) -> Event:
    """The step travels as the title, so that a copy can be compared with its source."""
    more = {"start_date": date(2026, 3, 2)} if kind is ApplicationHired else {}
    event: Event = kind(
        number=number,
        state="submitted",
        seeker_id=SEEKER,
        vacancy_id="vac_1",
        vacancy_number="LWK-2026-000001",
        vacancy_title=step,
        employer_id=EMPLOYER,
        employer_name="Konveksi Melati",
        submitted_at=EPOCH,
        answer_by=None,
        **more,
    )
    return event
