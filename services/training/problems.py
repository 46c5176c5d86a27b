"""Why something about a training is refused: a stable code, and what to do in both languages; a flaw also says in
which field it is."""

from collections.abc import Sequence
from typing import ClassVar

from shared.errors import FieldError, InvalidInput, Problem, ProblemDetails, RateLimited


class Flaw(InvalidInput):
    """One refused field; `pointer` says which one."""

    pointer: ClassVar[str]

    def shown(self, language: str) -> ProblemDetails:
        shown = super().shown(language)
        return shown.model_copy(update={"errors": [FieldError(pointer=self.pointer, detail=shown.title)]})


class SeveralFlaws(InvalidInput):
    """All that is wrong at once, each beside its field."""

    def __init__(self, flaws: Sequence[Flaw]) -> None:
        super().__init__()
        self._flaws = flaws

    def shown(self, language: str) -> ProblemDetails:
        errors = [error for flaw in self._flaws for error in flaw.shown(language).errors or ()]
        return super().shown(language).model_copy(update={"errors": errors})


def refuse(flaws: Sequence[Flaw]) -> None:
    """Raise what is wrong, if anything is."""
    if flaws:
        raise flaws[0] if len(flaws) == 1 else SeveralFlaws(flaws)


class KelurahanUnknown(Flaw):
    code, pointer = "kelurahan_unknown", "/kelurahan_code"
    indonesian = "Kelurahan ini tidak ada di Kota Madiun. Pilih dari daftar."
    english = "There is no such kelurahan in Kota Madiun. Choose one from the list."


class SessionTimes(Flaw):
    code, pointer = "session_times", "/sessions"
    indonesian = "Urutkan pertemuan menurut waktu; masing-masing selesai setelah mulai dan sebelum yang berikutnya."
    english = "List the sessions in order of time; each one ends after it begins and before the next begins."


class SessionsPast(Flaw):
    code, pointer = "sessions_past", "/sessions"
    indonesian = "Pertemuan pertama sudah lewat. Pilih tanggal yang akan datang."
    english = "The first session is over. Choose a day to come."


class EnrolmentTimes(Flaw):
    code, pointer = "enrolment_times", "/enrolment_closes_at"
    indonesian = "Pendaftaran ditutup setelah dibuka, dan paling lambat saat pertemuan pertama mulai."
    english = "Enrolment closes after it opens, and at the latest when the first session begins."


class AttendanceNeeded(Flaw):
    code, pointer = "attendance_needed", "/attendance_needed"
    indonesian = "Kehadiran yang diminta tidak boleh lebih dari jumlah pertemuan."
    english = "It cannot ask for more sessions than there are."


class SeatsOnlyMore(Flaw):
    code, pointer = "seats_only_more", "/capacity"
    indonesian = "Setelah tayang, jumlah kursi hanya bisa ditambah, supaya tidak ada yang kehilangan kursinya."
    english = "Once published, seats can only be added, so that nobody loses one."


class FixedOncePublished(Problem):
    code, status = "fixed_once_published", 409
    indonesian = "Setelah tayang, judul, tempat, jadwal dan syarat tidak bisa diubah. Batalkan, lalu buat yang baru."
    english = "Once published, title, place, dates and conditions stay. Cancel it and make a new one."


class EnrolmentClosed(Problem):
    """`state` says why: not_yet, over, or the training's state."""

    code, status = "enrolment_closed", 409
    indonesian = "Pendaftaran pelatihan ini belum dibuka atau sudah ditutup."
    english = "Enrolment for this training is not open yet, or is over."


class ResidentsOnly(Problem):
    code, status = "residents_only", 409
    indonesian = "Khusus warga Kota Madiun. Isi kelurahan di profil Anda; bila baru diisi, coba lagi sebentar lagi."
    english = "For residents of Kota Madiun. Put your kelurahan in your profile; if you just did, try again shortly."


class OfferOver(Problem):
    code, status = "offer_over", 409
    indonesian = "Maaf, waktu untuk menjawab sudah lewat dan kursi ini diberikan kepada antrean berikutnya."
    english = "Sorry, the time to answer is over and the seat goes to the next in line."


class SessionUnknown(Problem):
    code, status = "session_unknown", 404
    indonesian = "Pertemuan ini tidak ada di pelatihan tersebut."
    english = "The training has no such session."


class SessionNotBegun(Problem):
    code, status = "session_not_begun", 409
    indonesian = "Pertemuan ini belum mulai, jadi kehadiran belum bisa dicatat."
    english = "This session has not begun, so attendance cannot be noted yet."


class NotOverYet(Problem):
    code, status = "training_not_over", 409
    indonesian = "Pertemuan terakhir belum selesai, jadi pelatihan belum bisa ditutup."
    english = "The last session is not over, so the training cannot be finished yet."


class NameMissing(Problem):
    code, status = "name_missing", 409
    indonesian = "Nama Anda belum sampai ke bagian pelatihan. Lengkapi profil Anda, lalu coba lagi sebentar lagi."
    english = "Your name has not reached the training desk. Complete your profile, then try again shortly."


class NotCompleted(Problem):
    code, status = "training_not_completed", 409
    indonesian = "Halaman produk tersedia untuk peserta yang sudah menyelesaikan pelatihan ini."
    english = "A product page is for participants who completed this training."


class TooManyQuestions(RateLimited):
    code = "too_many_questions"
    indonesian = "Hari ini Anda sudah mengirim 10 pertanyaan. Besok Anda bisa bertanya lagi."
    english = "You have sent 10 questions today. You can ask again tomorrow."


class PaperUnknown(Problem):
    code, status = "paper_unknown", 404
    indonesian = "Kode ini bukan milik kertas yang kami terbitkan. Periksa lagi, atau tanyakan ke Disnaker."
    english = "This code is not of a paper that we issued. Check it again, or ask the employment office."


class TokenUnknown(Problem):
    code, status = "token_unknown", 404
    indonesian = "Tautan ini tidak kami kenal. Buka tautan dari pesan kami sekali lagi."
    english = "We do not know this link. Open the one in our message again."
