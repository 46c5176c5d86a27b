"""An employer's contact between its seals: opened only to be put together and sealed again."""

from collections.abc import Sequence
from typing import Any

from services.vacancy.domain import contact
from services.vacancy.domain.employer import Employer, Reach
from services.vacancy.store.database import VacancyStore
from shared.errors import Forbidden
from shared.sealed import Erased, Vault

PUBLISHED, GIVEN, ACCOUNT = "employer-contact", "employer-given", "contact"


class Contacts:
    def __init__(self, store: VacancyStore, vault: Vault) -> None:
        self._store, self._vault = store, vault

    async def reach(self, owner_id: str, given: dict[str, str], *, employer_name: str) -> Reach:
        """The contact of a new employer, sealed; refused to an account that was erased (its key is gone)."""
        account = await self._account(owner_id)
        found = contact.effective(given, account, employer_name=employer_name)
        try:
            return Reach(
                contact=await self._vault.seal(owner_id, PUBLISHED, found) if found else None,
                contact_given=await self._vault.seal(owner_id, GIVEN, given) if given else None,
                contact_waits=account is None,
            )
        except Erased:
            raise Forbidden from None

    async def new_reach(self, employer: Employer, given: dict[str, str] | None) -> Reach | None:
        """The contact with `given` (None: what it chose before) and the account's own as it is now; None where
        that is what stands already."""
        owner_id = employer.owner_id
        before = await self._opened(owner_id, GIVEN, employer.contact_given) or {}
        account = await self._account(owner_id)
        chosen = before if given is None else given
        found = contact.effective(chosen, account, employer_name=employer.details.name)
        same = found == await self._opened(owner_id, PUBLISHED, employer.contact)
        if found is None or (same and chosen == before and employer.contact_waits == (account is None)):
            return None
        return await self.reach(owner_id, chosen, employer_name=employer.details.name)

    async def arrived(self, account_ids: Sequence[str]) -> list[str]:
        """Those of the accounts whose contact has arrived."""
        found = self._store.account_contacts.find({"_id": {"$in": list(account_ids)}}, {"_id": 1})
        return [row["_id"] async for row in found]

    async def _account(self, account_id: str) -> dict[str, Any] | None:
        row = await self._store.account_contacts.find_one({"_id": account_id})
        return await self._opened(account_id, ACCOUNT, row["sealed"]) if row else None

    async def _opened(self, account_id: str, purpose: str, sealed: str | None) -> dict[str, Any] | None:
        if sealed is None:
            return None
        try:
            return await self._vault.open(account_id, purpose, sealed)
        except Erased:
            return None  # the person was erased: there is nobody to reach
