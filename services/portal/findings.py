"""What the rules find in an advert while it is written: asked of the API, shown with what to write instead."""

import re

from services.portal.client import Away, Json, Refused
from services.portal.visit import Visit

# Answered fields that the rules read.
READ: tuple[str, ...] = (
    "title",
    "kind",
    "description",
    "conditions",
    "benefits",
    "skills",
    "location_text",
    "address",
    "wage",
)
READ += ("hours", "piecework", "openings", "workplace", "education_min", "experience_months")
REWORDED = ("title", "description", "conditions")
_EMPTY_BULLET = re.compile(r"(?m)^[ \t]*[-*•–][ \t]*(?:\n|\Z)")


async def check(visit: Visit, body: Json) -> list[Json]:
    """Nothing where the rules cannot be asked: an officer looks at every advert anyway."""
    asked = {name: body[name] for name in READ if body.get(name) not in (None, "", [])}
    try:
        answer = await visit.post("/vacancies/check", asked)
    except (Away, Refused):
        return []
    return [dict(each) for each in answer.get("findings", [])]


def without(vacancy: Json, *, field: str, start: int, end: int, found: str) -> str | None:
    """The field's text without the words that were found; None where it is no longer the text that was looked at."""
    text = vacancy.get(field) if field in REWORDED else None
    if not isinstance(text, str) or not found or text[start:end] != found:
        return None
    before, after = text[:start].rstrip(" ,;"), text[end:].lstrip(" ,;")
    between = "" if not before or before.endswith(("\n", ":")) or after[:1] in ("", ".", "\n") else ", "
    if before.endswith((":", "-", "*", "•", ".")) and after[:1] not in ("", ".", "\n"):
        between = " "
    return _EMPTY_BULLET.sub("", before + between + after).strip()
