"""The `signing_keys` collection: public parts in the open, private parts wrapped by the master key."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from shared.mongo import Collection, DuplicateKey

# Keys are numbered by `_id`: of several processes that start first, one adds number 1 and the others read it.
FIRST = 1


class SigningKey(BaseModel):
    model_config = ConfigDict(frozen=True)
    kid: str
    public: dict[str, Any] = Field(description="JWK (RFC 7517)")
    wrapped: str = Field(repr=False, description="the private JWK under the master key")
    created_at: datetime


class KeyStore:
    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    async def signing(self) -> SigningKey | None:
        """The key that signs: the newest that is not retired."""
        found = self.collection.find({"retired_at": {"$exists": False}}).sort("_id", -1).limit(1)
        async for row in found:
            return SigningKey(**{name: row[name] for name in SigningKey.model_fields})
        return None

    async def add_first(self, key: SigningKey) -> None:
        """Add `key` unless there is a first one already."""
        try:
            await self.collection.insert_one({"_id": FIRST, **key.model_dump()})
        except DuplicateKey:
            return

    async def public(self) -> list[dict[str, Any]]:
        """Public parts of every key that is not retired, oldest first."""
        rows = self.collection.find({"retired_at": {"$exists": False}}, {"public": 1}).sort("_id", 1)
        return [row["public"] async for row in rows]
