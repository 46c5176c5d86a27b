"""AK-1 cards as the API shows them."""

from typing import Any

DETAILS: dict[str, Any] = {
    "birth_place": "Madiun",
    "birth_date": "1990-02-25",
    "sex": "female",
    "address": "Jl. Kelapa Manis 12 RT 03 RW 05",
    "kelurahan_code": "35.77.03.1005",
    "religion": "islam",
    "marital_status": "married",
}
DRAFT_CARD: dict[str, Any] = {
    "id": "card_2",
    "state": "draft",
    "details": DETAILS,
    "has_photo": True,
    "note": None,
    "return_reason": None,
    "number": None,
    "submitted_at": None,
    "issued_on": None,
    "valid_until": None,
    "report_on": None,
    "report_until": None,
    "reports": [],
    "renewable": False,
    "ended_on": None,
}
ISSUED_CARD: dict[str, Any] = {
    **DRAFT_CARD,
    "id": "card_1",
    "state": "issued",
    "number": "3577-2026-000123-0",
    "submitted_at": "2026-11-23T03:00:00Z",
    "issued_on": "2026-11-24",
    "valid_until": "2028-11-24",
    "report_on": "2027-05-24",
    "report_until": "2027-06-23",
}
OFFICER_CARD: dict[str, Any] = {
    **DRAFT_CARD,
    "id": "card_1",
    "state": "submitted",
    "submitted_at": "2026-11-23T03:00:00Z",
    "seeker_id": "acc_1",
    "name": "Siti Aminah",
    "nik": "3577036502900000",
    "nik_birth_date": "1990-02-25",
    "nik_sex": "female",
    "education": {"form": "rinci", "code": "3801"},
    "graduation_year": 2008,
    "skills": ["menjahit"],
    "warnings": ["region_differs"],
    "revoke_reason": None,
    "issued_by": None,
}
QUEUED_CARD: dict[str, Any] = {
    "id": "card_1",
    "name": "Siti Aminah",
    "kelurahan_code": "35.77.03.1005",
    "submitted_at": "2026-11-23T03:00:00Z",
}
CARD_STATUS: dict[str, Any] = {
    "type": "ak1",
    "number": "3577-2026-000123-0",
    "initials": "SA",
    "issued": "2026-11-24",
    "valid_until": "2028-11-24",
    "state": "valid",
}
