"""The questions of an advert, as the portal sends them."""

from services.portal.absent import whole
from services.portal.client import Json
from services.portal.forms import Form, compact
from services.portal.words import Words


def copied_questions(older: Json) -> Json:
    """What an older advert asks, for its copy."""
    vacancy = whole(older)
    return compact({"questions": plain(vacancy), "documents_asked": vacancy["documents_asked"]})


def plain(vacancy: Json) -> list[Json]:
    """All questions as the API takes them: it numbers them itself."""
    return [bare(each) for each in vacancy["questions"]]


def bare(question: Json) -> Json:
    return compact({name: value for name, value in question.items() if name != "id"})


def answers_of(vacancy: Json, form: Form, words: Words) -> Json:
    """What was answered on the apply page, by question; what is not answered stays out."""
    return compact({each["id"]: _answer(each, form, words) for each in vacancy["questions"]})


def _answer(question: Json, form: Form, words: Words) -> str | int | None:
    name = f"answers_{question['id']}"
    if question["need"] and not form.text(name):
        form.errors[name] = words("answering.need")
    return form.number(name, words("answering.number")) if question["kind"] == "number" else form.text(name)
