"""Values as they come, for every name that the texts use: what officers see in the preview, and what the tests
keep."""

from datetime import UTC, datetime
from types import SimpleNamespace

from services.notifier.domain import Params
from services.notifier.planner.table import TABLE

NAME = "Siti Aminah"
_TOKENS = ("answer_token", "report_token", "vacancy_id", "vacancy_number", "stop_token", "enrolment_id")
_EVENT = SimpleNamespace(**dict.fromkeys(_TOKENS, "contoh"))
LINKS = {
    row.template: (row.link.format(id="contoh", event=_EVENT), row.short) for rows in TABLE.values() for row in rows
}
SPECIMEN: Params = {
    "judul": "Penjahit seragam",
    "usaha": "Konveksi Melati",
    "nomor": "LMR-2026-000123",
    "waktu": datetime(2026, 11, 24, 3, 5, tzinfo=UTC),
    "janji": "2026-12-01",
    "alasan": "lokasi terlalu jauh dari rumah",
    "mulai": "2026-12-07",
    "tutup": datetime(2026, 12, 1, 16, 59, tzinfo=UTC),
    "batas": datetime(2026, 12, 4, 16, 59, tzinfo=UTC),
    "berlaku": "2028-11-24",
    "lapor": "2027-05-24",
    "sebab": "photo_unclear",
    "id4": "0123",
    "sertifikat": "SRT-2026-000123",
    "bulan": 3,
    "acara": datetime(2026, 12, 7, 2, 30, tzinfo=UTC),
    "daring": 0,
    "tawaran": [{"upah_dari": 2_500_000, "upah_sampai": None, "per": "month"}],
    "jam": "Senin sampai Sabtu, 08.00 sampai 16.00",
    "jawaban": "interview_accepted",
    "lewat": 0,
    "terisi": 1,
    "kode": "123456",
    "penting": 0,
    "virus": 1,
    "henti_kode": "K7QM3FWD",
    "hasil": "done",
    "jumlah": 12,
    "lain": 10,
    "daftar": [
        {
            "judul": "Penjahit seragam",
            "nomor": "LMR-2026-000123",
            "usaha": "Konveksi Melati",
            "rumah": True,
            "tempat": None,
            "upah_dari": 3_000,
            "upah_sampai": None,
            "per": "piece",
            "alamat": "/lowongan/LWK-2026-000001",
        },
        {
            "judul": "Kasir toko",
            "nomor": "LMR-2026-000124",
            "usaha": "Toko Barokah",
            "rumah": False,
            "tempat": "Nambangan Kidul",
            "upah_dari": 2_500_000,
            "upah_sampai": 3_000_000,
            "per": "month",
            "alamat": "/lowongan/LWK-2026-000002",
        },
    ],
    "judul_kabar": "Bursa kerja di Balai Kota",
    "judul_kabar_en": "Job fair at the city hall",
    "paragraf": [
        {"teks": "Sabtu, 5 Desember 2026, pukul 08.00 sampai 15.00 WIB, ada bursa kerja dengan 20 usaha."},
        {"teks": "Gratis. Bawa KTP dan, bila ada, ijazah terakhir."},
    ],
    "paragraf_en": [
        {"teks": "On Saturday, 5 December 2026, from 08.00 to 15.00 WIB, there is a job fair with 20 employers."},
        {"teks": "It is free. Bring your ID card and, if you have one, your last diploma."},
    ],
    "atur": "/simpanan",
    "henti": "/kabar/henti?t=contoh",
}
_ONE = {"new_application": ("jumlah", "lain", "daftar")}


def specimen(template: str) -> Params:
    """What a message of that name could carry."""
    return {name: value for name, value in SPECIMEN.items() if name not in _ONE.get(template, ())}
