"""The public API as the portal's tests need it: fixed answers, and a record of what was asked."""

import base64
import json
import re
import time
from collections.abc import Callable
from typing import Any

import httpx2

from services.portal.session import Seal, Session
from services.portal.settings import PortalSettings
from services.portal.tests.card_samples import CARD_STATUS, ISSUED_CARD, OFFICER_CARD, QUEUED_CARD
from services.portal.tests.helping_samples import MANDATE
from services.portal.tests.labour_samples import MONTH, PLACEMENT
from services.portal.tests.samples import (
    ANNOUNCEMENT,
    APPLICATION,
    APPLICATION_READER,
    CARD_READER,
    CAREER,
    CONSENTS,
    DATA_REQUEST,
    DEVICES,
    DISABILITY,
    DISABILITY_TEXT,
    DOCUMENT,
    EMPLOYER,
    FACETS,
    FIGURES,
    KEPT,
    LETTER,
    MESSAGE,
    NEWS,
    PREFERENCES,
    PREVIEW,
    PROFILE,
    PUBLIC_EMPLOYER,
    RECOVERING,
    SAVED,
    SEARCH,
    SHARED_DISABILITY,
    SUMMARY,
    SYNONYMS,
    VACANCY,
    WHYS,
)
from services.portal.tests.training_samples import ENROLMENT, PRODUCT, QUESTION, RESULTS, TRAINING

KEY = base64.b64encode(b"k" * 32).decode()
ORIGIN = "http://localhost:8080"
Reply = tuple[int, Any]


def page(*items: Any, **more: Any) -> dict[str, Any]:
    return {"items": list(items), "next": None, **more}


def problem(status: int, code: str, **more: Any) -> Reply:
    return status, {"type": f"/kesalahan/{code}", "title": f"Judul {code}", "status": status, "code": code, **more}


