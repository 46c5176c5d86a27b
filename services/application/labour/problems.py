"""Why a month cannot be closed."""

from shared.errors import Problem


class MonthNotOver(Problem):
    code, status = "month_not_over", 409
    indonesian = "Bulan ini belum selesai, jadi belum bisa ditutup."
    english = "This month is not over, so it cannot be closed yet."


class MonthNotNext(Problem):
    code, status = "month_not_next", 409
    indonesian = "Bulan ditutup berurutan. Tutup dulu bulan sebelumnya."
    english = "Months are closed in order. Close the one before it first."
