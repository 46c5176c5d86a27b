"""Words of the pages for what is printed or put into a table here."""

from shared.contracts.application import ApplicationState

STATES: dict[ApplicationState, str] = {
    "submitted": "Terkirim",
    "viewed": "Dibaca",
    "shortlisted": "Daftar pilihan",
    "interview_offered": "Diundang",
    "interview_accepted": "Wawancara pasti",
    "interview_rescheduled": "Minta waktu lain",
    "interview_declined": "Tidak bisa hadir",
    "offered": "Ditawari kerja",
    "offer_accepted": "Tawaran diterima",
    "offer_declined": "Tawaran ditolak",
    "hired": "Diterima kerja",
    "rejected": "Belum terpilih",
    "withdrawn": "Ditarik",
    "closed_without_reply": "Tanpa jawaban",
    "cancelled": "Dibatalkan",
}
