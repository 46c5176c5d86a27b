"""The collections of `identity`, one module each, and everything that must stand before the first request."""

from services.identity.store.accounts import AccountStore
from services.identity.store.codes import CodeStore
from services.identity.store.families import FamilyStore
from services.identity.store.keys import KeyStore
from services.identity.store.limits import LimitStore
from services.identity.store.mandates import MandateStore
from services.identity.store.requests import RequestStore
from shared.mongo import Database


class IdentityStore:
    def __init__(self, database: Database) -> None:
        self.accounts = AccountStore(database.accounts)
        self.codes = CodeStore(database.codes, database.newest_codes)
        self.mandate_codes = CodeStore(database.mandate_codes, database.newest_mandate_codes)
        self.mandates = MandateStore(database.mandates)
        self.families = FamilyStore(database.refresh_families)
        self.keys = KeyStore(database.signing_keys)
        self.limits = LimitStore(database.limits)
        self.requests = RequestStore(database.data_requests, database.erasures)

    async def prepare(self) -> None:
        """Create the indexes. Safe to repeat, and from several processes at once."""
        codes = (self.codes, self.mandate_codes)
        for part in (self.accounts, *codes, self.families, self.limits, self.mandates, self.requests):
            await part.prepare()
