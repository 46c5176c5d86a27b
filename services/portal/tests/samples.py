"""Answers of the public API, as full as they come."""

from typing import Any

LATER = "2999-01-31T17:00:00Z"
SUMMARY: dict[str, Any] = {
    "id": "vac_1",
    "number": "LWK-2026-000001",
    "slug": "penjahit",
    "title": "Penjahit",
    "employer": {"id": "emp_1", "name": "Konveksi Contoh", "verified": True},
    "kind": "full_time",
    "workplace": "onsite",
    "kelurahan_code": "35.77.01.1008",
    "kelurahan": "Kartoharjo",
    "location_text": None,
    "wage": {"min": 2_000_000, "max": 2_600_000, "per": "month"},
    "openings": 2,
    "closes_at": LATER,
    "published_at": "2026-11-20T03:00:00Z",
}
VACANCY: dict[str, Any] = {
    **SUMMARY,
    "state": "published",
    "reason": None,
    "contract": "permanent",
    "occupation": None,
    "address": None,
    "hours": {
        "days": ["mon", "tue"],
        "start": "08:00",
        "end": "16:00",
        "flexible": True,
        "shift": False,
        "night": False,
    },
    "description": "Menjahit </script><b>seragam</b>\n- rapi",
    "conditions": "Teliti",
    "education_min": {"form": "rinci", "code": "3000"},
    "experience_months": 12,
    "skills": ["menjahit"],
    "benefits": ["THR"],
    "may_bring_child": True,
    "closes_on": "2999-01-31",
    "answer_by": "2999-02-07",
    "created_at": "2026-11-19T03:00:00Z",
    "version": 3,
    "source": "city",
    "origin": None,
    "waiting": None,
    "history": [{"state": "published", "at": "2026-11-20T03:00:00Z", "actor": "officer", "reason": None}],
    "waiting_since": "2026-11-19T03:00:00Z",
}
PIECEWORK: dict[str, Any] = {
    "rate": 500,
    "minutes_per_piece": 6,
    "sample_tested": False,
    "materials_by": "employer",
    "collected_by": "worker",
    "pay_day": "weekly",
    "defect_rule": "Diperbaiki dulu, lalu dibayar penuh.",
}
EMPLOYER: dict[str, Any] = {
    "id": "emp_1",
    "name": "Konveksi Contoh",
    "size": "small",
    "nib": "9999000000001",
    "kelurahan_code": "35.77.01.1008",
    "kelurahan": "Kartoharjo",
    "address": "Jl. Contoh 1",
    "address_public": True,
    "industry": None,
    "state": "verified",
    "reason": None,
    "version": 2,
    "created_at": "2026-11-19T03:00:00Z",
    "waiting_since": "2026-11-19T03:00:00Z",
}
APPLICATION: dict[str, Any] = {
    "id": "app_1",
    "number": "LMR-2026-000001",
    "vacancy": {
        "id": "vac_1",
        "number": "LWK-2026-000001",
        "title": "Penjahit",
        "employer_name": "Konveksi Contoh",
        "kelurahan_code": "35.77.01.1008",
        "closes_at": LATER,
        "answer_by": "2999-02-07",
        "state": "published",
    },
    "state": "viewed",
    "note": "Saya bisa mulai besok.",
    "submitted_at": "2026-11-21T03:00:00Z",
    "updated_at": "2026-11-21T04:00:00Z",
    "version": 2,
    "reason": None,
    "start_date": None,
    "answer_by": "2999-02-07",
    "answer_until": None,
    "commands": ["shortlist", "offer_interview", "offer_job", "reject"],
    "interview": None,
    "offer": None,
    "history": [{"state": "viewed", "at": "2026-11-21T04:00:00Z", "actor": "employer", "reason": None}],
    "applicant": {"name": "Siti", "kelurahan_code": "35.77.01.1008", "education": None, "skills": ["menjahit"]},
}
INVITED: dict[str, Any] = {
    **APPLICATION,
    "state": "interview_offered",
    "commands": ["withdraw", "accept", "decline", "reschedule"],
    "interview": {
        "starts_at": "2999-01-31T02:30:00Z",
        "remote": False,
        "place": "Jl. Contoh 1",
        "contact": "Bu Ratna",
        "reply_by": "2999-01-29T10:00:00Z",
        "wish": None,
    },
}
OFFERED: dict[str, Any] = {
    **INVITED,
    "state": "offered",
    "commands": ["withdraw", "accept", "decline"],
    "offer": {
        "wage": {"min": 2_500_000, "max": None, "per": "month"},
        "hours": "Senin sampai Sabtu",
        "start_date": "2999-02-02",
        "reply_by": "2999-01-31T10:00:00Z",
    },
}
PROFILE: dict[str, Any] = {
    "name": "Siti",
    "phone": "+6283900000001",
    "email": None,
    "kelurahan_code": "35.77.01.1008",
    "education": {"form": "rinci", "code": "3802"},
    "graduation_year": 2014,
    "skills": ["menjahit"],
    "licences": ["sim_c"],
    "experience_months": None,
    "wishes": {"titles": ["penjahit"], "kinds": ["part_time"], "hours": None, "bring_child": True, "no_night": False},
    "nik": "3577********0001",
    "nik_birth_date": "1995-03-12",
    "nik_sex": "female",
    "warnings": ["region_differs"],
    "version": 4,
}
CAREER: dict[str, Any] = {
    "about": "Teliti.",
    "school": None,
    "jobs": [
        {"employer": "Toko Sri", "title": "Penjaga toko", "since": "2023-07", "until": None, "text": None},
        {"employer": "Melati", "title": "Penjahit", "since": "2019-03", "until": "2023-06", "text": "Seragam"},
    ],
    "courses": [{"name": "Menjahit dasar", "by": None, "year": 2018}],
    "version": 4,
}
KEPT = {
    "id": "doc_1",
    "kind": "diploma",
    "media_type": "application/pdf",
    "size": 81_400,
    "state": "clean",
    "created_at": "2026-11-20T03:00:00Z",
}
NEWS = {
    "id": "msg_1",
    "kind": "viewed",
    "title": "Ada kabar",
    "text": "Lamaran Penjahit dibaca.",
    "at": "2026-11-21T04:00:00Z",
    "state": "sent",
    "channels": [{"channel": "email", "state": "sent"}],
}
MESSAGE = {
    "id": "evt_1:rejected:email:acc_1",
    "template": "rejected",
    "channel": "email",
    "lane": "transactional",
    "recipient": "acc_1",
    "state": "failed",
    "code": "smtp_550",
    "attempts": 2,
    "created_at": "2026-11-21T04:00:00Z",
    "settled_at": "2026-11-21T04:01:00Z",
    "not_after": "2026-11-28T04:00:00Z",
    "again": {"of": "evt_0", "by": "acc_9", "reason": "Diminta orangnya", "at": "2026-11-21T04:00:00Z"},
    "may_send_again": True,
}
LETTER = {
    "name": "rejected",
    "readings": [
        {
            "language": "id",
            "subject": "Ada kabar",
            "text": "Halo",
            "html": "",
            "title": "K",
            "notice": "K.",
            "sms": "S",
        },
        {"language": "en", "subject": None, "text": None, "html": None, "title": None, "notice": None, "sms": "S"},
    ],
}
ANNOUNCEMENT: dict[str, Any] = {
    "id": "ann_20261124abcdef",
    "purpose": "news",
    "state": "draft",
    "indonesian": {"title": "Bursa kerja di Balai Kota", "body": "Sabtu pukul 08.00.\nGratis."},
    "english": {"title": "Job fair", "body": "On Saturday."},
    "path": "/lowongan",
    "segment": {"kelurahan": ["35.77.01.1008"], "education": [], "work_kinds": ["daily"]},
    "per_minute": 60,
    "author": "acc_9",
    "reached": 0,
    "recipients": 12,
    "mine": False,
    "history": [{"state": "draft", "at": "2026-11-24T03:00:00Z", "by": "acc_9"}],
}
DEVICES: dict[str, Any] = {
    "public_key": "BPublicKey",
    "items": [{"id": "dev_" + "0" * 32, "added_at": "2026-11-24T03:05:00Z"}],
}
PREFERENCES: dict[str, Any] = {
    "language": "id",
    "kinds": [
        {
            "kind": "decisions",
            "channels": [
                {"channel": "email", "on": True, "may_switch": False},
                {"channel": "sms", "on": True, "may_switch": True},
            ],
        },
        {"kind": "saved", "channels": [{"channel": "email", "on": False, "may_switch": True}]},
        {"kind": "safety", "channels": [{"channel": "sms", "on": True, "may_switch": False}]},
    ],
    "news": False,
    "work_kinds": ["daily"],
    "shared_phone": False,
    "version": 3,
}
SAVED = {
    "vacancy_id": "vac_1",
    "number": "LWK-2026-000001",
    "slug": "penjahit",
    "title": "Penjahit",
    "employer_name": "Konveksi Contoh",
    "kelurahan_code": "35.77.01.1008",
    "state": "published",
    "closes_at": LATER,
    "saved_at": "2026-11-21T04:00:00Z",
}
SEARCH: dict[str, Any] = {
    "id": "srch_1",
    "name": None,
    "q": "jahit",
    "kelurahan": ["35.77.01.1008"],
    "kind": ["part_time"],
    "wage_min": 1_000_000,
    "from_home": True,
    "rhythm": "weekly",
    "hour": 7,
    "channel": "email",
    "active": True,
    "next_at": "2026-11-28T00:00:00Z",
    "created_at": "2026-11-21T04:00:00Z",
}
TOKENS = {"access_token": "at", "refresh_token": "rt", "token_type": "Bearer", "expires_in": 600, "role": "seeker"}
FACETS = {"kelurahan": [{"value": "35.77.01.1008", "count": 1}], "kind": [{"value": "full_time", "count": 1}]}
DOCUMENT = {"paths": {"/api/v1/vacancies": {"get": {"operationId": "search", "responses": {"200": {}}}}}}
SYNONYMS: dict[str, Any] = {
    "id": "syn_1",
    "canonical": "penjahit",
    "variants": ["tukang jahit", "garmen"],
    "created_at": "2026-11-20T03:00:00Z",
}
_ROW: dict[str, Any] = {"row": 2, "title": "Kasir", "vacancy": None, "wrong": [], "missing": [], "warnings": []}
_SENT: dict[str, Any] = {"title": "Kasir", "wage": {"min": 2_422_105, "per": "month"}, "closes_on": "2999-01-31"}
PREVIEW: dict[str, Any] = {
    "rows": [
        {**_ROW, "vacancy": _SENT, "warnings": [{"column": "uraian", "detail": "“wanita”: sebut kemampuannya."}]},
        {**_ROW, "row": 3, "vacancy": {"title": "Sopir"}, "missing": [{"column": "upah_min", "detail": "Isi upah."}]},
        {**_ROW, "row": 4, "wrong": [{"column": "kelurahan", "detail": "Tulis nama kelurahan."}]},
    ],
    "complete": 1,
    "drafts": 2,
    "wrong": 1,
    "unknown_columns": ["catatan"],
}
FIGURES: dict[str, Any] = {
    "id": "vac_1",
    "number": "LWK-2026-000001",
    "title": "Penjahit",
    "days": [
        {"day": "2026-11-23", "views": 0, "saves": 0, "applications": 0},
        {"day": "2026-11-24", "views": 12, "saves": 3, "applications": 1},
    ],
    "views": 12,
    "saves": 3,
    "applications": 1,
}
PUBLIC_EMPLOYER: dict[str, Any] = {
    "id": "emp_1",
    "name": "Konveksi Contoh",
    "verified": True,
    "kelurahan_code": "35.77.01.1008",
    "kelurahan": "Kartoharjo",
    "address": None,
    "partner": False,
}

