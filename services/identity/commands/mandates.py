"""Helping somebody with their own account: a code that the person reads aloud, tokens of a minute, and the end."""

from collections.abc import Callable
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from services.identity.commands.codes import Codes, Purpose
from services.identity.commands.logins import Logins
from services.identity.commands.throttle import Throttle
from services.identity.domain import mandate as mandates
from services.identity.domain.account import Account
from services.identity.domain.login import digest_of
from services.identity.domain.mandate import CODE_TIME, PARTS, Ender, Mandate, MandateOver, NotYourself
from services.identity.signing import KeyRing
from services.identity.store.accounts import AccountStore
from services.identity.store.mandates import MandateStore
from shared import log
from shared.callers import Caller
from shared.contracts.identity import MandateCodeIssued
from shared.errors import NotFound
from shared.events import new_id

HELPING = Purpose(
    name="mandate", lasts=CODE_TIME, issued=MandateCodeIssued, role="seeker", counted="mandate:"
)


class ActingToken(BaseModel):
    """What a helper holds for a minute."""

    model_config = ConfigDict(frozen=True)
    access_token: str = Field(repr=False, description="send it as `Authorization: Bearer …`")
    token_type: str = Field("Bearer", description="always Bearer")
    expires_in: int = Field(description="seconds; then ask for the next, which a mandate that ended does not give")


class Mandates:
    def __init__(
        self,
        store: MandateStore,
        accounts: AccountStore,
        codes: Codes,
        *,
        logins: Logins,
        keys: KeyRing,
        throttle: Throttle,
        clock: Callable[[], datetime],
    ) -> None:
        self._store, self._accounts, self._codes, self._logins = store, accounts, codes, logins
        self._keys, self._throttle, self._now = keys, throttle, clock

    async def begin(self, caller: Caller, *, request_id: str, code: str, address: str) -> Mandate:
        """By whoever types the code that the person read aloud; raises `CodeInvalid`, `NotYourself`."""
        at = self._now()
        async with self._throttle.trying(address=address, account=None, at=at):
            person = await self._codes.spend(request_id, code)
        if person.id == caller.account_id:
            raise NotYourself
        person, helper = await self._logins.proven(person), await self._helper(caller)
        begun, events = mandates.begin(
            id=new_id("mdt"),
            account_id=person.id,
            person_version=person.token_version,
            helper_id=helper.id,
            helper_role=mandates.role_of_helper(helper.role),
            helper_version=helper.token_version,
            at=at,
        )
        await self._store.create(begun, events)
        log.get().info("mandate_began", aggregate=begun.id)
        return begun

    async def sit(self, caller: Caller, id: str) -> Mandate:
        """Begin one more sitting under a mandate that lasts longer than one."""
        found = await self._mine(caller, id)
        until = mandates.sit(found, at=self._now())
        await self._store.sit(id, until=until)
        return found.model_copy(update={"sitting_until": until})

    async def token(self, caller: Caller, id: str) -> ActingToken:
        """The next minute, if the store still says so; raises `MandateOver`, `SittingOver`, `NotFound`."""
        found, at = await self._mine(caller, id), self._now()
        person, helper = await self._accounts.by_id(found.account_id), await self._helper(caller)
        if person is None:
            raise MandateOver
        until = mandates.token_until(
            found, person_version=person.token_version, helper_version=helper.token_version, at=at
        )
        token = self._keys.acting_token(
            account_id=person.id, helper_id=helper.id, mandate=found.id, parts=PARTS, at=at, until=until
        )
        return ActingToken(access_token=token, expires_in=int((until - at).total_seconds()))

    async def end(self, caller: Caller, id: str) -> None:
        """By the person, the helper or an officer; ending twice changes nothing."""
        found = await self._store.by_id(id)
        by = _ender(found, caller) if found else None
        if found is None or by is None:
            raise NotFound
        await self._store.end(id, by=by, at=self._now())

    async def stop(self, token: str) -> bool:
        """By the person, with the code in the message; False where no mandate has it."""
        found = await self._store.by_stop_digest(digest_of(token))
        if found is None or not found.open(self._now()):
            return False
        await self._store.end(found.id, by="person", at=self._now())
        return True

    async def _mine(self, caller: Caller, id: str) -> Mandate:
        found = await self._store.by_id(id)
        if found is None or found.helper_id != caller.account_id:
            raise NotFound
        return found

    async def _helper(self, caller: Caller) -> Account:
        helper = await self._accounts.by_id(caller.account_id)
        if helper is None or helper.role != caller.role:
            raise MandateOver
        return helper


def _ender(found: Mandate, caller: Caller) -> Ender | None:
    if caller.account_id == found.account_id:
        return "person"
    if caller.account_id == found.helper_id:
        return "helper"
    return "officer" if caller.role in ("officer", "admin") else None
