"""Structured data for search engines, and typed text that stays text."""

from services.portal.posting import job_posting, vacancy_path
from services.portal.prose import prose
from services.portal.tests.fake_api import ORIGIN
from services.portal.tests.samples import VACANCY


def test_job_posting() -> None:
    posting = job_posting(VACANCY, origin=ORIGIN)
    assert posting["url"] == f"{ORIGIN}/lowongan/LWK-2026-000001-penjahit"
    assert posting["validThrough"] == "2999-01-31T16:59:59+00:00"
    assert posting["employmentType"] == "FULL_TIME"
    value = {"@type": "QuantitativeValue", "unitText": "MONTH", "minValue": 2_000_000, "maxValue": 2_600_000}
    assert posting["baseSalary"]["value"] == value
    assert "<b>" not in posting["description"]


def test_home_work_by_the_piece() -> None:
    piece = {**VACANCY, "workplace": "home", "wage": {"min": 500, "max": None, "per": "piece"}}
    posting = job_posting(piece, origin=ORIGIN)
    assert posting["jobLocationType"] == "TELECOMMUTE"
    assert "baseSalary" not in posting


def test_path_without_slug() -> None:
    assert vacancy_path({"number": "LWK-2026-000001", "slug": ""}) == "/lowongan/LWK-2026-000001"


def test_prose() -> None:
    shown = prose("Satu <b>\ndua\n\nTugas:\n- rapi & bersih\n2. cepat\nSelesai")
    assert shown == (
        "<p>Satu &lt;b&gt;<br>dua</p><p>Tugas:</p><ul><li>rapi &amp; bersih</li><li>cepat</li></ul><p>Selesai</p>"
    )
    assert prose(None) == ""
