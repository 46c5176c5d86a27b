"""How a recipient is reached: the sealed contact (or, for a code, the seal that the message itself carries), opened
for the moment of sending and never stored open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.notifier.devices import PURPOSE as PUSH_PURPOSE
from services.notifier.domain import ERASED, NO_DEVICE, Settled
from services.notifier.store import MessageStore
from shared.mongo import Document
from shared.sealed import Erased, Vault

CODE_PURPOSE = "code"


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What was under a seal: {name?, phone?, email?}, {phone, code} or {endpoint, p256dh, auth}."""

    data: Mapping[str, Any] = field(repr=False)
    owner: str  # the account that it belongs to


@dataclass(frozen=True, kw_only=True)
class NotKnownYet:
    """No contact has arrived here; it may be on its way."""


@dataclass(frozen=True, kw_only=True)
class _Seal:
    owner: str
    purpose: str
    text: str


Found = Opened | NotKnownYet | Settled
UNREADABLE = Settled(state="failed", code="contact_unreadable")


class Contacts:
    def __init__(self, store: MessageStore, vault: Vault) -> None:
        self._store, self._vault = store, vault

    async def of(self, messages: Sequence[Document]) -> dict[str, Found]:
        """By message id, with one read for the contacts of all and about one for their keys."""
        plain = {row["recipient"] for row in messages if "sealed" not in row and "device" not in row}
        devices = await self._store.devices_of([row["device"] for row in messages if "device" in row])
        known = await self._store.contacts_of(sorted(plain)) if plain else {}
        seals: dict[str, _Seal] = {}
        for row in messages:
            if "sealed" in row:
                purpose = row.get("purpose", CODE_PURPOSE)
                seals[row["_id"]] = _Seal(owner=row["owner"], purpose=purpose, text=row["sealed"])
            elif "device" in row:
                if device := devices.get(row["device"]):
                    seals[row["_id"]] = _Seal(owner=device["account"], purpose=PUSH_PURPOSE, text=device["sealed"])
            elif contact := known.get(row["recipient"]):
                seals[row["_id"]] = _Seal(owner=contact["owner"], purpose=contact["purpose"], text=contact["sealed"])
        opened = await self._open(set(seals.values()))
        missing = {row["_id"]: NO_DEVICE if "device" in row else NotKnownYet() for row in messages}
        return {id: opened[seals[id]] if id in seals else nothing for id, nothing in missing.items()}

    async def _open(self, seals: set[_Seal]) -> dict[_Seal, Opened | Settled]:
        """The vault opens one seal per person and purpose at a time: those of one person go in turns."""
        opened: dict[_Seal, Opened | Settled] = {}
        left = seals
        while left:
            turn: dict[tuple[str, str], _Seal] = {(seal.purpose, seal.owner): seal for seal in left}
            for purpose in {seal.purpose for seal in turn.values()}:
                opened.update(await self._open_alike([seal for seal in turn.values() if seal.purpose == purpose]))
            left = left - set(turn.values())
        return opened

    async def _open_alike(self, seals: list[_Seal]) -> dict[_Seal, Opened | Settled]:
        try:
            found = await self._vault.open_many(seals[0].purpose, {seal.owner: seal.text for seal in seals})
        except (Erased, ValueError, LookupError) as error:
            if len(seals) == 1:
                return {seals[0]: ERASED if isinstance(error, Erased) else UNREADABLE}
            # One seal among many cannot be opened: find out which, and let the others through.
            parts = [await self._open_alike([seal]) for seal in seals]
            return {seal: what for part in parts for seal, what in part.items()}
        return {
            seal: Opened(data=found[seal.owner], owner=seal.owner) if seal.owner in found else ERASED
            for seal in seals
        }
