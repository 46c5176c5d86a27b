"""The rights of a person over the own data: ask, take back, answer within 72 hours, and the erasure itself."""

from collections.abc import Callable
from datetime import datetime

from services.identity.domain import request as requests
from services.identity.domain.request import ANSWER_WITHIN, DataRequest
from services.identity.store import IdentityStore
from shared import log
from shared.callers import Caller
from shared.contracts.identity import DataRequestKind
from shared.errors import NotFound, StaleVersion
from shared.events import new_id
from shared.sealed import Erased, Vault

SEAL = "request"


class Rights:
    def __init__(
        self,
        store: IdentityStore,
        *,
        vault: Vault,
        clock: Callable[[], datetime],
    ) -> None:
        self._store, self._accounts, self._families = store.requests, store.accounts, store.families
        self._mandates = store.mandates
        self._vault, self._now = vault, clock

    async def ask(self, caller: Caller, *, kind: DataRequestKind, words: str | None) -> tuple[DataRequest, bool]:
        """The request, and whether it is new: while one of the kind waits, asking again brings the same."""
        waiting = await self._store.open_of(caller.account_id, kind)
        if waiting is not None:
            return waiting, False
        account = await self._accounts.by_id(caller.account_id)
        if account is None:
            raise NotFound
        at = self._now()
        request = DataRequest(
            id=new_id("req"),
            account_id=account.id,
            role=account.role,
            kind=kind,
            asked_at=at,
            due_at=at + ANSWER_WITHIN,
            words=await self._seal(account.id, words),
        )
        request, events = requests.ask(request)
        await self._store.create(request, events)
        return request.model_copy(update={"version": len(events)}), True

    async def withdraw(self, caller: Caller, id: str) -> DataRequest:
        request = await self._store.by_id(id)
        if request is None or request.account_id != caller.account_id:
            raise NotFound
        return await self._store.save(*requests.withdraw(request, at=self._now()))

    async def answer(self, id: str, *, by: str, words: str | None) -> DataRequest:
        request = await self._find(id)
        sealed = await self._seal(request.account_id, words)
        return await self._store.save(*requests.answer(request, by=by, words=sealed, at=self._now()))

    async def refuse(self, id: str, *, by: str, words: str) -> DataRequest:
        request = await self._find(id)
        sealed = await self._seal(request.account_id, words) or ""
        return await self._store.save(*requests.refuse(request, by=by, words=sealed, at=self._now()))

    async def erase(self, id: str, *, by: str) -> DataRequest:
        """Release an erasure. The person is told now; `carry_out` does it shortly after."""
        return await self._store.save(*requests.erase(await self._find(id), by=by, at=self._now()))

    async def carry_out(self) -> int:
        """Erase whose time has come. Each step may be repeated: whoever dies in between is followed by another."""
        due = await self._store.to_erase(at=self._now())
        for request in due:
            account = await self._accounts.by_id(request.account_id)
            if account is not None:
                await self._store.end(account.id, role=account.role, after=account.version)
            await self._vault.destroy(request.account_id)
            await self._families.forget(request.account_id)
            await self._mandates.forget(request.account_id)
            await self._accounts.delete(request.account_id)
            try:
                await self._store.save(*requests.finish(request, at=self._now()))
            except StaleVersion:
                continue  # another worker did the same
            log.get().info("account_erased")
        return len(due)

    async def _find(self, id: str) -> DataRequest:
        request = await self._store.by_id(id)
        if request is None:
            raise NotFound
        return request

    async def _seal(self, account_id: str, words: str | None) -> str | None:
        if not words:
            return None
        try:
            return await self._vault.seal(account_id, SEAL, {"text": words})
        except Erased:
            raise NotFound from None
