"""Reads of employers: one's own, and the officers' queue."""

from services.vacancy.domain.employer import Employer
from services.vacancy.store.database import VacancyStore
from services.vacancy.store.documents import employer_of
from services.vacancy.store.keyset import page
from services.vacancy.views.models import EmployerView, PublicEmployer, QueuedEmployer
from services.vacancy.views.shown import show_employer, show_partner, show_public, show_queued_employer
from shared.contracts.employer import EmployerState
from shared.errors import NotFound
from shared.pages import Page


class EmployerViews:
    def __init__(self, store: VacancyStore) -> None:
        self._store = store

    async def mine(self, account_id: str) -> EmployerView:
        return show_employer(await self._store.employers.of_owner(account_id))

    async def public(self, id: str) -> PublicEmployer:
        """One that is verified or has shown a vacancy; raises `NotFound` for others."""
        shown = await self._store.vacancies.shown_by(id)
        try:
            employer = await self._store.employers.load(id)
        except NotFound:
            if shown is None:
                raise
            return show_partner(shown.employer)
        if employer.state != "verified" and shown is None:
            raise NotFound
        return show_public(employer)

    @staticmethod
    def present(employer: Employer) -> EmployerView:
        """For whoever just changed it."""
        return show_employer(employer)

    async def queue(self, state: EmployerState, *, limit: int, cursor: str | None) -> Page[QueuedEmployer]:
        """Those in `state`, the longest there first."""
        rows, following = await page(
            self._store.employers.collection,
            {"state": state},
            by="since",
            newest_first=False,
            limit=limit,
            cursor=cursor,
        )
        return Page(items=[show_queued_employer(employer_of(row)) for row in rows], next=following)
