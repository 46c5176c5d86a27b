"""What people may read here: their own account and requests; and officers, what waits for an answer."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from services.identity.domain.request import WARN_AFTER, DataRequest, State
from services.identity.store.accounts import AccountStore
from services.identity.store.requests import RequestStore
from shared.contracts.identity import DataRequestKind, Role
from shared.errors import NotFound
from shared.sealed import Erased, Vault

SEAL = "request"


class OwnAccount(BaseModel):
    """An account as its owner sees it."""

    model_config = ConfigDict(frozen=True)
    id: str
    role: Role
    name: str = Field(repr=False)
    phone: str | None = Field(None, repr=False, description="E.164")
    email: str | None = Field(None, repr=False)


class RequestView(BaseModel):
    """A request as the person who made it, and the officers, see it."""

    model_config = ConfigDict(frozen=True)
    id: str
    account_id: str
    role: Role
    kind: DataRequestKind
    state: State
    asked_at: datetime
    due_at: datetime
    warn_at: datetime = Field(description="from then on it is urgent")
    ended_at: datetime | None
    erase_at: datetime | None
    words: str | None = Field(repr=False)
    answer: str | None = Field(repr=False)


class RequestList(BaseModel):
    model_config = ConfigDict(frozen=True)
    items: list[RequestView]


class Views:
    def __init__(self, accounts: AccountStore, requests: RequestStore, *, vault: Vault) -> None:
        self._accounts, self._requests, self._vault = accounts, requests, vault

    async def own(self, account_id: str) -> OwnAccount:
        """Raises `NotFound` for an account that is gone or erased."""
        account = await self._accounts.by_id(account_id)
        if account is None:
            raise NotFound
        try:
            contact = await self._vault.open(account.id, "contact", account.sealed)
        except Erased:
            raise NotFound from None
        return OwnAccount(id=account.id, role=account.role, **contact)

    async def requests_of(self, account_id: str) -> RequestList:
        return RequestList(items=[await self.request(one) for one in await self._requests.of(account_id)])

    async def queue(self) -> RequestList:
        return RequestList(items=[await self.request(one) for one in await self._requests.queue()])

    async def one_request(self, id: str) -> RequestView:
        request = await self._requests.by_id(id)
        if request is None:
            raise NotFound
        return await self.request(request)

    async def request(self, request: DataRequest) -> RequestView:
        plain = request.model_dump(include=set(RequestView.model_fields) - {"words", "answer", "warn_at"})
        return RequestView(
            **plain,
            warn_at=request.asked_at + WARN_AFTER,
            words=await self._open(request.account_id, request.words),
            answer=await self._open(request.account_id, request.answer),
        )

    async def _open(self, account_id: str, sealed: str | None) -> str | None:
        if not sealed:
            return None
        try:
            return str((await self._vault.open(account_id, SEAL, sealed))["text"])
        except Erased:
            return None
