"""Why something at the employer's desk is refused."""

from shared.errors import FieldError, InvalidInput, Problem, ProblemDetails


class TooManyNotes(Problem):
    code, status = "too_many_notes", 409
    indonesian = "Catatan untuk pelamar ini sudah penuh (50). Hapus dulu yang tidak perlu."
    english = "There are 50 notes about this applicant already. Delete some that are not needed."


class _Release(InvalidInput):
    def shown(self, language: str) -> ProblemDetails:
        shown = super().shown(language)
        return shown.model_copy(update={"errors": [FieldError(pointer="/release_at", detail=shown.title)]})


class ReleaseTooSoon(_Release):
    code = "release_too_soon"
    indonesian = "Pilih waktu yang belum lewat."
    english = "Choose a time that is still to come."


class ReleaseTooLate(_Release):
    code = "release_too_late"
    indonesian = "Pilih waktu sebelum janji kabar kepada pelamar berakhir, paling lama 30 hari lagi."
    english = "Choose a time before the promised answer is due, at most 30 days ahead."