_GIVEN = {"text_version": "2026-12", "given_at": "2026-11-20T03:00:00Z", "channel": "web", "mandate": None}
CONSENTS: list[dict[str, Any]] = [
    {
        **{"kind": "job_alerts", "given": True, "text": "Boleh mengirimi saya kabar.", "text_version": "2026-12"},
        **{"given_at": "2026-11-20T03:00:00Z", "newer_text": False, "history": [{**_GIVEN, "withdrawn_at": None}]},
    },
    {
        **{"kind": "match_hints", "given": True, "text": "Boleh membandingkan.", "text_version": "2026-12"},
        **{"given_at": None, "newer_text": False, "history": []},
    },
    {
        **{"kind": "province_share", "given": False, "text": "Boleh mengirim.", "text_version": "2026-12"},
        **{"given_at": None, "newer_text": False},
        "history": [{**_GIVEN, "withdrawn_at": "2026-11-21T03:00:00Z"}],
    },
]

APPLICATION_READER: dict[str, Any] = {
    "number": "LMR-2026-000123",
    "title": "Penjahit seragam sekolah",
    "reader": "employer",
    "name": "Konveksi Melati",
    "ways": ["listed", "opened"],
    "times": 3,
    "first_at": "2026-11-24T02:00:00Z",
    "last_at": "2026-11-24T03:00:00Z",
}

