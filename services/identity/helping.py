"""What a helper and the person they help read of mandates."""

from collections.abc import Callable
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from services.identity.domain.mandate import Ender, HelperRole, Mandate
from services.identity.store import IdentityStore
from shared.callers import Caller
from shared.sealed import Erased, Vault


class MandateView(BaseModel):
    """A mandate, as the two whom it is about see it; each reads the name of the other."""

    model_config = ConfigDict(frozen=True)
    id: str
    name: str = Field(repr=False, description="for the helper the person's, for the person the helper's")
    helper_role: HelperRole
    began_at: datetime
    until: datetime
    sitting_until: datetime = Field(description="until when the helper can act without opening it again")
    ended_at: datetime | None
    ended_by: Ender | None
    open: bool = Field(description="it can still be used")


class MandateList(BaseModel):
    """The newest first; at most 50."""

    model_config = ConfigDict(frozen=True)
    items: list[MandateView]


class MandateViews:
    def __init__(self, store: IdentityStore, *, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._store, self._vault, self._now = store, vault, clock

    async def of(self, caller: Caller) -> MandateList:
        """For a person all of a year; for a helper those that are open."""
        if caller.role == "seeker":
            found = await self._store.mandates.of_person(caller.account_id)
        else:
            found = await self._store.mandates.of_helper(caller.account_id, at=self._now())
        return MandateList(items=[await self.show(each, caller) for each in found])

    async def show(self, mandate: Mandate, caller: Caller) -> MandateView:
        other = mandate.account_id if caller.account_id == mandate.helper_id else mandate.helper_id
        return MandateView(
            **mandate.model_dump(include=set(MandateView.model_fields)),
            name=await self._name(other),
            open=mandate.open(self._now()),
        )

    async def _name(self, account_id: str) -> str:
        account = await self._store.accounts.by_id(account_id)
        if account is None:
            return ""
        try:
            return str((await self._vault.open(account.id, "contact", account.sealed))["name"])
        except Erased:
            return ""
