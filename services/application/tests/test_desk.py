"""The employer's desk: notes, decisions at once and later, the table; and that no applicant ever learns of it."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx2
import pytest

from services.application.commands import Commands
from services.application.desk.commands import DeskCommands
from services.application.desk.store import DeskStore
from services.application.desk.table import safe
from services.application.desk.views import DeskViews
from services.application.main import build_desk
from services.application.settings import ApplicationSettings
from services.application.tests.conftest import BUDI, OFFICER, OWNER, SITI, STRANGER, VACANCY, Http, World, job
from services.application.tests.test_questions import GOOD, SATURDAY, STORY, YEARS, profile
from shared.callers import Caller
from shared.clock import now
from shared.mongo import Client
from shared.numbers import Numbers
from shared.sealed import Vault

AT = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=3)


class Desk:
    """The desk over HTTP as the owner, and the worker's clock by hand."""

    def __init__(self, http: Http, store: DeskStore, commands: DeskCommands, hands: list[datetime]) -> None:
        self.http, self.store, self.commands, self.hands = http, store, commands, hands

    async def decide(self, ids: list[str], to: str = "reject", who: str = OWNER, **more: Any) -> httpx2.Response:
        body = {"vacancy_id": VACANCY, "applications": ids, "to": to, **more}
        return await self.http.post("/decisions", body, who, "employer")

    async def hold(self, id: str, to: str = "reject", at: datetime = AT, **more: Any) -> None:
        answer = await self.decide([id], to, release_at=at.isoformat(), **more)
        assert answer.json()["items"] == [{"id": id, "outcome": "held", "code": None, "state": None}], answer.text

    async def release(self, at: datetime = AT) -> None:
        self.hands[0] = at
        await self.commands.release_due()

    async def read(self, id: str, who: str = OWNER) -> httpx2.Response:
        return await self.http.get(f"/{id}/desk", who, "employer")


@pytest.fixture
async def desk(http: Http, client: Client, settings: ApplicationSettings, world: World, vault: Vault) -> Desk:
    await world.vacancy(answer_by=date(2099, 1, 1))
    hands = [now()]
    numbers = Numbers(world.store.counters, "LMR", block=50)
    commands = Commands(world.store, vault=vault, numbers=numbers)
    store, _ = build_desk(client[settings.database], world.store, commands, vault)
    await store.prepare()
    return Desk(http, store, DeskCommands(store, commands, vault=vault, now=lambda: hands[0]), hands)


async def applied(http: Http, account: str = SITI, **more: Any) -> str:
    return str((await http.apply(account, **more)).json()["id"])


async def test_a_held_decision_changes_nothing_that_the_seeker_can_read_until_its_hour(
    desk: Desk, world: World
) -> None:
    id = await applied(desk.http)
    before = await desk.http.get(f"/{id}")
    events, stored = await world.told(id), await world.row(_id=id)
    await desk.hold(id, reason="Kali ini belum.")
    for path in (f"/{id}", ""):
        after = await desk.http.get(path)
        assert (after.json() if path else after.json()["items"][0]) == before.json()
        assert "Kali ini" not in after.text
    assert (await desk.http.get(f"/{id}")).headers["etag"] == before.headers["etag"]
    assert (await world.told(id), await world.row(_id=id)) == (events, stored)
    await desk.release(AT - timedelta(milliseconds=1))
    assert (await desk.http.get(f"/{id}")).json() == before.json()
    await desk.release(AT)
    after = await desk.http.get(f"/{id}")
    assert (after.json()["state"], after.json()["reason"]) == ("rejected", "Kali ini belum.")
    assert await world.told(id) == ["ApplicationSubmitted", "ApplicationRejected"]
    assert (await desk.read(id)).json()["held"] is None


async def test_the_employer_sees_what_waits_and_takes_it_back(desk: Desk) -> None:
    id = await applied(desk.http)
    await desk.hold(id, reason="Nanti")
    held = (await desk.read(id)).json()["held"]
    assert (held["to"], held["reason"], datetime.fromisoformat(held["release_at"])) == ("reject", "Nanti", AT)
    assert (await desk.http.get("/held", OWNER, "employer", vacancy_id=VACANCY)).json()["items"] == [held]
    headers = desk.http.mint.headers(OWNER, "employer")
    path = f"/api/v1/applications/{id}/held"
    assert [(await desk.http.client.delete(path, headers=headers)).status_code for _ in range(2)] == [204, 404]
    await desk.release()
    assert (await desk.http.get(f"/{id}")).json()["state"] == "submitted"


@pytest.mark.parametrize("again", [False, True])
async def test_a_withdrawal_drops_the_held_decision_also_where_the_application_is_sent_again(
    desk: Desk, again: bool
) -> None:
    id = await applied(desk.http)
    await desk.hold(id)
    await desk.http.act(id, "withdraw")
    if again:
        await applied(desk.http)
    assert (await desk.read(id)).json()["held"] is None
    await desk.release()
    assert (await desk.http.get(f"/{id}")).json()["state"] == ("submitted" if again else "withdrawn")
    assert await desk.store.held.count_documents({}) == 0


