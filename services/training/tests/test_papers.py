"""Certificates over HTTP: a PDF for whoever earned it, and a check for whoever holds it."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from services.training.certificates import Certificates
from services.training.settings import TrainingSettings
from services.training.tests.conftest import BUDI, NOW, SITI, Desk, Http
from services.training.tests.test_ending import finished
from shared.papers.signing import PaperSigner

CHECK = "/trainings/papers/"


@pytest.fixture
def papers(settings: TrainingSettings) -> Certificates:
    return Certificates(PaperSigner(settings.paper_key), public_url="http://test")


async def test_the_certificate_names_the_person_the_training_and_how_often_they_came(
    http: Http, desk: Desk, named: Callable[[str, str], Any]
) -> None:
    _, siti, _ = await finished(desk)
    here = f"/enrolments/{siti}/certificate"
    early = await http.ask("GET", here)
    assert (early.status_code, early.json()["code"]) == (409, "name_missing")
    await named(SITI, "Siti Nur Aminah")
    answer = await http.ask("GET", here)
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("application/pdf", "no-store")
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    for words in (
        "Sertifikat Pelatihan",
        "SRT-2026-000001",
        "Siti Nur Aminah",
        "Menjual lewat HP",
        "2 dari 3 pertemuan",
    ):
        assert words in text
    assert (await http.ask("GET", here, as_=BUDI)).status_code == 404


async def test_who_did_not_complete_has_no_certificate(http: Http, desk: Desk) -> None:
    _, _, budi = await finished(desk)
    refused = await http.ask("GET", f"/enrolments/{budi}/certificate", as_=BUDI)
    assert (refused.status_code, refused.json()["state"]) == (409, "missed")


async def test_anybody_checks_a_certificate_by_its_code_and_by_nothing_less(
    http: Http, desk: Desk, papers: Certificates
) -> None:
    _, siti, _ = await finished(desk)
    code = papers.code(await desk.stores.enrolments.load(siti), name="Siti Nur Aminah")
    found = (await http.ask("GET", CHECK + code, as_=None)).json()
    assert found == {
        "type": "sertifikat",
        "number": "SRT-2026-000001",
        "initials": "SNA",
        "issued": (NOW + timedelta(days=12, hours=10)).date().isoformat(),
        "valid_until": None,
        "state": "valid",
        "title": "Menjual lewat HP",
    }
    for wrong in ("SRT-2026-000001", code[:-1] + ("A" if code[-1] != "A" else "B"), code.replace("000001", "000002")):
        assert (await http.ask("GET", CHECK + wrong, as_=None)).status_code == 404


async def test_a_one_tap_answer_needs_no_sign_in_and_a_read_changes_nothing(http: Http, desk: Desk) -> None:
    _, siti, _ = await finished(desk)
    body = {"token": desk.tokens.make(siti, 6), "outcome": "own_business"}
    assert (await http.ask("GET", f"/enrolments/answers?token={body['token']}", as_=None)).status_code in (
        401,
        404,
        405,
    )
    assert (await desk.stores.enrolments.load(siti)).answers == ()
    assert (await http.ask("POST", "/enrolments/answers", body, as_=None)).status_code == 204
    assert (await http.ask("GET", f"/enrolments/{siti}")).json()["outcome"] == "own_business"
    refused = await http.ask("POST", "/enrolments/answers", {**body, "token": "x"}, as_=None)
    assert (refused.status_code, refused.json()["code"]) == (404, "token_unknown")
