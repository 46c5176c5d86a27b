"""Decisions over HTTP: by whom, in which state, at the same moment."""

import asyncio
from typing import Any

import pytest

from services.application.tests.conftest import BUDI, OFFICER, OWNER, SITI, STRANGER, Http, World, job
from shared.events import decode

COMMANDS = ("withdraw", "view", "shortlist", "reject")


@pytest.fixture
async def sent(http: Http) -> str:
    return str((await http.apply()).json()["id"])


async def test_a_life_from_sent_to_hired_is_told_step_by_step(http: Http, world: World, sent: str) -> None:
    for command in ("view", "shortlist"):
        assert (await http.act(sent, command)).status_code == 200
    await http.taken(sent)
    hired = await http.act(sent, "hire", {"start_date": "2026-12-01"})
    assert (hired.json()["state"], hired.json()["start_date"], hired.headers["etag"]) == (
        "hired",
        "2026-12-01",
        '"7"',
    )
    seen = (await http.get(f"/{sent}")).json()
    assert [(step["state"], step["actor"]) for step in seen["history"]] == [
        ("submitted", "seeker"),
        ("viewed", "employer"),
        ("shortlisted", "employer"),
        ("offered", "employer"),
        ("offer_accepted", "seeker"),
        ("hired", "employer"),
    ]
    assert await world.told(sent) == [
        "ApplicationSubmitted",
        "ApplicationViewed",
        "ApplicationShortlisted",
        "ApplicationOffered",
        "ApplicationOfferAccepted",
        "ApplicationHired",
        "PlacementRecorded",
    ]
    row = await world.row(_id=sent)
    events = [decode(entry["value"].encode()) for entry in row["outbox"]]
    assert [event.sequence for event in events if event] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_command_sent_twice_takes_effect_once(http: Http, world: World, sent: str, command: str) -> None:
    first = await http.act(sent, command)
    second = await http.act(sent, command)
    assert (second.status_code, second.json()) == (200, first.json())
    assert len(await world.told(sent)) == 2


async def test_what_the_state_does_not_allow_is_refused_with_the_state(http: Http, world: World, sent: str) -> None:
    await http.act(sent, "reject", {"reason": "Perlu SIM B1."})
    for command in ("withdraw", "shortlist", "hire"):
        refused = await http.act(sent, command)
        assert (refused.status_code, refused.json()["code"], refused.json()["state"]) == (
            409,
            "wrong_state",
            "rejected",
        )
    assert (await http.get(f"/{sent}")).json()["reason"] == "Perlu SIM B1."
    assert len(await world.told(sent)) == 2


@pytest.mark.parametrize("rival", ["offer-job", "reject"])
async def test_of_a_withdrawal_and_a_decision_at_once_exactly_one_stands(
    http: Http, world: World, rival: str
) -> None:
    for number in range(12):
        vacancy = f"vac_race_{number}"
        await world.vacancy(vacancy)
        sent = (await http.apply(vacancy=vacancy)).json()["id"]
        calls = [
            http.act(sent, "withdraw", etag='"1"'),
            http.act(sent, rival, job() if rival != "reject" else None, etag='"1"'),
        ]
        answers = await asyncio.gather(*(calls if number % 2 else reversed(calls)))
        assert sorted(answer.status_code for answer in answers) in ([200, 409], [200, 412])
        won, _ = sorted(answers, key=lambda answer: answer.status_code)
        seen = (await http.get(f"/{sent}")).json()
        assert seen["state"] == won.json()["state"]
        assert [step["state"] for step in seen["history"]] == ["submitted", seen["state"]]
        assert len(await world.told(sent)) == seen["version"]


async def test_of_many_repeats_at_once_one_is_told_and_all_are_answered_alike(
    http: Http, world: World, sent: str
) -> None:
    await http.taken(sent)
    answers = await asyncio.gather(*(http.act(sent, "hire") for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert (await world.told(sent))[3:] == ["ApplicationHired", "PlacementRecorded"]


async def test_steps_that_do_not_contradict_each_other_both_happen(http: Http, sent: str) -> None:
    answers = await asyncio.gather(http.act(sent, "view"), http.act(sent, "shortlist"))
    assert {answer.status_code for answer in answers} == {200}
    assert (await http.get(f"/{sent}")).json()["state"] == "shortlisted"


async def test_a_stale_etag_is_refused_and_a_fresh_one_is_not(http: Http, sent: str) -> None:
    await http.act(sent, "view")
    stale = await http.act(sent, "shortlist", etag='"1"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert (await http.act(sent, "shortlist", etag="nonsense")).status_code == 412
    assert (await http.act(sent, "shortlist", etag='"2"')).json()["state"] == "shortlisted"


async def test_with_an_etag_the_loser_of_a_race_hears_that_it_is_stale(http: Http, sent: str) -> None:
    answers = await asyncio.gather(http.act(sent, "withdraw", etag='"1"'), http.act(sent, "reject", etag='"1"'))
    assert sorted(answer.status_code for answer in answers) == [200, 412]


@pytest.mark.parametrize("command", COMMANDS)
async def test_somebody_elses_application_does_not_exist(http: Http, world: World, sent: str, command: str) -> None:
    who, role = (BUDI, "seeker") if command == "withdraw" else (STRANGER, "employer")
    foreign = await http.post(f"/{sent}/{command}", None, who, role)
    absent = await http.post(f"/app_none/{command}", None, who, role)
    assert (foreign.status_code, foreign.json()) == (absent.status_code, absent.json())
    assert foreign.status_code == 404
    assert len(await world.told(sent)) == 1


@pytest.mark.parametrize(
    ("command", "account", "role"),
    [
        ("withdraw", OWNER, "employer"),
        ("withdraw", OFFICER, "officer"),
        *((command, who, role) for command in COMMANDS[1:] for who, role in ((SITI, "seeker"), (OFFICER, "officer"))),
    ],
)
async def test_each_command_belongs_to_one_side(http: Http, sent: str, command: str, account: str, role: str) -> None:
    assert (await http.post(f"/{sent}/{command}", None, account, role)).status_code == 403


@pytest.mark.parametrize(
    ("command", "body"),
    [
        ("withdraw", {"reason": 1}),
        ("withdraw", {"reason": "x" * 501}),
        ("view", {"x": 1}),
        ("shortlist", {"reason": "?"}),
        ("reject", {"grund": "?"}),
        ("hire", {"start_date": "besok"}),
        ("hire", {"start_date": "2026-02-30"}),
        ("hire", []),
    ],
)
async def test_bad_words_are_refused_and_nothing_moves(http: Http, sent: str, command: str, body: Any) -> None:
    assert (await http.act(sent, command, body)).status_code == 422
    assert (await http.get(f"/{sent}")).json()["state"] == "submitted"


async def test_a_rejection_without_words_is_kind(http: Http, sent: str) -> None:
    assert (await http.act(sent, "reject", {"reason": " "})).json()["reason"].startswith("Terima kasih")
