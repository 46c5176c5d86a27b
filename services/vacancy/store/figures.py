"""How often a vacancy was looked at and kept, by day: counts and nothing about who it was."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from shared.clock import now, today
from shared.mongo import ASCENDING, Collection, Document, UpdateOne, ensure_indexes, insert_ignoring_known

KEPT_DAYS = 90
MOST_COUNTED = 50_000  # saves of one vacancy in the days that are shown
_INDEXES = {
    "of_vacancy": {"keys": [("vacancy_id", ASCENDING), ("day", ASCENDING)]},
    "old": {"keys": [("day", ASCENDING)]},
}


class Figures:
    """`views`: {_id: vacancy:day, vacancy_id, day, count}. `saves`: one row for each event, under its id, so that
    one which comes twice counts once: {_id, vacancy_id, day}. Days are ISO text, in WIB."""

    def __init__(self, *, views: Collection, saves: Collection) -> None:
        self._views, self._saves = views, saves

    async def prepare(self) -> None:
        for each in (self._views, self._saves):
            await ensure_indexes(each, _INDEXES)

    async def viewed(self, counts: Mapping[tuple[str, str], int]) -> None:
        """Add to the counts of (vacancy, day), many in one write."""
        if counts:
            await self._views.bulk_write([_more(*key, count) for key, count in counts.items()], ordered=False)

    async def saved(self, event_id: str, vacancy_id: str, *, day: date) -> None:
        await insert_ignoring_known(
            self._saves, [{"_id": event_id, "vacancy_id": vacancy_id, "day": day.isoformat()}]
        )

    async def views(self, vacancy_id: str, *, since: date) -> Counter[str]:
        rows = self._views.find(_since(vacancy_id, since))
        return Counter({row["day"]: row["count"] async for row in rows})

    async def saves(self, vacancy_id: str, *, since: date) -> Counter[str]:
        rows = self._saves.find(_since(vacancy_id, since), {"day": 1}).limit(MOST_COUNTED)
        return Counter([row["day"] async for row in rows])

    async def purge(self) -> None:
        """What no page shows any more."""
        past = (today(now()) - timedelta(days=KEPT_DAYS)).isoformat()
        for each in (self._views, self._saves):
            await each.delete_many({"day": {"$lt": past}})


def _more(vacancy_id: str, day: str, count: int) -> UpdateOne:
    born: Document = {"vacancy_id": vacancy_id, "day": day}
    return UpdateOne({"_id": f"{vacancy_id}:{day}"}, {"$inc": {"count": count}, "$setOnInsert": born}, upsert=True)


def _since(vacancy_id: str, since: date) -> Document:
    return {"vacancy_id": vacancy_id, "day": {"$gte": since.isoformat()}}
