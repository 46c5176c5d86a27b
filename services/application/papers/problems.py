"""Why a paper cannot be printed."""

from shared.errors import InvalidInput, Problem


class NameMissing(Problem):
    code, status = "name_missing", 409
    indonesian = "Nama Anda belum sampai ke bagian lamaran. Lengkapi profil Anda, lalu coba lagi sebentar lagi."
    english = "Your name has not reached the application desk. Complete your profile, then try again shortly."


class PeriodWrong(InvalidInput):
    code = "period_wrong"
    indonesian = "Pilih masa laporan paling lama satu tahun, sampai paling lambat hari ini."
    english = "Choose a period of at most a year that ends today at the latest."
