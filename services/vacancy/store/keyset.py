"""Pages of a collection by (time, id): where the last page ended, the next begins, whatever came in between."""

from datetime import UTC, datetime

from shared.cursors import BadCursor, decode_cursor, encode_cursor
from shared.mongo import ASCENDING, DESCENDING, Collection, Document


async def page(
    collection: Collection, filter: Document, *, by: str, newest_first: bool, limit: int, cursor: str | None
) -> tuple[list[Document], str | None]:
    """Up to `limit` documents in the order of the instant `by`, and the cursor of the next page if there is one."""
    after = [_beyond(by, cursor, newest_first)] if cursor else []
    direction = DESCENDING if newest_first else ASCENDING
    found = collection.find({**filter, "$or": after[0]} if after else filter)
    rows = [row async for row in found.sort([(by, direction), ("_id", direction)]).limit(limit + 1)]
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], encode_cursor(int(last[by].timestamp() * 1000), last["_id"])


def _beyond(by: str, cursor: str, newest_first: bool) -> list[Document]:
    millis, id = decode_cursor(cursor, length=2)
    if not isinstance(millis, int) or not isinstance(id, str):
        raise BadCursor
    try:
        at = datetime.fromtimestamp(millis / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        raise BadCursor from None
    beyond = "$lt" if newest_first else "$gt"
    return [{by: {beyond: at}}, {by: at, "_id": {beyond: id}}]
