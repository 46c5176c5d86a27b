"""What officers read of accounts: found by phone or id, and the recoveries that wait. Masked, always."""

from collections.abc import Callable
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from services.identity.commands.recoveries import SEAL
from services.identity.domain.account import Account
from services.identity.domain.contact import Contact
from services.identity.domain.masking import Masked, mask, mask_phone
from services.identity.domain.recovery import Paper, Recovery, State
from services.identity.store.accounts import AccountStore
from shared.contracts.identity import Role
from shared.errors import NotFound
from shared.sealed import Erased, Vault


class RecoveryView(BaseModel):
    """A recovery as officers see it."""

    model_config = ConfigDict(frozen=True)
    id: str
    state: State
    paper: Paper
    new_phone: str = Field(description="masked")
    reason: str = Field(repr=False)
    asked_by: str
    asked_by_name: str = Field(description="a colleague; empty where it is unknown")
    asked_at: datetime
    until: datetime
    ended_by: str | None
    ended_at: datetime | None
    mine: bool = Field(description="the reader asked for it, so somebody else has to confirm it")


class FoundAccount(BaseModel):
    """An account as an officer may see it before the person is known to be its owner."""

    model_config = ConfigDict(frozen=True)
    account_id: str
    role: Role
    contact: Masked
    registered_at: datetime
    recovery: RecoveryView | None = Field(description="the latest one, open or ended")


class FoundList(BaseModel):
    model_config = ConfigDict(frozen=True)
    items: list[FoundAccount]


class DeskViews:
    """`reader` is the officer who looks."""

    def __init__(self, accounts: AccountStore, *, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._accounts, self._vault, self._now = accounts, vault, clock

    async def queue(self, *, reader: str) -> FoundList:
        """What a second officer may still confirm, the oldest first; whoever was erased meanwhile is left out."""
        found = []
        for account in await self._accounts.recovering(after=self._now()):
            try:
                found.append(await self.found(account, reader=reader))
            except NotFound:
                continue
        return FoundList(items=found)

    async def found(self, account: Account, *, reader: str) -> FoundAccount:
        contact = Contact(**await self._open(account.id, "contact", account.sealed))
        recovery = await self._recovery(account.id, account.recovery, reader) if account.recovery else None
        return FoundAccount(
            account_id=account.id,
            role=account.role,
            contact=mask(contact),
            registered_at=account.registered_at,
            recovery=recovery,
        )

    async def _recovery(self, account_id: str, recovery: Recovery, reader: str) -> RecoveryView:
        wanted = await self._open(account_id, SEAL, recovery.sealed)
        plain = recovery.model_dump(include=set(RecoveryView.model_fields))
        return RecoveryView(
            **plain,
            new_phone=mask_phone(wanted["phone"]),
            reason=wanted["reason"],
            asked_by_name=await self._name(recovery.asked_by),
            mine=recovery.asked_by == reader,
        )

    async def _name(self, officer: str) -> str:
        account = await self._accounts.by_id(officer)
        if account is None:
            return ""
        try:
            return (await self._open(officer, "contact", account.sealed))["name"]
        except NotFound:
            return ""

    async def _open(self, account_id: str, purpose: str, sealed: str) -> dict[str, str]:
        try:
            return await self._vault.open(account_id, purpose, sealed)
        except Erased:
            raise NotFound from None
