"""A store in memory: collections as the driver shows them, each operation done at one instant of the server."""

from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, TypeVar

from pymongo import UpdateOne
from pymongo.errors import AutoReconnect, BulkWriteError, DuplicateKeyError

from tests.promises.simulation.cursors import Cursor, Stream
from tests.promises.simulation.documents import matches, stored, updated
from tests.promises.simulation.expressions import Document
from tests.promises.simulation.fates import Loss
from tests.promises.simulation.wire import Wire

Answer = TypeVar("Answer")
Seen = Callable[[Document | None, Document], None]


def away() -> Exception:
    return AutoReconnect("the line broke")


class Collection:
    """`seen` is told of each document before and after a change."""

    def __init__(self, name: str, wire: Wire, seen: Seen | None = None) -> None:
        self.name, self._wire, self._seen = name, wire, seen
        self.rows: dict[str, Document] = {}
        self.streams: list[Stream] = []

    def find(self, wanted: Mapping[str, Any], _: Any = None) -> Cursor:
        return Cursor(self, wanted)

    async def find_one(self, wanted: Mapping[str, Any], _: Any = None) -> Document | None:
        return next(iter(await self.ask(lambda _: self.select(wanted)[:1])), None)

    async def count_documents(self, wanted: Mapping[str, Any], **_: Any) -> int:
        return await self.ask(lambda _: len(self.select(wanted)))

    async def insert_one(self, document: Document) -> None:
        def insert(_: Loss | None) -> None:
            if document["_id"] in self.rows:
                raise DuplicateKeyError("E11000", 11000)
            self.put(stored(document))

        await self.ask(insert)

    async def insert_many(self, documents: Sequence[Document], *, ordered: bool) -> Any:
        def insert(loss: Loss | None) -> Any:
            refused: list[Document] = []
            for index, row in enumerate(self._some(documents, loss)):
                if row["_id"] in self.rows:
                    refused.append({"code": 11000, "index": index})
                else:
                    self.put(stored(row))
            if refused and not loss:
                raise BulkWriteError({"writeErrors": refused})
            return None

        return await self.ask(insert)

    async def update_one(self, wanted: Mapping[str, Any], change: Any, *, upsert: bool = False) -> Any:
        return await self.ask(lambda _: self._update(wanted, change, upsert=upsert, limit=1))

    async def update_many(self, wanted: Mapping[str, Any], change: Any) -> Any:
        return await self.ask(lambda loss: self._update(wanted, change, loss=loss))

    async def bulk_write(self, writes: Sequence[UpdateOne], *, ordered: bool = True) -> Any:
        def write(loss: Loss | None) -> Any:
            changed = 0
            for one in self._some(writes, loss):
                raw: Any = one
                done = self._update(raw._filter, raw._doc, upsert=bool(raw._upsert), limit=1)
                changed += done.modified_count
            return SimpleNamespace(modified_count=changed)

        return await self.ask(write)

    def aggregate(self, pipeline: Sequence[Document], **_: Any) -> Stream:
        assert "$changeStream" in pipeline[0]
        return Stream(self, pipeline[1]["$match"])

    def select(self, wanted: Mapping[str, Any]) -> list[Document]:
        """At the server: what matches now. By id where ids are given, as an index would."""
        ids = wanted.get("_id")
        if isinstance(ids, str):
            rows = [self.rows[ids]] if ids in self.rows else []
        elif ids is not None:
            rows = [self.rows[id] for id in ids["$in"] if id in self.rows]
        else:
            rows = list(self.rows.values())
        return [row for row in rows if matches(row, wanted)]

    def put(self, after: Document) -> None:
        """At the server: keep a document, and tell whoever watches."""
        before = self.rows.get(after["_id"])
        self.rows[after["_id"]] = after
        if self._seen is not None:
            self._seen(before, after)
        if not self.streams or self._wire.fates.deaf:
            return
        change: Document = {"operationType": "insert", "fullDocument": after}
        if before is not None:
            fields = {name: value for name, value in after.items() if before.get(name) != value}
            change = {"operationType": "update", "updateDescription": {"updatedFields": fields}}
        for stream in self.streams:
            if matches(change, stream.wanted) and not self._wire.fates.chance(0.1):
                self._wire.later(self._wire.fates.between(0.0, 0.01), stream.hear, change)

    def _update(
        self, wanted: Any, change: Any, *, upsert: bool = False, limit: int | None = None, loss: Loss | None = None
    ) -> Any:
        found, now = self.select(wanted)[:limit], self._wire.now()
        changed = 0
        for row in self._some(found, loss):
            after = stored(updated(row, change, now))
            if after != row:
                changed += 1
                self.put(after)
        if upsert and not found:
            self.put(stored(updated({"_id": wanted["_id"]}, change, now)))
        return SimpleNamespace(matched_count=len(found), modified_count=changed)

    def _some(self, rows: Sequence[Any], loss: Loss | None) -> Sequence[Any]:
        return [row for row in rows if self._wire.fates.chance(0.5)] if loss == "midway" else rows

    async def ask(self, work: Callable[[Loss | None], Answer]) -> Answer:
        return await self._wire.ask("store", work, failure=away)
