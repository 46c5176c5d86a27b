"""Keeps the index equal to the collection: compared whole at start, then by hints, and by sweeps that find what a
hint missed."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from services.vacancy.search.disk import Disk
from services.vacancy.search.documents import FIELDS_READ
from shared import log
from shared.mongo import ASCENDING, Collection, Document, hints, is_unavailable

GATHER_SECONDS = 0.05  # a hint waits this long for company
COMMIT_SECONDS = 0.25  # at most one commit in this time
SWEEP_SECONDS = 1.0
# `changed_at` is the clock of whoever wrote, read before the write: a write may arrive this much later than it says.
# Each second a short look back; now and then one that is longer than any deadline of a write.
SWEEP_BACK, DEEP_BACK = timedelta(seconds=3), timedelta(seconds=120)
DEEP_SECONDS = 30.0
PAGE, CHUNK, CYCLE = 2_000, 250, 1_000  # ids of a comparison, documents of a read, documents of a commit
STORE_PATIENCE_SECONDS = 20.0
REBUILD_SECONDS = 600.0
TELL_SECONDS = 2.0

_CHANGED: list[Document] = [
    {
        "$match": {
            "$or": [
                {"operationType": "insert"},
                {"updateDescription.updatedFields.version": {"$exists": True}},
            ]
        }
    },
    {"$project": {"documentKey": 1, "fullDocument.version": 1, "updateDescription.updatedFields.version": 1}},
]
_READ = dict.fromkeys(FIELDS_READ, 1)

InThread = Callable[..., Awaitable[Any]]


class Follower:
    """`in_thread` runs work on the index's one writing thread."""

    def __init__(self, collection: Collection, disk: Disk, in_thread: InThread) -> None:
        self._collection, self._disk, self._in_thread = collection, disk, in_thread
        self._wake = asyncio.Event()
        self._due: dict[str, int] = {}  # ids to look at, oldest first, with the version that was told of
        self._mark = datetime.now(UTC)
        self._swept_at = self._deep_at = self._committed_at = time.monotonic()
        self._seen: dict[str, int] = {}
        self._seen_before: dict[str, int] = {}
        self._turned_at = self._mark
        self._waits = self._broken = False
        self._built_at = float("-inf")

    async def compare(self) -> None:
        """Make the index equal to the collection, however old or empty it is, by id and version."""
        started, self._mark = time.monotonic(), datetime.now(UTC)
        self._seen, self._seen_before = {}, {}
        left: dict[str, int] = await self._in_thread(self._disk.versions)
        wanted: list[str] = []
        last = ""
        while rows := await self._patiently(self._published_after, last):
            wanted += [row["_id"] for row in rows if left.pop(row["_id"], None) != row["version"]]
            last = rows[-1]["_id"]
        await self._in_thread(self._disk.put, [], list(left))
        await self._refresh(wanted, tell=True)
        await self._in_thread(self._disk.commit)
        log.get().info("search_index_compared", count=len(wanted), seconds=round(time.monotonic() - started, 1))

    async def follow(self) -> None:
        """For ever. A store that is away is waited for; an index that breaks is built again."""
        listener = asyncio.create_task(self._listen(), name="search-hints")
        try:
            while True:
                try:
                    if self._broken:
                        await self._build_again()
                    await self._cycle()
                    self._waits = False
                except Exception as error:
                    await self._bear(error)
        finally:
            listener.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listener

    def suspect(self) -> None:
        """A search could not read the index: build it again, but not at every search that somebody contrives."""
        if time.monotonic() - self._built_at > REBUILD_SECONDS:
            self._built_at, self._broken = time.monotonic(), True

    async def _cycle(self) -> None:
        # With so much to do there is nothing to wait for, and a sweep would only list it once more.
        if len(self._due) < CYCLE:
            await self._sleep_until_due()
            if time.monotonic() - self._swept_at >= SWEEP_SECONDS:
                await self._sweep()
        taken = self._take()
        try:
            await self._refresh(list(taken))
            self._committed_at = time.monotonic()
            await self._in_thread(self._disk.commit)
        except BaseException:
            self._due = {**taken, **self._due}
            raise
        if self._due:
            self._wake.set()

    def _take(self) -> dict[str, int]:
        """The oldest of what is due, without what a sweep or a hint has brought in meanwhile."""
        taken: dict[str, int] = {}
        while self._due and len(taken) < CYCLE:
            id = next(iter(self._due))
            told = self._due.pop(id)
            if self._version_seen(id) < told:
                taken[id] = told
        return taken

    def _version_seen(self, id: str) -> int:
        return max(self._seen.get(id, 0), self._seen_before.get(id, 0))

    async def _sleep_until_due(self) -> None:
        """A hint or the sweep's second, whichever is first; never sooner than the commits' pace."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SWEEP_SECONDS):
                await self._wake.wait()
                await asyncio.sleep(GATHER_SECONDS)
        self._wake.clear()
        await asyncio.sleep(max(self._committed_at + COMMIT_SECONDS - time.monotonic(), 0))

    async def _sweep(self) -> None:
        """Note what changed lately and was not seen in that version."""
        now = time.monotonic()
        deep = now - self._deep_at >= DEEP_SECONDS
        since, begun = self._mark - (DEEP_BACK if deep else SWEEP_BACK), datetime.now(UTC)
        async for row in self._collection.find({"changed_at": {"$gte": since}}, {"version": 1}):
            self._note(row["_id"], row["version"])
        # Our own clock moves the mark: at rest a sweep then reads nothing, however large the last burst was.
        self._mark, self._swept_at = begun, now
        if deep:
            self._deep_at = now
            self._forget_seen()

    def _note(self, id: str, version: int) -> None:
        if self._version_seen(id) < version:
            self._due[id] = max(version, self._due.get(id, 0))

    def _forget_seen(self) -> None:
        """What was seen is remembered for as long as the deepest look back, not for ever."""
        if self._mark - self._turned_at > DEEP_BACK:
            self._seen_before, self._seen, self._turned_at = self._seen, {}, self._mark

    async def _refresh(self, ids: Sequence[str], *, tell: bool = False) -> None:
        """Index these vacancies as the collection has them now; the caller commits."""
        told_at = time.monotonic()
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            rows = await self._patiently(self._read, chunk) if tell else await self._read(chunk)
            found = {row["_id"]: row["version"] for row in rows}
            await self._in_thread(self._disk.put, rows, [id for id in chunk if id not in found])
            self._seen |= found
            if tell and time.monotonic() - told_at > TELL_SECONDS:
                told_at = time.monotonic()
                log.get().info("search_index_building", count=start + len(chunk))

    async def _read(self, ids: Sequence[str]) -> list[Document]:
        return await self._collection.find({"_id": {"$in": list(ids)}}, _READ).to_list(None)

    async def _published_after(self, last: str) -> list[Document]:
        found = self._collection.find({"_id": {"$gt": last}, "state": "published"}, {"version": 1})
        return await found.sort("_id", ASCENDING).limit(PAGE).to_list(None)

    async def _patiently(self, read: Callable[[Any], Awaitable[list[Document]]], argument: Any) -> list[Document]:
        """`read(argument)`, while the store may be away for a moment."""
        deadline = time.monotonic() + STORE_PATIENCE_SECONDS
        while True:
            try:
                return await read(argument)
            except Exception as error:
                if not is_unavailable(error) or time.monotonic() > deadline:
                    raise
                await asyncio.sleep(0.2)

    async def _bear(self, error: Exception) -> None:
        """A store that is away comes back; an index that broke is to be built again from the collection."""
        if is_unavailable(error):
            if not self._waits:
                log.get().warning("search_waits", dependency="store")
            self._waits = True
            await asyncio.sleep(0.5)
            return
        log.get().error("search_index_broken", exc_info=error.__cause__ or error)
        self._broken = True
        await asyncio.sleep(1.0)

    async def _build_again(self) -> None:
        """Searches meanwhile read what the index was when it broke."""
        await self._in_thread(self._disk.begin_anew)
        await self.compare()
        self._broken = False

    async def _listen(self) -> None:
        async for change in hints(self._collection, _CHANGED):
            told = change.get("fullDocument") or change.get("updateDescription", {}).get("updatedFields", {})
            self._note(change["documentKey"]["_id"], told.get("version", 0))
            self._wake.set()
