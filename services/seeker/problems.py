"""Why something is refused: one class per reason, with a stable code and what to do in both languages; a flaw also
says in which field it is."""

import re

from shared.errors import FieldError, InvalidInput, Problem, ProblemDetails

CONTACT = re.compile(r"@|(\d[\s.-]*){9}")  # what looks like a way to reach somebody, or a NIK


class Flaw(InvalidInput):
    """One refused field; `pointer` says which one."""

    pointer: str

    def shown(self, language: str) -> ProblemDetails:
        shown = super().shown(language)
        return shown.model_copy(update={"errors": [FieldError(pointer=self.pointer, detail=shown.title)]})


class NikLength(Flaw):
    code, pointer = "nik_length", "/nik"
    indonesian = "NIK terdiri dari 16 angka. Salin dari KTP atau KK Anda."
    english = "A NIK has 16 digits. Copy it from your KTP or KK."


class NikDate(Flaw):
    code, pointer = "nik_date", "/nik"
    indonesian = "Angka ke-7 sampai ke-12 NIK ini bukan tanggal lahir yang mungkin. Periksa lagi di KTP."
    english = "Digits 7 to 12 of this NIK are not a possible birth date. Check it against your KTP."


class NikTestNumber(Flaw):
    code, pointer = "nik_test_number", "/nik"
    indonesian = "NIK yang berakhir 0000 hanya untuk percobaan. Salin NIK dari KTP Anda."
    english = "A NIK that ends in 0000 is for tests only. Copy the one on your KTP."


class EmailInvalid(Flaw):
    code, pointer = "email_invalid", "/email"
    indonesian = "Alamat e-mail ini belum benar. Contoh: siti@contoh.id."
    english = "This e-mail address is not right. Example: siti@contoh.id."


class KelurahanUnknown(Flaw):
    code, pointer = "kelurahan_unknown", "/kelurahan_code"
    indonesian = "Kelurahan ini tidak ada di Kota Madiun. Pilih dari daftar."
    english = "There is no such kelurahan in Kota Madiun. Choose one from the list."


class EducationUnknown(Flaw):
    code, pointer = "education_unknown", "/education"
    indonesian = "Pendidikan ini tidak ada di daftar. Pilih dari daftar."
    english = "This education is not on the list. Choose one from the list."


class GraduationYear(Flaw):
    code, pointer = "graduation_year_future", "/graduation_year"
    indonesian = "Tahun lulus tidak boleh setelah tahun ini."
    english = "The year of graduation cannot be after this year."


class SkillContact(Flaw):
    code, pointer = "skill_with_contact", "/skills"
    indonesian = "Tulis keahlian saja, tanpa nomor telepon, NIK atau e-mail: daftar ini dibaca perusahaan."
    english = "Write skills only, without phone numbers, NIK or e-mail: employers read this list."


class FlawAt(Flaw):
    """A refused field of a list."""

    def __init__(self, pointer: str) -> None:
        super().__init__()
        self.pointer = pointer


class MonthAhead(FlawAt):
    code = "month_ahead"
    indonesian = "Bulan ini belum tiba. Periksa lagi bulan dan tahunnya."
    english = "This month has not come yet. Check month and year."


class MonthsTurned(FlawAt):
    code = "months_turned"
    indonesian = "Bulan berhenti lebih awal dari bulan mulai. Periksa lagi keduanya."
    english = "The last month is before the first one. Check both."


class CourseYear(FlawAt):
    code = "course_year_ahead"
    indonesian = "Tahun kursus tidak boleh setelah tahun ini."
    english = "The year of a course cannot be after this year."


class ResumeUnreadable(Flaw):
    code, pointer = "resume_unreadable", "/file"
    indonesian = "Berkas ini bukan JSON Resume yang bisa dibaca. Unduh lagi dari asalnya, lalu coba lagi."
    english = "This file is no JSON Resume that can be read. Download it once more from where it was, and try again."


class ResumeTooLarge(Flaw):
    code, pointer = "resume_too_large", "/file"
    indonesian = "Berkas ini terlalu besar. Paling besar 100 KB."
    english = "This file is too large. At most 100 KB."


class ResumeTooLong(Flaw):
    code, pointer = "resume_too_long", "/file"
    indonesian = "Berkas ini memuat lebih dari 100 baris. Kurangi dulu, lalu coba lagi."
    english = "This file has more than 100 rows. Make it shorter, then try again."


class DocumentUnreadable(Flaw):
    code, pointer = "document_unreadable", "/file"
    indonesian = "Berkas ini tidak bisa dibaca. Kirim JPG, PNG atau PDF."
    english = "This file cannot be read. Send a JPG, PNG or PDF."


class DocumentTooLarge(Flaw):
    code, pointer = "document_too_large", "/file"
    indonesian = "Berkas ini terlalu besar. Paling besar 5 MB dan 30 halaman; perkecil dulu, atau foto ulang."
    english = "This file is too large. At most 5 MB and 30 pages: make it smaller, or take a photo."


class DocumentLocked(Flaw):
    code, pointer = "document_locked", "/file"
    indonesian = "PDF ini memakai kata sandi. Simpan dulu tanpa kata sandi, lalu kirim lagi."
    english = "This PDF has a password. Save it without one, then send it again."


class DocumentActive(Flaw):
    code, pointer = "document_active", "/file"
    indonesian = "PDF ini memuat program atau berkas lain. Cetak dulu ke PDF baru, atau foto kertasnya."
    english = "This PDF holds a program or another file. Print it into a new PDF, or photograph the paper."


