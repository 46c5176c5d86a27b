"""What is known here of seekers, as their events tell: the kelurahan, and the name under their own key."""

from collections.abc import Sequence

from shared.mongo import Database

CONTACT_SEAL = "seeker-contact"


class PeopleStore:
    def __init__(self, database: Database) -> None:
        self.seekers, self.contacts = database.seekers, database.seeker_contacts

    async def kelurahan_of(self, seeker_id: str) -> str | None:
        row = await self.seekers.find_one({"_id": seeker_id}, {"kelurahan_code": 1})
        return row["kelurahan_code"] if row else None

    async def sealed_contacts(self, ids: Sequence[str]) -> dict[str, str]:
        found = self.contacts.find({"_id": {"$in": list(ids)}}, {"sealed": 1})
        return {row["_id"]: row["sealed"] async for row in found}

    async def forget(self, seeker_id: str) -> None:
        await self.seekers.delete_one({"_id": seeker_id})
        await self.contacts.delete_one({"_id": seeker_id})
