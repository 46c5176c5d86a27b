"""The applicants of a vacancy as a table for a spreadsheet, row by row."""

import csv
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence

from services.application.domain.matching import MatchedNeed
from services.application.views import ApplicationView
from services.application.words import STATES
from shared.clock import WIB
from shared.contracts.codes import Education
from shared.contracts.screening import Question
from shared.pages import Page
from shared.reference.tables import education, kelurahan

BOM = "\ufeff"  # spreadsheets take a file without it for an old alphabet
MOST = 5_000  # rows
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is a formula, whoever wrote it
HEADING = (
    *("nomor", "nama", "kelurahan", "pendidikan", "pengalaman_bulan", "keterampilan", "sim_dan_izin"),
    *("dikirim", "keadaan", "pesan", "berkas", "terpenuhi", "belum"),
)
LICENCES = {
    **{"sim_a": "SIM A", "sim_b1": "SIM B I", "sim_b2": "SIM B II", "sim_c": "SIM C", "sim_d": "SIM D"},
    **{"forklift": "SIO forklift", "str": "STR tenaga kesehatan", "security": "Gada Pratama"},
}
DOCUMENTS = {
    **{"cv": "CV", "diploma": "ijazah", "certificate": "sertifikat"},
    **{"experience_letter": "surat pengalaman kerja", "portfolio": "contoh hasil kerja"},
}
_YES_NO = {"yes": "ya", "no": "tidak"}

Next = Callable[[str | None], Awaitable[Page[ApplicationView]]]


async def lines(first: Page[ApplicationView], more: Next, questions: Sequence[Question]) -> AsyncIterator[bytes]:
    """The heading, then each page as it is read; what goes beyond `MOST` is said in a last row."""
    yield (BOM + _line([*HEADING, *(safe(each.text) for each in questions)])).encode()
    page, written = first, 0
    while True:
        yield "".join(_line(_row(each, questions)) for each in page.items).encode()
        written += len(page.items)
        if page.next is None:
            return
        if written >= MOST:
            yield _line([f"Hanya {MOST} pelamar pertama yang tertulis di sini."]).encode()
            return
        page = await more(page.next)


def safe(text: str) -> str:
    """As text, whatever a spreadsheet would make of it."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _row(application: ApplicationView, questions: Sequence[Question]) -> list[str]:
    who, match = application.applicant, application.match
    answers = {each.question: each.answer for each in application.answers}
    ward = kelurahan().get((who and who.kelurahan_code) or "")
    cells = [
        application.number,
        (who and who.name) or "",
        ward.name if ward else "",
        schooling(who.education) if who and who.education else "",
        str(who.experience_months) if who and who.experience_months is not None else "",
        ", ".join(who.skills) if who else "",
        ", ".join(LICENCES.get(each, each) for each in who.licences) if who else "",
        f"{application.submitted_at.astimezone(WIB):%d/%m/%Y %H:%M}",
        STATES.get(application.state, application.state),
        application.note or "",
        ", ".join(DOCUMENTS[each] for each in application.documents),
        f"{match.met} dari {match.total}" if match else "",
        ", ".join(need_name(each) for each in match.needs if each.state != "met") if match else "",
        *(_answer(answers.get(each.id)) for each in questions),
    ]
    return [safe(cell) for cell in cells]


def _answer(value: str | int | None) -> str:
    return "" if value is None else _YES_NO.get(str(value), str(value))


def need_name(need: MatchedNeed) -> str:
    if need.kind == "education":
        form, _, code = need.value.partition(":")
        return schooling(Education(form=form, code=code))
    if need.kind == "experience":
        return f"pengalaman {need.value} bulan"
    return LICENCES.get(need.value, need.value) if need.kind == "licence" else need.value


def schooling(level: Education) -> str:
    found = education().get((level.form, level.code))
    return found.title.capitalize() if found else level.code


def _line(values: Iterable[str]) -> str:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=";", lineterminator="\r\n").writerow(values)
    return made.getvalue()
