"""Accounts: registering, registering once more without learning anything, and making officers."""

from collections.abc import Callable
from datetime import datetime

from services.identity.commands.throttle import Throttle
from services.identity.domain.account import Account, Registration, register, repeat, reset_officer
from services.identity.domain.contact import Contact, email_key, read_email, read_name
from services.identity.domain.mandate import HelperRole
from services.identity.domain.passwords import accept_password
from services.identity.hashing import Passwords
from services.identity.secrecy import Blind
from services.identity.store.accounts import AccountStore, AlreadyKnown
from shared.contracts.identity import Role
from shared.errors import StaleVersion
from shared.evenness import even
from shared.events import new_id
from shared.sealed import Vault


class Accounts:
    def __init__(
        self,
        store: AccountStore,
        *,
        vault: Vault,
        blind: Blind,
        passwords: Passwords,
        throttle: Throttle,
        clock: Callable[[], datetime],
    ) -> None:
        self._store, self._vault, self._blind = store, vault, blind
        self._passwords, self._throttle, self._now = passwords, throttle, clock

    async def register(self, wanted: Registration, *, address: str) -> None:
        """Make the account. Where the phone or the e-mail has one, its owner is told; the caller cannot tell."""
        await self._throttle.register(address=address, at=self._now())
        hashed = await self._passwords.hash(wanted.password) if wanted.password else None
        async with even():
            phone, email = self._indexes(wanted.contact)
            known = await self._store.by_contact(phone=phone, email=email)
            if not known:
                try:
                    await self._create(wanted.role, wanted.contact, hashed)
                except AlreadyKnown:
                    known = await self._store.by_contact(phone=phone, email=email)
            for account in known:
                await self._tell_repeated(account)

    async def appoint(
        self, *, email: str, name: str | None, password: str, role: HelperRole = "officer"
    ) -> bool:
        """Make an officer or a cadre, or give one a new password and end all sessions; returns whether the account
        is new. Raises `OtherRole` if the e-mail belongs to somebody else, `BadFields` for what cannot be read."""
        address, accepted = read_email(email), accept_password(password)
        contact = Contact(name=read_name(name or ("Kader" if role == "cadre" else "Petugas")), email=address)
        hashed = await self._passwords.hash(accepted)
        account = await self._store.by_email(self._blind("email", email_key(address)))
        if account is None:
            await self._create(role, contact, hashed)
            return True
        if name is None:
            before = await self._vault.open(account.id, "contact", account.sealed)
            contact = Contact(**{**before, "email": address})
        sealed = await self._seal(account.id, contact)
        reset, events = reset_officer(account, role=role, sealed=sealed, password_hash=hashed)
        await self._store.save(reset, events)
        return False

    async def _create(self, role: Role, contact: Contact, password_hash: str | None) -> None:
        id, (phone, email) = new_id("acc"), self._indexes(contact)
        account = Account(
            id=id,
            role=role,
            sealed=await self._seal(id, contact),
            phone_index=phone,
            email_index=email,
            password_hash=password_hash,
            registered_at=self._now(),
        )
        await self._store.create(*register(account))

    async def _tell_repeated(self, account: Account) -> None:
        if not await self._throttle.may_tell_repeat(account.id, at=self._now()):
            return
        found: Account | None = account
        for _ in range(5):
            if found is None:
                return
            try:
                await self._store.save(*repeat(found))
                return
            except StaleVersion:
                found = await self._store.by_id(account.id)

    async def _seal(self, account_id: str, contact: Contact) -> str:
        return await self._vault.seal(account_id, "contact", contact.model_dump(exclude_none=True))

    def _indexes(self, contact: Contact) -> tuple[str | None, str | None]:
        phone = self._blind("phone", contact.phone) if contact.phone else None
        return phone, self._blind("email", email_key(contact.email)) if contact.email else None
