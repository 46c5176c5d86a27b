"""A seeker's papers over HTTP: the proof of an application, and the report of a period."""

import io
from datetime import timedelta

import httpx2
import pytest
from pypdf import PdfReader

from services.application.settings import ApplicationSettings
from services.application.tests.conftest import BUDI, OFFICER, OWNER, SITI, Http, World
from shared.clock import now, today
from shared.papers.signing import PaperSigner, PaperVerifier

TODAY = today(now())
MONTH = {"from": (TODAY - timedelta(days=30)).isoformat(), "to": TODAY.isoformat()}


def text_of(answer: httpx2.Response) -> str:
    assert answer.status_code == 200, answer.text
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("application/pdf", "no-store")
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def signed(settings: ApplicationSettings, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes that are printed as QR, as they are signed."""
    codes: list[str] = []
    sign = PaperSigner.sign

    def kept(self: PaperSigner, facts: object) -> str:
        codes.append(sign(self, facts))  # type: ignore[arg-type]
        return codes[-1]

    monkeypatch.setattr(PaperSigner, "sign", kept)
    return codes


async def test_the_proof_says_who_applied_where_and_when_and_its_code_verifies(
    http: Http, world: World, settings: ApplicationSettings, signed: list[str]
) -> None:
    sent = (await http.apply()).json()
    early = await http.get(f"/{sent['id']}/proof.pdf")
    assert (early.status_code, early.json()["code"]) == (409, "name_missing")
    await world.seeker(SITI, "Siti Nur Aminah")
    answer = await http.get(f"/{sent['id']}/proof.pdf")
    text = text_of(answer)
    for words in ("Bukti Lamaran Kerja", sent["number"], "Siti Nur Aminah", "Penjahit", "Konveksi Melati", "WIB"):
        assert words in text
    facts = PaperVerifier(PaperSigner(settings.paper_key).published()).verify(signed[-1])
    assert (facts.type, facts.number, facts.initials, facts.issued) == ("lamaran", sent["number"], "SNA", TODAY)
    assert "83900000001" not in text


async def test_the_proof_is_the_same_whatever_became_of_the_application(http: Http, world: World) -> None:
    await world.seeker(SITI, "Siti")
    sent = (await http.apply()).json()
    first = (await http.get(f"/{sent['id']}/proof.pdf")).content
    await http.act(sent["id"], "reject")
    assert (await http.get(f"/{sent['id']}/proof.pdf")).content == first


async def test_papers_are_for_the_person_alone(http: Http, world: World) -> None:
    await world.seeker(BUDI, "Budi")
    sent = (await http.apply()).json()
    path = f"/{sent['id']}/proof.pdf"
    assert (await http.get(path, BUDI)).status_code == 404
    for who, role in ((OWNER, "employer"), (OFFICER, "officer")):
        assert (await http.get(path, who, role)).status_code == 403
        assert (await http.get("/activity.pdf", who, role, **MONTH)).status_code == 403


async def test_the_report_lists_the_period_and_signs_how_many_employers_there_were(
    http: Http, world: World, settings: ApplicationSettings, signed: list[str]
) -> None:
    await world.seeker(SITI, "Siti Aminah")
    for number in range(6):
        await world.vacancy(f"vac_{number}", employer_id=f"emp_{number % 5}", employer_name=f"Usaha {number % 5}")
        await http.apply(vacancy=f"vac_{number}")
    await world.vacancy("vac_back", employer_id="emp_9", employer_name="Usaha Lain")
    await http.act((await http.apply(vacancy="vac_back")).json()["id"], "withdraw")
    await http.apply(BUDI)
    text = text_of(await http.get("/activity.pdf", **MONTH))
    assert "6 lamaran kepada 5 pemberi kerja" in text
    assert "Usaha Lain" not in text
    assert [f"Usaha {number}" in text for number in range(6)] == [True] * 5 + [False]
    facts = PaperVerifier(PaperSigner(settings.paper_key).published()).verify(signed[-1])
    assert (facts.type, facts.number[-6:]) == ("kegiatan", "-5P-0W")
    before = {"from": "2020-01-01", "to": "2020-02-01"}
    assert "0 lamaran kepada 0 pemberi kerja" in text_of(await http.get("/activity.pdf", **before))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (TODAY.isoformat(), (TODAY + timedelta(days=1)).isoformat()),
        (TODAY.isoformat(), (TODAY - timedelta(days=1)).isoformat()),
        ((TODAY - timedelta(days=367)).isoformat(), TODAY.isoformat()),
    ],
)
async def test_a_period_that_makes_no_report_is_refused(http: Http, first: str, last: str) -> None:
    refused = await http.get("/activity.pdf", **{"from": first, "to": last})
    assert (refused.status_code, refused.json()["code"]) == (422, "period_wrong")
