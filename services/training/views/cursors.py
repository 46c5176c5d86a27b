"""The place in a list that is sorted by a time and an id."""

from datetime import UTC, datetime

from shared.cursors import BadCursor, decode_cursor, encode_cursor


def cursor_of(at: datetime, id: str) -> str:
    return encode_cursor(round(at.timestamp() * 1000), id)


def position_of(cursor: str | None) -> tuple[datetime, str] | None:
    """Raises `BadCursor` for anything that `cursor_of` did not make."""
    if cursor is None:
        return None
    milliseconds, id = decode_cursor(cursor, length=2)
    if not isinstance(milliseconds, int) or not isinstance(id, str):
        raise BadCursor
    try:
        seconds, rest = divmod(milliseconds, 1000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest * 1000), id
    except (ValueError, OverflowError, OSError):
        raise BadCursor from None


def ticket_of(cursor: str | None) -> int:
    """The same for a line, which is sorted by its tickets."""
    if cursor is None:
        return 0
    (ticket,) = decode_cursor(cursor, length=1)
    if not isinstance(ticket, int):
        raise BadCursor
    return ticket
