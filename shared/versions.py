"""ETags read back: how a stale write is noticed, and a copy that is still good."""

import re

from shared.errors import IfMatchMissing, StaleVersion

# A gateway that compresses marks the tag ("3-gzip"), and a client sends it back so.
_TAG = re.compile(r'(?:W/)?"?(\d{1,18})(?:-(?:gzip|zstd|br))?"?')


def not_modified(if_none_match: str | None, version: int) -> bool:
    tags = (if_none_match or "").split(",")
    return any((found := _TAG.fullmatch(tag.strip())) and int(found[1]) == version for tag in tags)


def expected_version(if_match: str | None, *, required: bool = False) -> int | None:
    """The version that the client read last; raises 428 where it must say so, 412 where it is nonsense."""
    if if_match is None or if_match == "*":
        if required and if_match is None:
            raise IfMatchMissing
        return None
    found = _TAG.fullmatch(if_match.strip())
    if found is None:
        raise StaleVersion
    return int(found[1])
