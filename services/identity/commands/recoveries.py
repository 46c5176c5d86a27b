"""Recovery at the desk: find the account, ask for a new phone, have a second officer agree, or have it stopped."""

from collections.abc import Callable
from datetime import datetime

from services.identity.commands.mandates import Mandates
from services.identity.commands.throttle import Throttle
from services.identity.domain import recovery as recoveries
from services.identity.domain.account import Account
from services.identity.domain.contact import Contact, read_phone
from services.identity.domain.login import digest_of
from services.identity.domain.recovery import (
    OPEN_TIME,
    Paper,
    PhoneInUse,
    Recovery,
    RecoveryOver,
    StopCodeUnknown,
    new_stop_token,
    read_stop_token,
)
from services.identity.secrecy import Blind
from services.identity.store.accounts import AccountStore, AlreadyKnown
from shared import log
from shared.errors import NotFound, StaleVersion
from shared.events import Event, new_id
from shared.sealed import Erased, Vault

SEAL, NOTICE = "recovery", "notice"


class Recoveries:
    def __init__(
        self,
        accounts: AccountStore,
        *,
        vault: Vault,
        blind: Blind,
        throttle: Throttle,
        mandates: Mandates,
        clock: Callable[[], datetime],
    ) -> None:
        self._accounts, self._vault, self._blind = accounts, vault, blind
        self._throttle, self._mandates, self._now = throttle, mandates, clock

    async def find(self, *, phone: str | None, account_id: str | None) -> Account:
        """The account of a phone or an id, for an officer; raises `NotFound`."""
        if phone is not None:
            found = await self._accounts.by_phone(self._blind("phone", read_phone(phone)))
        else:
            found = await self._accounts.by_id(account_id or "")
        if found is None or found.role not in ("seeker", "employer"):
            raise NotFound
        return found

    async def ask(self, account_id: str, *, by: str, phone: str, paper: Paper, reason: str) -> Account:
        """Raises `NotFound`, `PhoneInUse`, `RecoveryOpen`, `NotRecoverable`, or `BadFields` for the phone."""
        number, at, stop_token = read_phone(phone), self._now(), new_stop_token()
        index = self._blind("phone", number)
        account = await self._accounts.by_id(account_id)
        if account is None:
            raise NotFound
        if await self._accounts.by_phone(index):
            raise PhoneInUse
        asked = Recovery(
            id=new_id("rcv"),
            paper=paper,
            asked_by=by,
            asked_at=at,
            until=at + OPEN_TIME,
            sealed=await self._seal(account.id, SEAL, {"phone": number, "reason": reason}),
            phone_index=index,
            stop_digest=digest_of(stop_token),
        )
        return await self._save(*recoveries.request(account, asked, stop_token=stop_token, at=at))

    async def confirm(self, id: str, *, by: str) -> Account:
        """Raises `SecondOfficerNeeded` for whoever asked, `RecoveryOver`, `PhoneInUse`, or `StaleVersion`."""
        account = await self._by_recovery(id)
        before, now = await self._contacts(account)
        confirmed = recoveries.confirm(
            account,
            by=by,
            sealed=await self._seal(account.id, "contact", now.model_dump(exclude_none=True)),
            before=await self._seal(account.id, NOTICE, before.model_dump(exclude_none=True)),
            now=await self._seal(account.id, NOTICE, now.model_dump(exclude_none=True)),
            at=self._now(),
        )
        log.get().info("account_recovered", aggregate=account.id)
        return await self._save(*confirmed)

    async def refuse(self, id: str, *, by: str) -> Account:
        return await self._save(*recoveries.refuse(await self._by_recovery(id), by=by, at=self._now()))

    async def stop(self, typed: str, *, address: str) -> None:
        """By the owner, who was told of a recovery or of a mandate, and has one code and one page for both; raises
        `StopCodeUnknown` for what is unknown or over."""
        token, at = read_stop_token(typed), self._now()
        async with self._throttle.trying(address=address, account=None, at=at):
            if await self._mandates.stop(token):
                return
            account = await self._accounts.by_stop_digest(digest_of(token))
            if account is None:
                raise StopCodeUnknown
            try:
                await self._save(*recoveries.stop(account, token=token, at=at))
            except RecoveryOver:
                raise StopCodeUnknown from None

    async def lapse(self) -> int:
        """End what no second officer looked at in time."""
        at = self._now()
        due = await self._accounts.lapsing(at=at)
        for account in due:
            try:
                await self._accounts.save(*recoveries.lapse(account, at=at))
            except StaleVersion:
                continue  # somebody ended it at the same moment
        return len(due)

    async def _contacts(self, account: Account) -> tuple[Contact, Contact]:
        """How the person was reached, and how from now on."""
        if account.recovery is None:
            raise RecoveryOver
        before = Contact(**await self._open(account.id, "contact", account.sealed))
        wanted = await self._open(account.id, SEAL, account.recovery.sealed)
        return before, before.model_copy(update={"phone": wanted["phone"]})

    async def _by_recovery(self, id: str) -> Account:
        account = await self._accounts.by_recovery(id)
        if account is None:
            raise NotFound
        return account

    async def _save(self, account: Account, events: list[Event]) -> Account:
        try:
            await self._accounts.save(account, events)
        except AlreadyKnown:
            raise PhoneInUse from None
        return account.model_copy(update={"version": account.version + len(events)})

    async def _seal(self, account_id: str, purpose: str, data: dict[str, str]) -> str:
        try:
            return await self._vault.seal(account_id, purpose, data)
        except Erased:
            raise NotFound from None

    async def _open(self, account_id: str, purpose: str, sealed: str) -> dict[str, str]:
        try:
            return await self._vault.open(account_id, purpose, sealed)
        except Erased:
            raise NotFound from None
