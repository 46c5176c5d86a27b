"""Answers of an API that is older than these pages: what it does not say yet is as if it said nothing."""

from services.portal.client import Json

_VACANCY: Json = {
    "piecework": None,
    "hourly_pay": None,
    "hourly_yardstick": None,
    "reason_code": None,
    "filled_count": 0,
    "extensions": 0,
    "flags": [],
    "answer_rate": None,
    "licences": [],
    "questions": [],
    "documents_asked": [],
    "source": "city",
    "origin": None,
    "waiting": None,
}
_APPLICATION: Json = {"commands": [], "answer_by": None, "answer_until": None, "interview": None, "offer": None}
_APPLICATION |= {"answers": [], "documents": [], "attachments": [], "match": None}
_RESULT: Json = {"repeats": 0, "distance_km": None}
_RESULTS: Json = {"exact": None, "understood": [], "help": [], "relaxed": False}


def whole(vacancy: Json) -> Json:
    """A vacancy with every field that the pages read."""
    return {**_VACANCY, **vacancy}


def whole_application(application: Json) -> Json:
    """An application with every field that the pages read."""
    return {**_APPLICATION, **application}


def whole_results(found: Json) -> Json:
    """A page of search results with every field that the pages read."""
    items = [{**_RESULT, **each} for each in found["items"]]
    return {**_RESULTS, "total": len(items), "facets": {}, **found, "items": items}
