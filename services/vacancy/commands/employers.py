"""Commands on one employer, its contact included: sealed before it is stored, and told in the same save."""

from collections.abc import Callable
from typing import Any

from services.vacancy.commands.contacts import Contacts
from services.vacancy.domain import employer as decisions
from services.vacancy.domain.employer import Decided, Details, Employer
from services.vacancy.domain.vacancy import Actor
from services.vacancy.store.database import VacancyStore
from shared.clock import Clock, now
from shared.contracts.employer import RevokeCause
from shared.errors import NotFound, StaleVersion
from shared.events import new_id

TRIES = 4
CONTACT_BATCH = 500

Decide = Callable[[Employer], Decided]


class EmployerCommands:
    def __init__(self, store: VacancyStore, contacts: Contacts, *, clock: Clock = now) -> None:
        self._store, self._contacts, self._clock = store, contacts, clock

    async def register(self, details: Details, *, given: dict[str, str], owner_id: str) -> Employer:
        """`given` are the parts of the contact that the employer chose; the account's contact fills the rest."""
        reach = await self._contacts.reach(owner_id, given, employer_name=details.name)
        made, events = decisions.register(details, id=new_id("emp"), owner_id=owner_id, reach=reach, at=self._clock())
        return await self._store.employers.create(made, events)

    async def change(
        self, owner_id: str, changes: dict[str, Any], *, given: dict[str, str] | None, expected: int | None
    ) -> Employer:
        """Other details, another contact (`given`, None for the same), or both in one save."""
        before = await self._store.employers.of_owner(owner_id)
        if expected is not None and before.version != expected:
            raise StaleVersion
        after, events = decisions.change(before, changes, at=self._clock())
        reach = await self._contacts.new_reach(after, given)
        if reach is not None:
            after, told = decisions.reached(after, reach)
            events = [*events, *told]
        return await self._store.employers.save(before, after, events) if events else before

    async def verify(self, id: str, *, by: Actor, expected: int | None = None) -> Employer:
        return await self._apply(id, lambda employer: decisions.verify(employer, by=by, at=self._clock()), expected)

    async def send_back(self, id: str, *, reason: str, by: Actor, expected: int | None = None) -> Employer:
        def decide(employer: Employer) -> Decided:
            return decisions.send_back(employer, reason=reason, by=by, at=self._clock())

        return await self._apply(id, decide, expected)

    async def revoke(
        self, id: str, *, cause: RevokeCause, reason: str, by: Actor, expected: int | None = None
    ) -> Employer:
        def decide(employer: Employer) -> Decided:
            return decisions.revoke(employer, cause=cause, reason=reason, by=by, at=self._clock())

        return await self._apply(id, decide, expected)

    async def follow_account(self, account_id: str) -> None:
        """Bring the contact of this account's employer, if it has one, up to the account's own."""
        for _ in range(TRIES):
            try:
                before = await self._store.employers.of_owner(account_id)
            except NotFound:
                return
            reach = await self._contacts.new_reach(before, None)
            if reach is None:
                return
            after, events = decisions.reached(before, reach)
            try:
                await self._store.employers.save(before, after, events)
                return
            except StaleVersion:
                continue
        raise StaleVersion

    async def fill_contacts(self) -> None:
        """For employers registered in the very moment in which their account's contact arrived."""
        waiting = await self._store.employers.waiting_for_contact(limit=CONTACT_BATCH)
        for account_id in await self._contacts.arrived(waiting):
            await self.follow_account(account_id)

    async def _apply(self, id: str, decide: Decide, expected: int | None) -> Employer:
        for _ in range(TRIES):
            before = await self._store.employers.load(id)
            if expected is not None and before.version != expected:
                raise StaleVersion
            after, events = decide(before)
            try:
                return await self._store.employers.save(before, after, events)
            except StaleVersion:
                if expected is not None:
                    raise
        raise StaleVersion
