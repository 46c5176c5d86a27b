"""Reports by the public: counted once for each reporter; with the third one the vacancy waits for an officer."""

from collections.abc import Callable
from datetime import timedelta

from services.vacancy.commands.applying import Applying
from services.vacancy.domain import running
from services.vacancy.domain.lifecycle import Decided
from services.vacancy.domain.report import HOLD_AT, Category, Report, report_id
from services.vacancy.domain.vacancy import PUBLIC_STATES, Actor, Vacancy
from services.vacancy.store.database import VacancyStore
from shared.clock import Clock, now
from shared.errors import NotFound, RateLimited, WrongState

PER_ADDRESS, WINDOW = 10, timedelta(hours=1)  # carriers share addresses; a shop's visitors do too
SYSTEM = Actor(kind="system")


class ReportCommands:
    """`blind` makes the keyed hash of whatever tells reporters apart."""

    def __init__(self, store: VacancyStore, *, blind: Callable[[str], str], clock: Clock = now) -> None:
        self._store, self._blind, self._clock = store, blind, clock
        self._applying = Applying(store, clock=clock)

    async def report(
        self, key: str, *, category: Category, text: str | None, account_id: str | None, address: str
    ) -> None:
        vacancy, at = await self._store.vacancies.load(key), self._clock()
        if vacancy.state not in PUBLIC_STATES:
            raise NotFound
        sender = self._blind(f"report-address:{address}")
        if await self._store.reports.sent_from(sender, since=at - WINDOW) >= PER_ADDRESS:
            raise RateLimited(retry_after=int(WINDOW.total_seconds()))
        reporter = self._blind(f"report-account:{account_id}") if account_id else sender
        await self._store.reports.add(
            Report(
                id=report_id(vacancy.id, reporter),
                vacancy_id=vacancy.id,
                category=category,
                text=text,
                reporter=reporter,
                address=sender,
                at=at,
            )
        )
        await self._hold(vacancy)

    async def _hold(self, vacancy: Vacancy) -> None:
        """Enough of them since it was last published or resumed: an officer has seen the ones before."""
        if vacancy.state != "published":
            return
        if await self._store.reports.reporters(vacancy.id, since=vacancy.since) < HOLD_AT:
            return

        async def decide(vacancy: Vacancy) -> Decided:
            try:
                return running.pause(vacancy, reason=None, code=running.UNDER_REVIEW, by=SYSTEM, at=self._clock())
            except WrongState:
                return vacancy, []  # somebody stopped it first

        await self._applying.apply(vacancy.id, decide, by=SYSTEM)
