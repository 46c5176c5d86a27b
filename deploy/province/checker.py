"""Reconciliation: the stream into the books, the newest complete list beside them; what differs is asked for."""

from dataclasses import dataclass

from deploy.province.books import Books, Differences
from deploy.province.wire import Wire, request

TRIES = 50


@dataclass(frozen=True)
class Result:
    """`listed` is None while no complete list has come."""

    listed: int | None
    held: int
    sha256: str
    differences: Differences

    @property
    def agrees(self) -> bool:
        return self.listed is not None and not self.differences.ids


async def read_all(wire: Wire, books: Books | None = None) -> Books:
    books = books or Books()
    async for event in wire.stream("outbound"):
        books.apply(event)
    return books


def check(books: Books) -> Result:
    listed = books.latest()
    if listed is None:
        return Result(None, 0, "", Differences())
    held = sum(each.live(listed.taken_at) for each in books.held.values())
    return Result(listed.count, held, listed.sha256, books.compare(listed))


async def heal(wire: Wire, books: Books) -> Result:
    """Ask for what differs, and look again."""
    found = check(books)
    if not found.differences.ids:
        return found
    receipt = await wire.receipt(await wire.send(request(found.differences.ids)))
    books.forget(receipt["data"]["unknown_ids"])  # a receipt follows what was asked for
    return check(await read_all(wire, books))
