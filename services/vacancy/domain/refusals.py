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


class OwesAnswers(Problem):
    code, status = "owes_answers", 409
    indonesian = (
        "Masih ada pelamar yang belum Anda jawab melewati tanggal janji. Jawab dulu, lalu kirim lowongan ini."
    )
    english = "People still wait for your answer beyond the day you promised. Answer them first, then send this in."


class FairnessUnjustified(Problem):
    code, status = "fairness_unjustified", 409
    indonesian = "Ada syarat usia, jenis kelamin atau penampilan. Kembalikan, atau tulis alasan mengapa boleh tayang."
    english = "It asks for an age, a sex or looks. Return it, or write down why it may be published all the same."


class OfficerDecides(Problem):
    """An officer, or reports of the public, stopped it."""

    code, status = "under_review", 409
    indonesian = "Lowongan ini dihentikan petugas. Hubungi Disnaker; petugas yang membukanya kembali."
    english = "An officer has stopped this vacancy. Ask the office; an officer opens it again."


class ExtendedTwice(Problem):
    code, status = "extended_twice", 409
    indonesian = "Lowongan ini sudah dua kali diperpanjang. Buat lowongan baru bila masih mencari."
    english = "This vacancy was extended twice already. Write a new one if you are still looking."


class ReopenTooLate(Problem):
    code, status = "reopen_too_late", 409
    indonesian = "Sudah lebih dari 30 hari sejak lowongan ini berakhir. Buat lowongan baru."
    english = "It ended more than 30 days ago. Write a new vacancy."


class Duplicate(Flawed):
    """A province offers what stands here already."""

    code, status = "duplicate", 409
    indonesian = "Lowongan yang sama sudah ada di Si-Caker."
    english = "The same vacancy is in Si-Caker already."


class OriginEnded(Problem):
    """A later revision of a province's vacancy that is over here; `state` says how."""

    code, status = "ended", 409
    indonesian = "Lowongan ini sudah berakhir. Bila dibuka lagi, kirim sebagai lowongan baru."
    english = "This vacancy is over. If it opens again, send it as a new one."


class NothingWaits(Problem):
    code, status = "no_revision", 409
    indonesian = "Tidak ada perubahan yang menunggu."
    english = "No change is waiting."


class Recalled(Problem):
    """Instead of a vacancy that was taken away; `detail` is the officer's reason."""

    code, status = "vacancy_recalled", 410
    indonesian = (
        "PENTING: lowongan ini kami tarik. Jangan kirim uang, foto KTP atau kode kepada siapa pun, dan blokir nomor "
        "yang menghubungi. Terlanjur? Hubungi Disnaker Kota Madiun hari ini."
    )
    english = (
        "IMPORTANT: we have taken this vacancy away. Send nobody money, a photo of your ID card or a code, and block "
        "whoever contacts you. Did you already? Call the employment office of Kota Madiun today."
    )


UNKNOWN_REASON = Flaw("/reason_code", "Pilih alasan dari daftar.", "Choose a reason from the list.")
