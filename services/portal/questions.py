"""The questions of an advert, as the portal sends them."""

from services.portal.absent import whole
from services.portal.client import Json
from services.portal.forms import compact


def copied_questions(older: Json) -> Json:
    """What an older advert asks, for its copy."""
    vacancy = whole(older)
    return compact({"questions": plain(vacancy), "documents_asked": vacancy["documents_asked"]})


def plain(vacancy: Json) -> list[Json]:
    """All questions as the API takes them: it numbers them itself."""
    return [bare(each) for each in vacancy["questions"]]


def bare(question: Json) -> Json:
    return compact({name: value for name, value in question.items() if name != "id"})
