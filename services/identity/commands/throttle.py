"""How often one address, number or account may ask and try. The same for known and unknown people; raises 429."""

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime

from services.identity.domain.login import TooManyCodes
from services.identity.secrecy import Blind
from services.identity.settings import IdentitySettings
from services.identity.store.limits import LimitStore
from shared.errors import RateLimited

QUARTER, HOUR, DAY = 900, 3600, 86_400  # seconds


class Throttle:
    """Addresses are counted as keyed hashes; numbers and e-mails come hashed already."""

    def __init__(self, limits: LimitStore, *, blind: Blind, settings: IdentitySettings) -> None:
        self._limits, self._blind, self._settings = limits, blind, settings

    async def ask_code(self, *, number: str, address: str, at: datetime) -> None:
        """The address first: whoever has used his up cannot use up other people's numbers."""
        allowed = self._settings
        counted = [
            (f"codes-address:{self._blind('address', address)}", allowed.codes_per_address_per_hour, HOUR),
            (f"codes-interval:{number}", 1, allowed.code_interval_seconds),
            (f"codes-number:{number}", allowed.codes_per_number_per_day, DAY),
        ]
        for name, count, seconds in counted:
            if seconds and (wait := await self._limits.take(name, allowed=count, seconds=seconds, at=at)):
                raise TooManyCodes(retry_after=wait)

    async def register(self, *, address: str, at: datetime) -> None:
        name = f"register:{self._blind('address', address)}"
        await self._take(name, self._settings.registrations_per_address_per_hour, HOUR, at)

    async def may_tell_repeat(self, account_id: str, *, at: datetime) -> bool:
        """Whether an owner should hear once more that he has an account: others must not make us pester him."""
        name, allowed = f"repeat:{account_id}", self._settings.repeats_told_per_day
        return not await self._limits.take(name, allowed=allowed, seconds=DAY, at=at)

    @contextlib.asynccontextmanager
    async def trying(self, *, address: str, account: str | None, at: datetime) -> AsyncIterator[None]:
        """A try to sign in: counted before it is made, and given back if it succeeds (does not raise)."""
        names = [(f"login-address:{self._blind('address', address)}", self._settings.failed_logins_per_address)]
        if account:
            names.append((f"login-account:{account}", self._settings.failed_logins_per_account))
        for name, allowed in names:
            await self._take(name, allowed, QUARTER, at)
        yield
        for name, _ in names:
            await self._limits.give_back(name)

    async def _take(self, name: str, allowed: int, seconds: int, at: datetime) -> None:
        if wait := await self._limits.take(name, allowed=allowed, seconds=seconds, at=at):
            raise RateLimited(retry_after=wait)
