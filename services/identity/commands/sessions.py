"""Sessions: a short access token, and a refresh token that works once. A second use ends the whole session."""

from collections.abc import Callable
from datetime import datetime

from services.identity.domain.account import Account
from services.identity.domain.login import (
    ACCESS_TIME,
    REFRESH_TIME,
    Family,
    TokenInvalid,
    Tokens,
    digest_of,
    new_family_id,
    new_secret,
    read_refresh,
    write_refresh,
)
from services.identity.secrecy import Wrap
from services.identity.signing import KeyRing
from services.identity.store.accounts import AccountStore
from services.identity.store.families import FamilyStore
from shared import log


class Sessions:
    def __init__(
        self,
        families: FamilyStore,
        accounts: AccountStore,
        *,
        keys: KeyRing,
        wrap: Wrap,
        clock: Callable[[], datetime],
    ) -> None:
        self._families, self._accounts = families, accounts
        self._keys, self._wrap, self._now = keys, wrap, clock

    async def open(self, account: Account) -> Tokens:
        """A new session for somebody who has just proved who he is."""
        secret, at = new_secret(), self._now()
        family = Family(
            id=new_family_id(),
            account_id=account.id,
            token_version=account.token_version,
            current=digest_of(secret),
            expires_at=at + REFRESH_TIME,
        )
        await self._families.open(family)
        return self._tokens(account, write_refresh(family.id, secret), at)

    async def refresh(self, token: str) -> Tokens:
        """Exchange a refresh token. Whoever lost the answer gets the same successor for ten seconds; later, a spent
        token means that two hold it: nobody knows who the thief is, so both are signed out."""
        (family_id, secret), at = read_refresh(token), self._now()
        family, successor = await self._exchange(family_id, secret, at)
        account = await self._accounts.by_id(family.account_id)
        if account is None or account.token_version != family.token_version:
            raise TokenInvalid
        return self._tokens(account, write_refresh(family_id, successor), at)

    async def _exchange(self, family_id: str, secret: str, at: datetime) -> tuple[Family, str]:
        new, place = new_secret(), f"refresh:{family_id}"
        rotated = await self._families.rotate(
            family_id,
            old=digest_of(secret),
            new=digest_of(new),
            successor=self._wrap.wrap(new.encode(), place=place),
            at=at,
        )
        if rotated:
            return rotated, new
        family = await self._families.find(family_id)
        if family is None or not family.alive(at):
            raise TokenInvalid
        if family.successor and family.repeats_lost_reply(digest_of(secret), at):
            return family, self._wrap.unwrap(family.successor, place=place).decode()
        await self._families.revoke(family_id, at=at)
        log.get().warning("refresh_token_reused", aggregate=family.account_id)
        raise TokenInvalid

    async def revoke(self, token: str) -> None:
        """End the session; any token that it ever had will do, and an unknown one is no error (RFC 7009)."""
        try:
            family_id, _ = read_refresh(token)
        except TokenInvalid:
            return
        await self._families.revoke(family_id, at=self._now())

    async def forget_successors(self) -> None:
        await self._families.forget_successors(at=self._now())

    def _tokens(self, account: Account, refresh_token: str, at: datetime) -> Tokens:
        return Tokens(
            access_token=self._keys.access_token(account_id=account.id, role=account.role, at=at),
            refresh_token=refresh_token,
            expires_in=int(ACCESS_TIME.total_seconds()),
            role=account.role,
        )