class FakeApi:
    """Answers by method and path pattern; `replies` of a test go before the usual ones."""

    def __init__(self) -> None:
        self.asked: list[httpx2.Request] = []
        self.replies: dict[str, Reply | Callable[[httpx2.Request], Reply]] = {}
        self.usual: dict[str, Reply] = {
            "GET /vacancies": (200, page(SUMMARY, facets=FACETS, total=1, relaxed=False)),
            "GET /vacancies/mine": (200, page(VACANCY)),
            "GET /vacancies/[^/]+/figures": (200, FIGURES),
            "GET /vacancies/[^/]+": (200, VACANCY),
            "GET /officer/vacancies": (200, page({**VACANCY, "state": "submitted"})),
            "GET /officer/employers": (200, page({**EMPLOYER, "state": "pending"})),
            "GET /officer/revisions": (200, page()),
            "GET /officer/reasons": (200, {"items": []}),
            "GET /officer/reports": (200, page()),
            "GET /officer/synonyms": (200, {"items": [SYNONYMS], "built_in": 190}),
            "POST /vacancies/bulk/check": (200, PREVIEW),
            "GET /wages": (200, {"items": [], "current": None, "floors": None}),
            "POST /vacancies/check": (200, {"findings": []}),
            "GET /employers/emp_[^/]+": (200, PUBLIC_EMPLOYER),
            "GET /employers/emp_[^/]+/vacancies": (200, page(SUMMARY)),
            "GET /employers/me": (200, EMPLOYER),
            "GET /seekers/me/saved-vacancies": (200, page(SAVED)),
            "GET /seekers/me/saved-searches": (200, page(SEARCH)),
            "GET /seekers/me": (200, PROFILE),
            "GET /applications": (200, page(APPLICATION)),
            "GET /applications/disability": (200, page(SHARED_DISABILITY)),
            "GET /applications/disability/text": (200, DISABILITY_TEXT),
            "GET /applications/drafts": (200, {"items": []}),
            "GET /applications/readers": (200, page(APPLICATION_READER)),
            "GET /seekers/me/consents": (200, {"items": CONSENTS}),
            "GET /seekers/me/readers": (200, page(CARD_READER)),
            "GET /applications/drafts/[^/]+": problem(404, "not_found"),
            "DELETE /applications/drafts/[^/]+": (200, {}),
            "GET /applications/whys": (200, WHYS),
            "GET /placements": (200, page(PLACEMENT)),
            "GET /placements/[^/]+": (200, PLACEMENT),
            "GET /labour/months/[^/]+": (200, MONTH),
            "GET /applications/whys/vacancy": (200, WHYS),
            "GET /applications/[^/]+": (200, APPLICATION),
            "GET /trainings": (200, page(TRAINING)),
            "GET /trainings/all": (200, page(TRAINING, {**TRAINING, "state": "draft"})),
            "GET /trainings/[^/]+": (200, TRAINING),
            "GET /trainings/[^/]+/results": (200, RESULTS),
            "GET /trainings/[^/]+/enrolments": (200, page(ENROLMENT)),
            "GET /trainings/[^/]+/enrolments/mine": (200, page()),
            "GET /products": (200, page(PRODUCT)),
            "GET /products/[^/]+": (200, PRODUCT),
            "GET /enrolments/[^/]+/product": (200, page(PRODUCT)),
            "GET /enrolments/[^/]+/product/questions": (200, page(QUESTION)),
            "GET /enrolments": (200, page(ENROLMENT)),
            "GET /enrolments/[^/]+": (200, ENROLMENT),
            "GET /seekers/me/career": (200, CAREER),
            "GET /seekers/me/documents": (200, page(KEPT)),
            "GET /seekers/me/disability": (200, DISABILITY),
            "GET /seekers/me/cards": (200, page(ISSUED_CARD)),
            "GET /seekers/cards": (200, page(QUEUED_CARD)),
            "GET /seekers/cards/[^/]+": (200, OFFICER_CARD),
            "GET /seekers/papers/[^/]+": (200, CARD_STATUS),
            "GET /notifications": (200, page(NEWS)),
            "GET /notifications/preferences": (200, PREFERENCES),
            "GET /notifications/devices": (200, DEVICES),
            "GET /notifications/messages": (200, page(MESSAGE)),
            "GET /notifications/templates": (200, ["code", "rejected"]),
            "GET /notifications/templates/rejected": (200, LETTER),
            "GET /notifications/announcements": (200, page(ANNOUNCEMENT)),
            "GET /notifications/announcements/[^/]+": (200, ANNOUNCEMENT),
            "GET /accounts/me/requests": (200, {"items": [DATA_REQUEST]}),
            "GET /mandates": (200, {"items": [MANDATE]}),
            "GET /accounts/recoveries": (200, {"items": [RECOVERING]}),
            "POST /accounts/find": (200, {**RECOVERING, "recovery": None}),
            "POST /seekers/find": (200, {"seeker_id": "acc_1"}),
            "GET /accounts/requests": (200, {"items": [DATA_REQUEST]}),
            "GET /accounts/requests/[^/]+": (200, DATA_REQUEST),
            "GET /accounts/me": (
                200,
                {"id": "acc_1", "role": "seeker", "name": "Siti", "phone": "+62", "email": None},
            ),
            "GET /docs/vacancy/openapi.json": (200, DOCUMENT),
        }

    def sent(self, method: str, path: str) -> list[Any]:
        """The bodies of matching requests, in order."""
        found = [r for r in self.asked if f"{r.method} {_short(r)}" == f"{method} {path}"]
        return [json.loads(request.content or b"null") for request in found]

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        name = f"{request.method} {_short(request)}"
        for pattern, reply in (*self.replies.items(), *self.usual.items()):
            if re.fullmatch(pattern, name):
                status, body = reply(request) if callable(reply) else reply
                etag = {"ETag": f'"{body["version"]}"'} if isinstance(body, dict) and "version" in body else {}
                return httpx2.Response(status, json=body, headers=etag)
        return httpx2.Response(404, json=problem(404, "not_found")[1])


def _short(request: httpx2.Request) -> str:
    return request.url.path.removeprefix("/api/v1")


def settings(**given: Any) -> PortalSettings:
    return PortalSettings(**{"cookie_key": KEY, "api_url": "http://api", "public_url": ORIGIN, **given})


def cookie(session: Session) -> dict[str, str]:
    return {"Cookie": f"sesi={Seal(KEY).close(session)}"}


def signed_in_as(role: str) -> Session:
    return Session(access="at", refresh="rt", expires_at=int(time.time()) + 600, role=role, name="Siti")
