"""What a person says of the own disability (UU 27/2022 art. 4: specific data), apart from the profile: sealed under
the person's key, for the person alone. Whom it is shared with is decided with each application, at that service."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from shared.clock import now
from shared.errors import NotFound
from shared.mongo import Database
from shared.sealed import Erased, Vault

SEAL = "disability"


class Disability(BaseModel):
    model_config = ConfigDict(frozen=True)
    condition: str | None = None
    help: str | None = Field(None, description="what the person needs at work")
    updated_at: datetime | None = Field(None, description="null where nothing is kept")


class DisabilityStore:
    def __init__(self, database: Database, *, vault: Vault) -> None:
        self.disabilities, self._vault = database.disabilities, vault

    async def load(self, seeker_id: str) -> Disability:
        """Empty where nothing was said."""
        row = await self.disabilities.find_one({"_id": seeker_id})
        if row is None:
            return Disability()
        try:
            words = await self._vault.open(seeker_id, SEAL, row["sealed"])
        except Erased:
            raise NotFound from None
        return Disability(**words, updated_at=row["updated_at"])

    async def keep(self, seeker_id: str, *, condition: str | None, help: str | None) -> Disability:
        """Without words nothing is kept."""
        if not condition and not help:
            await self.forget(seeker_id)
            return Disability()
        words, at = {"condition": condition, "help": help}, now()
        try:
            sealed = await self._vault.seal(seeker_id, SEAL, words)
        except Erased:
            raise NotFound from None
        fields = {"sealed": sealed, "updated_at": at}
        await self.disabilities.update_one({"_id": seeker_id}, {"$set": fields}, upsert=True)
        return Disability(condition=condition, help=help, updated_at=at)

    async def forget(self, seeker_id: str) -> None:
        await self.disabilities.delete_one({"_id": seeker_id})
