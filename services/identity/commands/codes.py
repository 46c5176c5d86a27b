"""One-time codes for one purpose: sent to a number that has an account, and of use once. The codes of one purpose are
worth nothing for another."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.identity.commands.throttle import Throttle
from services.identity.domain.account import Account
from services.identity.domain.contact import read_phone
from services.identity.domain.login import CodeInvalid, new_code, new_secret
from services.identity.secrecy import Blind
from services.identity.store.accounts import AccountStore
from services.identity.store.codes import CodeStore
from shared.contracts.identity import LoginCodeIssued, MandateCodeIssued, Role
from shared.evenness import even
from shared.events import Event, new_id
from shared.sealed import Erased, Vault


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """What a code is for. `counted` keeps its tries apart from those of other purposes."""

    name: str
    lasts: timedelta
    issued: type[LoginCodeIssued] | type[MandateCodeIssued]
    role: Role | None = None  # only for accounts of this role
    counted: str = ""


class Codes:
    def __init__(
        self,
        purpose: Purpose,
        store: CodeStore,
        accounts: AccountStore,
        *,
        vault: Vault,
        blind: Blind,
        throttle: Throttle,
        clock: Callable[[], datetime],
    ) -> None:
        self._purpose, self._store, self._accounts = purpose, store, accounts
        self._vault, self._blind, self._throttle, self._now = vault, blind, throttle, clock

    async def ask(self, phone: str, *, address: str) -> str:
        """Have a code sent, if the number has an account; returns the request id, which says nothing about that."""
        number, at = read_phone(phone), self._now()
        index, ends = self._blind("phone", number), at + self._purpose.lasts
        await self._throttle.ask_code(number=self._purpose.counted + index, address=address, at=at)
        async with even():
            request_id, code = new_id("code"), new_code()
            account_id, events = await self._sending(index, number=number, code=code, expires_at=ends)
            await self._store.issue(
                request_id,
                number=index,
                account_id=account_id,
                # Nobody is sent the code of an unknown number, so it is one that cannot be typed.
                digest=self._digest(request_id, code if account_id else new_secret()),
                at=at,
                expires_at=ends,
                events=events,
            )
            return request_id

    async def spend(self, request_id: str, code: str) -> Account:
        """Whose code it is; raises `CodeInvalid`."""
        digest = self._digest(request_id, code)
        account_id, number = await self._store.spend(request_id, digest, at=self._now()) or ("", "")
        account = await self._accounts.by_id(account_id) if account_id else None
        # A code that went to a phone which the account has no more opens nothing.
        if account is None or account.phone_index != number:
            raise CodeInvalid
        return account

    async def _sending(
        self, index: str, *, number: str, code: str, expires_at: datetime
    ) -> tuple[str | None, list[Event]]:
        account = await self._accounts.by_phone(index)
        if account is None or self._purpose.role not in (None, account.role):
            return None, []
        try:
            sealed = await self._vault.seal(account.id, "code", {"phone": number, "code": code})
        except Erased:
            return None, []
        return account.id, [self._purpose.issued(account_id=account.id, sealed=sealed, expires_at=expires_at)]

    def _digest(self, request_id: str, code: str) -> str:
        return self._blind(self._purpose.name, f"{request_id}:{code}")
