"""Answers about trainings, as full as they come."""

from typing import Any

TRAINING: dict[str, Any] = {
    "id": "trn_1",
    "number": "PLT-2026-000001",
    "title": "Menjual lewat HP",
    "field": "Digital",
    "description": "Belajar memotret barang dan melayani pembeli.",
    "kelurahan_code": "35.77.01.1008",
    "place": "Balai Kota, Jl. Pahlawan 37",
    "sessions": [
        {"starts_at": "2999-01-30T02:00:00Z", "ends_at": "2999-01-30T05:00:00Z"},
        {"starts_at": "2999-01-31T02:00:00Z", "ends_at": "2999-01-31T05:00:00Z"},
    ],
    "starts_at": "2999-01-30T02:00:00Z",
    "ends_at": "2999-01-31T05:00:00Z",
    "capacity": 180,
    "seats_left": 12,
    "audience": "residents",
    "attendance_needed": 2,
    "enrolment_opens_at": "2026-11-20T03:00:00Z",
    "enrolment_closes_at": "2999-01-29T17:00:00Z",
    "enrolment": "open",
    "state": "published",
    "reason": None,
    "version": 2,
}
ENROLMENT: dict[str, Any] = {
    "id": "enr_1",
    "training": {name: TRAINING[name] for name in ("id", "number", "title", "starts_at", "ends_at")},
    "state": "offered",
    "place_in_line": None,
    "reply_by": "2999-01-20T03:00:00Z",
    "follow_up": True,
    "attended": [1],
    "certificate_number": None,
    "outcome": None,
    "enrolled_at": "2026-11-21T04:00:00Z",
    "updated_at": "2026-11-21T04:00:00Z",
    "history": [{"state": "waiting", "at": "2026-11-21T04:00:00Z", "actor": "seeker"}],
    "version": 2,
    "name": "Siti",
}
RESULTS: dict[str, Any] = {
    "enrolled": 200,
    "confirmed": 178,
    "waiting": 20,
    "completed": 0,
    "missed": 0,
    "attended": [170, 0],
    "answered": 2,
    "outcomes": {"first_sale": 2},
    "after": [{"months": months, "answered": 4, "selling": 2, "working": 1} for months in (3, 6, 12)],
}
PRODUCT: dict[str, Any] = {
    "id": "prd_1",
    "name": "Keripik tempe",
    "description": "Renyah, tanpa pengawet.",
    "price": 15_000,
    "unit": "bungkus",
    "kelurahan_code": "35.77.01.1008",
    "state": "shown",
    "reason": None,
    "updated_at": "2026-11-21T04:00:00Z",
    "version": 1,
}
QUESTION = {"text": "Bisa pesan 20?", "reply_to": "0839 0000 0123", "asked_at": "2026-11-21T04:00:00Z"}
