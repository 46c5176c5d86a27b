"""What people may read here: their own account."""

from pydantic import BaseModel, ConfigDict, Field

from services.identity.store.accounts import AccountStore
from shared.contracts.identity import Role
from shared.errors import NotFound
from shared.sealed import Erased, Vault


class OwnAccount(BaseModel):
    """An account as its owner sees it."""

    model_config = ConfigDict(frozen=True)
    id: str
    role: Role
    name: str = Field(repr=False)
    phone: str | None = Field(None, repr=False, description="E.164")
    email: str | None = Field(None, repr=False)


class Views:
    def __init__(self, accounts: AccountStore, *, vault: Vault) -> None:
        self._accounts, self._vault = accounts, vault

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
