"""The search of one API replica: an index on local disk that follows the service's own collection."""

import asyncio
import contextlib
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from prometheus_client import Gauge, Histogram

from services.vacancy.search.disk import Disk, IndexBroken, SearchFolderInUse, sound
from services.vacancy.search.follower import Follower
from services.vacancy.search.helping import Help, helps
from services.vacancy.search.officers import SynonymFollower
from services.vacancy.search.query import SearchQuery, SearchResult
from services.vacancy.search.searching import search
from services.vacancy.search.suggesting import Suggester, Suggestion
from services.vacancy.search.synonyms import Synonyms, load_synonyms
from shared import log
from shared.errors import Unavailable
from shared.mongo import Collection

FOLDER_PATIENCE_SECONDS = 5.0  # the process before this one may still be stopping

documents = Gauge("caker_search_documents", "vacancies in this replica's index")
search_seconds = Histogram(
    "caker_search_seconds", "time of one search", buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5)
)


class VacancyIndex:
    """Built without I/O; `start` opens or builds the index and then follows the collection until `stop`."""

    def __init__(self, collection: Collection, folder: Path) -> None:
        self._disk = Disk(folder)
        self._synonyms = load_synonyms()
        self._added = SynonymFollower(collection.database.synonyms, self._take_synonyms)
        self._suggester: tuple[object, Synonyms, Suggester] | None = None
        self._thread: ThreadPoolExecutor | None = None
        self._follower = Follower(collection, self._disk, self._in_thread)
        self._following: list[asyncio.Task[None]] = []

    @property
    def size(self) -> int:
        """How many vacancies can be found, those included that have closed since their last change."""
        snapshot = self._disk.snapshot
        return snapshot.searcher.num_docs if snapshot else 0

    async def start(self) -> None:
        """Returns when the index equals the collection. Raises `SearchFolderInUse`."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="search-index")
        try:
            await self._open()
            await self._follower.compare()
        except BaseException:
            await self._close()
            raise
        documents.set_function(lambda: self.size)
        self._following = [
            asyncio.create_task(self._follower.follow(), name="search-follower"),
            asyncio.create_task(self._added.follow(), name="synonym-follower"),
        ]

    async def stop(self) -> None:
        """Stop following and give the folder back."""
        for task in self._following:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._following = []
        await self._close()

    def search(self, query: SearchQuery) -> SearchResult:
        """CPU only, some milliseconds; safe in any thread. Raises `BadCursor`; `Unavailable` before `start`
        and where the index cannot be read."""
        with search_seconds.time():
            return self._asked(search, query)

    def answer(self, query: SearchQuery) -> tuple[SearchResult, list[Help]]:
        """What was found and what else to try; as `search`."""
        result = self.search(query)
        return result, helps(query, result, self.search, self._synonyms)

    def suggest(self, typed: str, limit: int) -> list[Suggestion]:
        """What somebody who typed so far may mean; as `search`."""
        snapshot = self._disk.snapshot
        if snapshot is None:
            raise Unavailable
        made = self._suggester
        if made is None or made[0] is not snapshot.labels or made[1] is not self._synonyms:
            suggester = sound(Suggester, snapshot, self._synonyms)
            self._suggester = made = (snapshot.labels, self._synonyms, suggester)
        return made[2].suggest(typed, limit)

    def _asked(self, ask: Any, query: SearchQuery) -> SearchResult:
        snapshot = self._disk.snapshot
        if snapshot is None:
            raise Unavailable
        try:
            found: SearchResult = sound(ask, query, snapshot, self._synonyms)
            return found
        except IndexBroken as error:
            log.get().error("search_failed", exc_info=error.__cause__ or error)
            self._follower.suspect()
            raise Unavailable from None

    def _take_synonyms(self, groups: list[tuple[str, list[str]]]) -> None:
        self._synonyms = load_synonyms(groups)

    async def _open(self) -> None:
        deadline = time.monotonic() + FOLDER_PATIENCE_SECONDS
        while True:
            try:
                await self._in_thread(self._disk.open)
                return
            except SearchFolderInUse:
                if time.monotonic() > deadline:
                    log.get().error("search_folder_in_use")
                    raise
                await asyncio.sleep(0.2)

    async def _close(self) -> None:
        if self._thread:
            try:
                await self._in_thread(self._disk.close)
            except IndexBroken as error:
                log.get().warning("search_index_broken", exc_info=error.__cause__ or error)
            finally:
                self._thread.shutdown(wait=False)
                self._thread = None

    async def _in_thread(self, work: Any, *args: Any) -> Any:
        assert self._thread, "start() comes first"
        return await asyncio.get_running_loop().run_in_executor(self._thread, sound, work, *args)