CARD_READER: dict[str, Any] = {
    "number": "3577-2026-000123-0",
    "reader": "officer",
    "ways": ["opened", "downloaded"],
    "times": 1,
    "first_at": "2026-11-25T03:00:00Z",
    "last_at": "2026-11-25T03:00:00Z",
}

DATA_REQUEST: dict[str, Any] = {
    "id": "req_1",
    "account_id": "acc_1",
    "role": "seeker",
    "kind": "erasure",
    "state": "open",
    "asked_at": "2026-11-24T03:00:00Z",
    "due_at": "2026-11-27T03:00:00Z",
    "warn_at": "2026-11-26T03:00:00Z",
    "ended_at": None,
    "erase_at": None,
    "words": "Saya pindah kota",
    "answer": None,
}

RECOVERING = {
    "account_id": "acc_1",
    "role": "seeker",
    "contact": {"name": "S*** A***", "phone": "+62839******01", "email": None},
    "registered_at": "2026-10-01T03:00:00Z",
    "recovery": {
        "id": "rcv_1",
        "state": "requested",
        "paper": "ktp",
        "new_phone": "+62839******09",
        "reason": "HP mati total",
        "asked_by": "acc_officer",
        "asked_by_name": "Pak Joko",
        "asked_at": "2026-11-24T03:00:00Z",
        "until": "2026-11-25T03:00:00Z",
        "ended_by": None,
        "ended_at": None,
        "mine": False,
    },
}

WHYS: dict[str, Any] = {
    "as_of": "2026-11-22T17:00:00Z",
    "items": [
        {"group": "7", "label": "7", "reasons": [{"why": "far", "people": 10}, {"why": "child", "people": 5}]},
    ],
}

DISABILITY: dict[str, Any] = {
    "condition": "Tuli sejak lahir",
    "help": "Instruksi tertulis",
    "updated_at": "2026-11-24T03:00:00Z",
}

DISABILITY_TEXT: dict[str, Any] = {"text_version": "2026-12", "text": "Perusahaan ini boleh membaca keterangan saya."}

SHARED_DISABILITY: dict[str, Any] = {
    "application_id": "app_1",
    "number": "LMR-2026-000123",
    "title": "Penjahit seragam sekolah",
    "employer_name": "Konveksi Melati",
    "condition": "Tuli sejak lahir",
    "help": "Instruksi tertulis",
    "consents": [{"text_version": "2026-12", "given_at": "2026-11-24T03:00:00Z", "withdrawn_at": None}],
}
