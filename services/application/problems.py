"""Why an application is refused."""

from collections.abc import Mapping
from typing import NamedTuple

from shared.errors import FieldError, InvalidInput, Problem, ProblemDetails, RateLimited


class VacancyNotKnownYet(Problem):
    code, status = "vacancy_not_known_yet", 409
    indonesian = "Lowongan ini belum sampai ke bagian lamaran. Coba lagi beberapa detik lagi."
    english = "This vacancy has not reached the application desk yet. Try again in a few seconds."

    def __init__(self) -> None:
        super().__init__(retry_after=2)


class VacancyNotOpen(Problem):
    """`state` is the vacancy's."""

    code, status = "vacancy_closed", 409
    indonesian = "Lowongan ini tidak menerima lamaran."
    english = "This vacancy does not take applications."


class AppliesElsewhere(Problem):
    """A province's vacancy that names where people apply."""

    code, status = "applies_elsewhere", 409
    indonesian = "Lamaran untuk lowongan ini dikirim di laman pengirimnya. Alamatnya ada di halaman lowongan."
    english = "People apply for this vacancy on its sender's page. The address is on the page of the vacancy."


class DailyLimit(RateLimited):
    code = "daily_limit"
    indonesian = "Hari ini Anda sudah mengirim 20 lamaran. Besok Anda bisa melamar lagi."
    english = "You have sent 20 applications today. You can apply again tomorrow."


class VacancyIdMissing(InvalidInput):
    code = "vacancy_id_missing"
    indonesian = "Sebutkan lowongannya: vacancy_id."
    english = "Say which vacancy: vacancy_id."

    def shown(self, language: str) -> ProblemDetails:
        shown = super().shown(language)
        return shown.model_copy(update={"errors": [FieldError(pointer="/vacancy_id", detail=shown.title)]})


class AnswerTooLate(Problem):
    """`state` is the application's."""

    code, status = "answer_too_late", 409
    indonesian = "Lamaran ini sudah lebih dari 30 hari ditutup tanpa jawaban, jadi tidak bisa dijawab lagi."
    english = "This application was closed without a reply more than 30 days ago; it can no longer be answered."


class ReasonNeeded(InvalidInput):
    code = "reason_needed"
    indonesian = "Tawaran sudah dikirim. Tulis alasan mengapa dibatalkan."
    english = "The job was offered already. Say why it is taken back."

    def shown(self, language: str) -> ProblemDetails:
        shown = super().shown(language)
        return shown.model_copy(update={"errors": [FieldError(pointer="/reason", detail=shown.title)]})


class Flaw(NamedTuple):
    """What is wrong with one field, in both languages."""

    indonesian: str
    english: str


class AnswersWrong(InvalidInput):
    """Answers that do not fit the vacancy's questions, each told at its question."""

    code = "answers_wrong"
    indonesian = "Ada pertanyaan yang belum dijawab dengan benar."
    english = "Some questions are not answered yet, or not as they ask."

    def __init__(self, flaws: Mapping[str, Flaw]) -> None:
        super().__init__()
        self._flaws = dict(flaws)

    def shown(self, language: str) -> ProblemDetails:
        told = [
            FieldError(pointer=f"/answers/{name}", detail=flaw.english if language == "en" else flaw.indonesian)
            for name, flaw in self._flaws.items()
        ]
        return super().shown(language).model_copy(update={"errors": told})


class BadTime(InvalidInput):
    code = "bad_time"
    indonesian = "Periksa tanggal dan jamnya."
    english = "Check the date and the time."

    def __init__(self, pointer: str, flaw: Flaw) -> None:
        super().__init__()
        self._pointer, self._flaw = pointer, flaw

    def shown(self, language: str) -> ProblemDetails:
        detail = self._flaw.english if language == "en" else self._flaw.indonesian
        error = FieldError(pointer=self._pointer, detail=detail)
        return super().shown(language).model_copy(update={"errors": [error]})
