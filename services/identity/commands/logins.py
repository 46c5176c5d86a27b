"""Signing in: by a code that is sent to a phone, or by e-mail and password."""

from collections.abc import Callable
from datetime import datetime

from services.identity.commands.codes import Codes, Purpose
from services.identity.commands.sessions import Sessions
from services.identity.commands.throttle import Throttle
from services.identity.domain.account import Account, prove_phone
from services.identity.domain.contact import email_key, read_email
from services.identity.domain.login import CODE_TIME, LoginFailed, Tokens
from services.identity.hashing import Passwords
from services.identity.secrecy import Blind
from services.identity.store.accounts import AccountStore
from shared.contracts.identity import LoginCodeIssued
from shared.errors import StaleVersion

SIGNING_IN = Purpose(name="code", lasts=CODE_TIME, issued=LoginCodeIssued)


class Logins:
    def __init__(
        self,
        accounts: AccountStore,
        codes: Codes,
        *,
        sessions: Sessions,
        blind: Blind,
        passwords: Passwords,
        throttle: Throttle,
        clock: Callable[[], datetime],
    ) -> None:
        self._accounts, self._codes, self._sessions = accounts, codes, sessions
        self._blind, self._passwords = blind, passwords
        self._throttle, self._now = throttle, clock

    async def by_code(self, request_id: str, code: str, *, address: str) -> Tokens:
        async with self._throttle.trying(address=address, account=None, at=self._now()):
            account = await self._codes.spend(request_id, code)
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