async def test_a_withdrawal_and_a_release_at_the_same_moment_leave_one_of_both_and_nothing_that_waits(
    desk: Desk, world: World
) -> None:
    ids = [await applied(desk.http, f"acc_{number}") for number in range(8)]
    for id in ids:
        await desk.hold(id)
    withdrawals = [desk.http.post(f"/{id}/withdraw", None, f"acc_{place}") for place, id in enumerate(ids)]
    await asyncio.gather(desk.release(), *withdrawals)
    await desk.release()
    for id in ids:
        told = await world.told(id)
        assert told[1:] in (["ApplicationRejected"], ["ApplicationWithdrawn"])
    assert await desk.store.held.count_documents({}) == 0


async def test_releases_by_two_workers_at_once_tell_once(desk: Desk, world: World) -> None:
    id = await applied(desk.http)
    await desk.hold(id)
    await asyncio.gather(*(desk.release() for _ in range(4)))
    assert await world.told(id) == ["ApplicationSubmitted", "ApplicationRejected"]


async def test_what_was_decided_otherwise_meanwhile_stands(desk: Desk, world: World) -> None:
    id = await applied(desk.http)
    await desk.hold(id, "shortlist")
    await desk.http.act(id, "reject", {"reason": "Sudah ada."})
    await desk.release()
    assert (await world.row(_id=id))["state"] == "rejected"
    assert await desk.store.held.count_documents({}) == 0


async def test_many_are_decided_at_once_each_by_itself_and_a_repeat_changes_nothing(desk: Desk, world: World) -> None:
    ids = [await applied(desk.http, f"acc_{number}") for number in range(5)]
    await desk.http.act(ids[0], "offer-job", job())
    await desk.http.post(f"/{ids[0]}/accept", None, "acc_0")
    await desk.http.post(f"/{ids[1]}/withdraw", None, "acc_1")
    asked = [*ids, "app_none"]
    first = (await desk.decide(asked, reason="Terima kasih.")).json()["items"]
    assert [(each["outcome"], each["state"] or each["code"]) for each in first] == [
        *(("refused", "offer_accepted"), ("refused", "withdrawn")),
        *[("done", None)] * 3,
        ("refused", "not_found"),
    ]
    versions = [(await world.row(_id=id))["version"] for id in ids]
    assert (await desk.decide(asked, reason="Terima kasih.")).json()["items"] == first
    assert [(await world.row(_id=id))["version"] for id in ids] == versions
    assert {(await world.row(_id=id))["reason"] for id in ids[2:]} == {"Terima kasih."}


async def test_applications_of_another_vacancy_are_not_decided_along(desk: Desk, world: World) -> None:
    await world.vacancy("vac_2", owner_id=STRANGER)
    other = str((await desk.http.apply(vacancy="vac_2")).json()["id"])
    assert (await desk.decide([other])).json()["items"][0]["code"] == "not_found"
    assert (await world.row(_id=other))["state"] == "submitted"


@pytest.mark.parametrize(
    ("answer_by", "wait", "code"),
    [
        (date(2099, 1, 1), timedelta(seconds=-1), "release_too_soon"),
        (date(2099, 1, 1), timedelta(days=31), "release_too_late"),
        (date(2020, 1, 1), timedelta(days=2), "release_too_late"),
    ],
)
async def test_a_decision_waits_no_longer_than_an_answer_was_promised(
    desk: Desk, world: World, answer_by: date, wait: timedelta, code: str
) -> None:
    id = await applied(desk.http)
    await world.vacancy(answer_by=answer_by)
    refused = await desk.decide([id], release_at=(now() + wait).isoformat())
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert refused.json()["errors"][0]["pointer"] == "/release_at"


async def test_notes_are_the_employers_alone_sealed_and_gone_with_the_person(
    desk: Desk, world: World, vault: Vault
) -> None:
    id = await applied(desk.http)
    before = (await desk.http.get(f"/{id}")).json()
    for text in ("Ramah di telepon", "Bisa mulai Senin"):
        made = await desk.http.post(f"/{id}/notes", {"text": text}, OWNER, "employer")
        assert made.status_code == 201
    notes = (await desk.read(id)).json()["notes"]
    assert [each["text"] for each in notes] == ["Bisa mulai Senin", "Ramah di telepon"]
    assert (await desk.http.get(f"/{id}")).json() == before
    assert "Ramah" not in str([row async for row in desk.store.notes.find({})]) + str(await world.row(_id=id))
    headers = desk.http.mint.headers(OWNER, "employer")
    path = f"/api/v1/applications/{id}/notes/{notes[0]['id']}"
    assert [(await desk.http.client.delete(path, headers=headers)).status_code for _ in range(2)] == [204, 404]
    assert [each["text"] for each in (await desk.read(id)).json()["notes"]] == ["Ramah di telepon"]
    await vault.destroy(SITI)
    shown = await DeskViews(desk.store, desk.commands, vault=vault).one(
        id, caller=Caller(account_id=OWNER, role="employer")
    )
    assert shown.notes == []