class DocumentNotClean(Problem):
    code, status = "document_not_clean", 409
    indonesian = (
        "Berkas ini belum bisa dibuka: masih diperiksa, atau tidak lolos pemeriksaan. Lihat daftar dokumen Anda."
    )
    english = "This file cannot be opened: it is still being checked, or was not found clean. See your documents."


class TooManyDocuments(Problem):
    code, status = "too_many_documents", 409
    indonesian = "Anda sudah menyimpan 10 dokumen. Hapus yang tidak perlu, lalu kirim lagi."
    english = "You keep 10 documents already, which is the most. Remove one, then send again."


class SeveralFlaws(InvalidInput):
    """More than one field is refused: all of them at once, so that nobody corrects one by one."""

    def __init__(self, flaws: list[Flaw]) -> None:
        super().__init__()
        self._flaws = flaws

    def shown(self, language: str) -> ProblemDetails:
        errors = [error for flaw in self._flaws for error in flaw.shown(language).errors or ()]
        return super().shown(language).model_copy(update={"errors": errors})


class VacancyNotKnownYet(Problem):
    code, status = "vacancy_not_known_yet", 409
    indonesian = "Lowongan ini belum sampai ke bagian simpanan. Coba lagi beberapa detik lagi."
    english = "This vacancy cannot be saved yet. Try again in a few seconds."

    def __init__(self) -> None:
        super().__init__(retry_after=2)


class VacancyRecalled(Problem):
    code, status = "vacancy_recalled", 409
    indonesian = "Lowongan ini sudah kami tarik. Jangan kirim uang, foto KTP atau kode kepada siapa pun."
    english = "We have taken this vacancy away. Send nobody money, a photo of your ID card or a code."


class TooManySaved(Problem):
    code, status = "too_many_saved", 409
    indonesian = "Simpanan Anda sudah penuh (200 lowongan). Hapus yang tidak perlu, lalu simpan lagi."
    english = "You have saved 200 vacancies, which is the most. Remove some, then save again."


class TooManySearches(Problem):
    code, status = "too_many_searches", 409
    indonesian = "Anda sudah menyimpan 10 pencarian. Hapus yang tidak perlu, lalu simpan lagi."
    english = "You have saved 10 searches, which is the most. Remove one, then save again."


class UnknownWard(Flaw):
    code, pointer = "kelurahan_unknown", "/kelurahan"
    indonesian = "Ada kelurahan yang tidak ada di Kota Madiun. Pilih dari daftar."
    english = "One of these kelurahan is not in Kota Madiun. Choose from the list."


class NoAddress(Flaw):
    code, pointer = "channel_without_address", "/channel"
    indonesian = "Kami belum punya alamat untuk cara ini. Isi e-mail di profil Anda, atau pilih cara lain."
    english = "We have no address for this channel. Write an e-mail into your profile, or choose the other channel."


class StopLinkUnknown(Problem):
    code, status = "stop_link_unknown", 404
    indonesian = "Tautan berhenti ini tidak kami kenal. Salin seluruhnya dari surat Anda, atau masuk ke akun Anda."
    english = "We do not know this stop link. Copy all of it from your mail, or sign in to your account."


class CardWithoutNik(Flaw):
    code, pointer = "card_without_nik", "/nik"
    indonesian = "Isi dulu NIK di profil Anda: kartu AK-1 memuat NIK."
    english = "Write your NIK into your profile first: it stands on the card."


class CardWithoutDetails(Flaw):
    code, pointer = "card_without_details", "/details"
    indonesian = "Isi dulu data untuk kartu."
    english = "Fill in the data for the card first."


class CardWithoutPhoto(Flaw):
    code, pointer = "card_without_photo", "/photo"
    indonesian = "Unggah dulu pas foto 3x4."
    english = "Upload a 3x4 photo first."


class ReasonWithoutWords(Flaw):
    code, pointer = "reason_without_words", "/note"
    indonesian = "Tulis apa yang perlu diperbaiki, agar pemohon tahu."
    english = "Write what has to be mended, so that the person knows."


class PhotoUnreadable(Flaw):
    code, pointer = "photo_unreadable", "/photo"
    indonesian = "Foto ini tidak bisa dibaca. Kirim foto berformat JPG atau PNG."
    english = "This photo cannot be read. Send a JPG or PNG."


class PhotoTooLarge(Flaw):
    code, pointer = "photo_too_large", "/photo"
    indonesian = "Foto ini terlalu besar. Paling besar 5 MB; perkecil dulu, atau foto ulang."
    english = "This photo is too large. At most 5 MB: make it smaller, or take it again."


class PhotoTooSmall(Flaw):
    code, pointer = "photo_too_small", "/photo"
    indonesian = "Foto ini terlalu kecil untuk dicetak. Paling kecil 240 x 320 titik."
    english = "This photo is too small to print. At least 240 by 320 pixels."


class CardStillValid(Problem):
    code, status = "card_still_valid", 409
    indonesian = "Kartu AK-1 Anda masih berlaku. Perpanjangan dibuka 30 hari sebelum masa berlakunya habis."
    english = "Your card is still valid. It can be renewed from 30 days before it ends."


class ReportLinkUnknown(Problem):
    code, status = "report_link_unknown", 404
    indonesian = "Tautan lapor ini tidak berlaku lagi. Masuk ke akun Anda untuk melapor."
    english = "This report link is not valid any more. Sign in to your account to report."


class PaperUnknown(Problem):
    code, status = "paper_unknown", 404
    indonesian = "Kode ini bukan dari kami."
    english = "This code is not ours."
