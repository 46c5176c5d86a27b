"""Signing in: by a code that is sent to a phone, or by e-mail and password."""

from collections.abc import Callable
from datetime import datetime

from services.identity.commands.sessions import Sessions
from services.identity.commands.throttle import Throttle
from services.identity.domain.account import Account, prove_phone
from services.identity.domain.contact import email_key, read_email, read_phone
from services.identity.domain.login import CODE_TIME, CodeInvalid, LoginFailed, Tokens, new_code, new_secret
from services.identity.hashing import Passwords
from services.identity.secrecy import Blind
from services.identity.store.accounts import AccountStore
from services.identity.store.codes import CodeStore
from shared.contracts.identity import LoginCodeIssued
from shared.errors import StaleVersion
from shared.evenness import even
from shared.events import Event, new_id
from shared.sealed import Erased, Vault


class Logins:
    def __init__(
        self,
        accounts: AccountStore,
        codes: CodeStore,
        *,
        sessions: Sessions,
        vault: Vault,
        blind: Blind,
        passwords: Passwords,
        throttle: Throttle,
        clock: Callable[[], datetime],
    ) -> None:
        self._accounts, self._codes, self._sessions = accounts, codes, sessions
        self._vault, self._blind, self._passwords = vault, blind, passwords
        self._throttle, self._now = throttle, clock

    async def ask_code(self, phone: str, *, address: str) -> str:
        """Have a code sent, if the number has an account; returns the request id, which says nothing about that."""
        number, at = read_phone(phone), self._now()
        index = self._blind("phone", number)
        await self._throttle.ask_code(number=index, address=address, at=at)
        async with even():
            request_id, code = new_id("code"), new_code()
            account_id, events = await self._sending(index, number=number, code=code, expires_at=at + CODE_TIME)
            await self._codes.issue(
                request_id,
                number=index,
                account_id=account_id,
                # Nobody is sent the code of an unknown number, so it is one that cannot be typed.
                digest=self._digest(request_id, code if account_id else new_secret()),
                at=at,
                expires_at=at + CODE_TIME,
                events=events,
            )
            return request_id

    async def _sending(
        self, index: str, *, number: str, code: str, expires_at: datetime
    ) -> tuple[str | None, list[Event]]:
        account = await self._accounts.by_phone(index)
        if account is None:
            return None, []
        try:
            sealed = await self._vault.seal(account.id, "code", {"phone": number, "code": code})
        except Erased:
            return None, []
        return account.id, [LoginCodeIssued(account_id=account.id, sealed=sealed, expires_at=expires_at)]

    async def by_code(self, request_id: str, code: str, *, address: str) -> Tokens:
        async with self._throttle.trying(address=address, account=None, at=self._now()):
            digest = self._digest(request_id, code)
            account_id, number = await self._codes.spend(request_id, digest, at=self._now()) or ("", "")
            account = await self._accounts.by_id(account_id) if account_id else None
            # A code that went to a phone which the account has no more opens nothing.
            if account is None or account.phone_index != number:
                raise CodeInvalid
            return await self._sessions.open(await self.proven(account))

    async def proven(self, account: Account) -> Account:
        """The account after a code that was sent to its phone came back."""
        if account.phone_proven_at is not None:
            return account
        proven, events = prove_phone(account, at=self._now())
        try:
            await self._accounts.save(proven, events)
        except StaleVersion:
            return await self._accounts.by_id(account.id) or account  # another sign-in proved it at the same moment
        return proven

    async def by_password(self, email: str, password: str, *, address: str) -> Tokens:
        index = self._blind("email", email_key(read_email(email)))
        async with self._throttle.trying(address=address, account=index, at=self._now()):
            account = await self._accounts.by_email(index)
            fits = await self._passwords.verify(password, account.password_hash if account else None)
            if account is None or not fits:
                raise LoginFailed
            return await self._sessions.open(account)

    def _digest(self, request_id: str, code: str) -> str:
        return self._blind("code", f"{request_id}:{code}")
