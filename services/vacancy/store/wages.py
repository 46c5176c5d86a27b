"""The collection `minimum_wages`: what a decree set for a region, by the day from which it holds."""

from datetime import date

from services.vacancy.domain.wages import FIRST, MinimumWage, in_force
from shared.mongo import DESCENDING, Collection, Document, insert_ignoring_known

MOST = 1_000  # rows: a decree a year and region


class Wages:
    """Days are ISO text. A row keeps who entered it, and what stood there before."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    async def prepare(self) -> None:
        """The first row; an officer's correction of it stays."""
        await insert_ignoring_known(self.collection, [{"_id": _id(FIRST), **_fields(FIRST), "entered": []}])

    async def all(self) -> list[MinimumWage]:
        """The newest first."""
        found = self.collection.find({}).sort("from", DESCENDING).limit(MOST)
        return [_wage(row) async for row in found]

    async def on(self, day: date) -> MinimumWage | None:
        """The city's confirmed wage on `day`."""
        return in_force(await self.all(), day)

    async def put(self, wage: MinimumWage, *, entry: Document) -> None:
        """Enter it, or correct what stands for that region and day; `entry` says who and when."""
        entered = {**_fields(wage), **entry}
        await self.collection.update_one(
            {"_id": _id(wage)}, {"$set": _fields(wage), "$push": {"entered": entered}}, upsert=True
        )


def _id(wage: MinimumWage) -> str:
    return f"{wage.region}:{wage.since.isoformat()}"


def _fields(wage: MinimumWage) -> Document:
    return {**wage.model_dump(exclude={"since"}), "from": wage.since.isoformat()}


def _wage(row: Document) -> MinimumWage:
    return MinimumWage.model_validate(
        {name: row[name] for name in ("region", "from", "amount", "decree", "confirmed")}
    )