async def test_the_fifty_first_note_is_refused(desk: Desk) -> None:
    id = await applied(desk.http)
    for number in range(50):
        await desk.http.post(f"/{id}/notes", {"text": f"Catatan {number}"}, OWNER, "employer")
    refused = await desk.http.post(f"/{id}/notes", {"text": "Satu lagi"}, OWNER, "employer")
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_notes")


@pytest.mark.parametrize(("who", "role", "status"), [(SITI, "seeker", 403), (STRANGER, "employer", 404)])
async def test_nobody_else_reaches_the_desk(desk: Desk, who: str, role: str, status: int) -> None:
    id = await applied(desk.http)
    decisions = {"vacancy_id": VACANCY, "applications": [id], "to": "reject"}
    answers = [
        await desk.http.get(f"/{id}/desk", who, role),
        await desk.http.get("/held", who, role, vacancy_id=VACANCY),
        await desk.http.get("/table.csv", who, role, vacancy_id=VACANCY),
        await desk.http.post(f"/{id}/notes", {"text": "x"}, who, role),
        await desk.http.post("/decisions", decisions, who, role),
        await desk.http.client.delete(f"/api/v1/applications/{id}/held", headers=desk.http.mint.headers(who, role)),
        await desk.http.client.delete(
            f"/api/v1/applications/{id}/notes/x", headers=desk.http.mint.headers(who, role)
        ),
    ]
    assert {answer.status_code for answer in answers} == {status}
    assert (await desk.http.get(f"/{id}/desk", OFFICER, "officer")).status_code == 403


async def test_the_table_has_every_applicant_and_no_formula(desk: Desk, world: World) -> None:
    await world.vacancy(questions=(SATURDAY, STORY, YEARS), skills=("las",), answer_by=None)
    await world.seeker(SITI, '=HYPERLINK("http://jahat")')
    await desk.http.apply(SITI, note="+62 saja", answers=GOOD, documents=["diploma"])
    for number in range(3):
        await desk.http.apply(f"acc_{number}", answers={"q1": "yes", "q2": "-", "q3": 4})
    answer = await desk.http.get("/table.csv", OWNER, "employer", vacancy_id=VACANCY)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="pelamar-LWK-2026-000007.csv"'
    assert answer.text.startswith("\ufeffnomor;nama;kelurahan;")
    rows = [line.split(";") for line in answer.text.splitlines()]
    assert len(rows) == 5
    siti = dict(zip(rows[0], rows[1], strict=True))
    assert siti["nama"] == '"\'=HYPERLINK(""http://jahat"")"'
    assert (siti["pesan"], siti["berkas"], siti["keadaan"]) == ("'+62 saja", "ijazah", "Terkirim")
    assert (siti["terpenuhi"], siti["belum"]) == ("1 dari 3", "Pertanyaan q1?, Pertanyaan q3?")
    assert (siti["Pertanyaan q1?"], siti["Pertanyaan q3?"]) == ("tidak", "1")
    assert rows[2][-2] == "'-"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1"])
def test_a_cell_that_a_spreadsheet_would_compute_is_text(text: str) -> None:
    assert safe(text) == f"'{text}"
    assert safe(f"a{text}") == f"a{text}"


async def test_the_list_shows_who_meets_the_needs_and_always_whoever_wants_no_comparison(
    desk: Desk, world: World
) -> None:
    await world.vacancy(questions=(SATURDAY, YEARS), skills=("las",))
    await profile(world, "acc_all", skills=("las",))
    await profile(world, "acc_must", skills=("jahit",))
    await profile(world, "acc_none", skills=("jahit",))
    await profile(world, "acc_quiet", match_hints=False)
    sent = {}
    for who, saturday in (("acc_all", "yes"), ("acc_must", "yes"), ("acc_none", "no"), ("acc_quiet", "no")):
        sent[who] = (await desk.http.apply(who, answers={"q1": saturday, "q3": 5})).json()["id"]

    async def listed(**params: Any) -> list[str]:
        found = await desk.http.get("", OWNER, "employer", vacancy_id=VACANCY, **params)
        return [each["id"] for each in found.json()["items"]]

    assert await listed(fit="all") == [sent["acc_all"], sent["acc_quiet"]]
    assert await listed(fit="must") == [sent["acc_all"], sent["acc_must"], sent["acc_quiet"]]
    page = (await desk.http.get("", OWNER, "employer", vacancy_id=VACANCY, fit="must", limit=2)).json()
    assert await listed(fit="must", limit=2, cursor=page["next"]) == [sent["acc_quiet"]]
    assert await listed(fit="must", state="viewed") == []
    assert (await desk.http.get("", BUDI, fit="must")).json()["items"] == []
