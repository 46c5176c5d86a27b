"""What the city's rules refuse, with a stable code and words for the person who meets it."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.errors import FieldError, Forbidden, Problem, ProblemDetails


@dataclass(frozen=True)
class Flaw:
    """One field to repair, in both languages; `pointer` is its JSON pointer in the request."""

    pointer: str
    indonesian: str
    english: str


class Flawed(Problem):
    """Fields that need repair; each is explained in the language of whoever reads the answer."""

    def __init__(self, flaws: Sequence[Flaw]) -> None:
        super().__init__()
        self.flaws = tuple(flaws)

    def shown(self, language: str) -> ProblemDetails:
        told = [
            FieldError(pointer=flaw.pointer, detail=flaw.english if language == "en" else flaw.indonesian)
            for flaw in self.flaws
        ]
        return super().shown(language).model_copy(update={"errors": told})


WHICH_EMPLOYER = Flaw("/employer_id", "Sebutkan untuk pemberi kerja yang mana.", "Say for which employer.")


class Incomplete(Flawed):
    code = "incomplete"
    indonesian = "Lowongan belum lengkap. Lengkapi bagian yang ditandai, lalu kirim lagi."
    english = "The vacancy is not complete yet. Fill in what is marked, then send it again."


class EmployerExists(Problem):
    code, status = "employer_exists", 409
    indonesian = "Akun ini sudah mendaftarkan usaha."
    english = "This account has already registered an employer."


class EmployerNeeded(Problem):
    code, status = "employer_needed", 409
    indonesian = "Daftarkan usaha Anda dulu, lalu buat lowongan."
    english = "Register your business first, then write a vacancy."


class EmployerNotVerified(Problem):
    code, status = "employer_not_verified", 409
    indonesian = "Usaha ini belum diverifikasi. Verifikasi dulu, lalu tayangkan lowongannya."
    english = "This employer is not verified yet. Verify it first, then publish the vacancy."


class SameOfficer(Forbidden):
    code = "same_officer"
    indonesian = "Lowongan ini Anda yang mengetik. Minta petugas lain memeriksa dan menayangkannya."
    english = "You typed this vacancy yourself. Ask another officer to check and publish it."


class ClosingPassed(Problem):
    code, status = "closing_passed", 409
    indonesian = "Tanggal penutupannya sudah lewat. Kembalikan agar pemberi kerja memperbarui tanggalnya."
    english = "Its closing date has passed. Return it, so that the employer can choose a new date."
