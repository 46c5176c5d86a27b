"""What the API refuses, with which status and code, and without doing half of it."""

from typing import Any

import pytest

from services.vacancy.tests.conftest import OFFICER, City
from services.vacancy.tests.making import BODY

OWNER, STRANGER, SEEKER = ("acc_owner", "employer"), ("acc_stranger", "employer"), ("acc_seeker", "seeker")
REASON = {"reason": "Upahnya belum jelas."}

# (method, path, body, roles that may not)
ROUTES: list[tuple[str, str, Any, list[str]]] = [
    ("POST", "/employers", {"name": "Jahit"}, ["seeker", "officer"]),
    ("GET", "/employers/me", None, ["seeker", "officer"]),
    ("PATCH", "/employers/me", {}, ["seeker", "officer"]),
    ("POST", "/employers/emp_1/verify", None, ["seeker", "employer"]),
    ("POST", "/employers/emp_1/return", REASON, ["seeker", "employer"]),
    ("GET", "/officer/employers", None, ["seeker", "employer"]),
    ("POST", "/vacancies", BODY, ["seeker"]),
    ("GET", "/vacancies/mine", None, ["seeker", "officer"]),
    ("PATCH", "/vacancies/vac_1", {}, ["seeker"]),
    ("POST", "/vacancies/vac_1/submit", None, ["seeker"]),
    ("POST", "/vacancies/vac_1/publish", None, ["seeker", "employer"]),
    ("POST", "/vacancies/vac_1/return", REASON, ["seeker", "employer"]),
    ("POST", "/vacancies/vac_1/close", None, ["seeker"]),
    ("GET", "/officer/vacancies", None, ["seeker", "employer"]),
    *(
        ("POST", f"/vacancies/vac_1/{step}", body, ["seeker"])
        for step, body in (
            ("take-back", None),
            ("pause", None),
            ("resume", None),
            ("fill", None),
            ("extend", {"closes_on": "2026-02-20"}),
            ("reopen", {"closes_on": "2026-02-20"}),
        )
    ),
    ("POST", "/vacancies/vac_1/refuse", REASON, ["seeker", "employer"]),
    ("POST", "/vacancies/vac_1/recall", REASON, ["seeker", "employer"]),
    ("POST", "/vacancies/check", {}, ["seeker"]),
    ("GET", "/officer/reasons", None, ["seeker", "employer"]),
    ("GET", "/officer/reports", None, ["seeker", "employer"]),
    ("POST", "/officer/wages", {}, ["seeker", "employer"]),
]


@pytest.mark.parametrize(("method", "path", "body", "refused"), ROUTES)
async def test_a_route_is_closed_to_strangers_and_to_the_wrong_role(
    city: City, method: str, path: str, body: Any, refused: list[str]
) -> None:
    nobody = await city.ask(method, path, None, body)
    forged = await city.ask(method, path, None, body, Authorization="Bearer a.b.c")
    assert [(each.status_code, each.json()["code"]) for each in (nobody, forged)] == [(401, "unauthenticated")] * 2
    for role in refused:
        answer = await city.ask(method, path, ("acc_x", role), body)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), role


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
async def test_what_is_not_public_is_not_there_for_others(city: City, state: str) -> None:
    await city.employer("acc_owner")
    await city.employer("acc_stranger")
    made = await city.vacancy("acc_owner", state)
    for key in (made["id"], made["number"]):
        for reader in (None, STRANGER, SEEKER):
            assert (await city.ask("GET", f"/vacancies/{key}", reader)).status_code == 404
        for reader in (OWNER, OFFICER):
            assert (await city.done("GET", f"/vacancies/{key}", reader))["state"] == state


@pytest.mark.parametrize(
    ("method", "step", "body"),
    [("PATCH", "", {"openings": 9}), ("POST", "/submit", None), ("POST", "/close", {"reason": "Bukan punya saya."})],
)
@pytest.mark.parametrize("state", ["draft", "published"])
async def test_anothers_vacancy_cannot_be_touched_and_is_a_404(
    city: City, state: str, method: str, step: str, body: Any
) -> None:
    await city.employer("acc_owner")
    await city.employer("acc_stranger")
    made = await city.vacancy("acc_owner", state)
    answer = await city.ask(method, f"/vacancies/{made['id']}{step}", STRANGER, body, If_Match='"1"')
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert await city.done("GET", f"/vacancies/{made['id']}", OWNER) == made


@pytest.mark.parametrize("path", ["/vacancies/vac_none", "/vacancies/LWK-2026-999999", "/vacancies/$where"])
async def test_what_never_was_is_a_404(city: City, path: str) -> None:
    assert (await city.ask("GET", path)).status_code == 404
    assert (await city.ask("POST", f"{path}/publish", OFFICER)).status_code == 404


async def test_a_change_says_which_version_it_saw(city: City) -> None:
    await city.employer("acc_owner")
    made = await city.vacancy("acc_owner")
    path = f"/vacancies/{made['id']}"
    unsaid = await city.ask("PATCH", path, OWNER, {"openings": 2})
    assert (unsaid.status_code, unsaid.json()["code"]) == (428, "if_match_missing")
    good = await city.ask("PATCH", path, OWNER, {"openings": 2}, If_Match='"1"')
    assert (good.status_code, good.headers["etag"], good.json()["openings"]) == (200, '"2"', 2)
    for method, step in (("PATCH", ""), ("POST", "/submit")):
        stale = await city.ask(method, path + step, OWNER, {"openings": 3} if not step else None, If_Match='"1"')
        assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert (await city.done("GET", path, OWNER))["openings"] == 2


async def test_an_employers_change_says_which_version_it_saw(city: City) -> None:
    await city.employer("acc_owner", verified=False)
    answers = [
        await city.ask("PATCH", "/employers/me", OWNER, {"address": "Jl. Contoh 2"}, **match)
        for match in ({}, {"If_Match": '"1"'}, {"If_Match": '"1"'})
    ]
    assert [answer.status_code for answer in answers] == [428, 200, 412]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"surprise": 1}, "/surprise"),
        ({"title": "ab"}, "/title"),
        ({"title": "x" * 81}, "/title"),
        ({"title": "  \u0000  a "}, "/title"),
        ({"title": None}, "/title"),
        ({"openings": "3"}, "/openings"),
        ({"openings": True}, "/openings"),
        ({"openings": 0}, "/openings"),
        ({"openings": 1000}, "/openings"),
        ({"kind": "borongan"}, "/kind"),
        ({"may_bring_child": "yes"}, "/may_bring_child"),
        ({"wage": {"min": "2000000"}}, "/wage/min"),
        ({"wage": {"min": 1.5}}, "/wage/min"),
        ({"wage": {"min": 5, "max": 4}}, "/wage/max"),
        ({"wage": {"min": 5, "bonus": 1}}, "/wage/bonus"),
        ({"hours": {"start": "8:00"}}, "/hours/start"),
        ({"hours": {"days": ["senin"]}}, "/hours/days/0"),
        ({"hours": {"flexible": 1}}, "/hours/flexible"),
        ({"kelurahan_code": "35.77.09.1001"}, "/kelurahan_code"),
        ({"closes_on": 1_769_731_200}, "/closes_on"),
        ({"closes_on": "31-01-2026"}, "/closes_on"),
        ({"skills": ["x"] * 31}, "/skills"),
        ({"skills": [""]}, "/skills/0"),
        ({"description": "x" * 4001}, "/description"),
        ({"education_min": {"form": "rinci", "code": "9"}}, "/education_min"),
    ],
)
async def test_bad_input_names_the_field_and_leaves_no_draft(city: City, changes: Any, pointer: str) -> None:
    await city.employer("acc_owner")
    answer = await city.ask("POST", "/vacancies", OWNER, {**BODY, **changes})
    problem = answer.json()
    assert (answer.status_code, [error["pointer"] for error in problem["errors"]]) == (422, [pointer])
    assert (await city.done("GET", "/vacancies/mine", OWNER))["items"] == []


async def test_bad_contact_is_refused_without_being_repeated(city: City) -> None:
    for contact, pointer in (({"phone": "rahasia"}, "phone"), ({"email": "rahasia"}, "email")):
        answer = await city.ask("POST", "/employers", OWNER, {"name": "Jahit", "contact": contact})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"/contact/{pointer}")
        assert "rahasia" not in answer.text
    assert (await city.ask("GET", "/employers/me", OWNER)).status_code == 404


async def test_a_body_that_is_too_large_is_a_413(city: City) -> None:
    answer = await city.ask("POST", "/vacancies", OWNER, {**BODY, "description": "x" * 140_000})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("language", "told"), [("id", "Isi upah dalam rupiah."), ("en-GB,en;q=0.9", "Give the wage in rupiah.")]
)
async def test_an_incomplete_vacancy_is_told_in_the_readers_language_and_stays_a_draft(
    city: City, language: str, told: str
) -> None:
    await city.employer("acc_owner")
    made = await city.vacancy("acc_owner", wage=None)
    answer = await city.ask("POST", f"/vacancies/{made['id']}/submit", OWNER, Accept_Language=language)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "incomplete")
    assert problem["errors"] == [{"pointer": "/wage", "detail": told}]
    assert (await city.done("GET", f"/vacancies/{made['id']}", OWNER)) == made


async def test_only_a_registered_employer_writes_vacancies_and_only_its_own(city: City) -> None:
    nobody = await city.ask("POST", "/vacancies", OWNER, BODY)
    assert (nobody.status_code, nobody.json()["code"]) == (409, "employer_needed")
    other = await city.employer("acc_stranger")
    await city.employer("acc_owner")
    assert (await city.ask("POST", "/vacancies", OWNER, {**BODY, "employer_id": other["id"]})).status_code == 404
    unnamed = await city.ask("POST", "/vacancies", OFFICER, BODY)
    assert (unnamed.status_code, unnamed.json()["errors"][0]["pointer"]) == (422, "/employer_id")
    assert (await city.ask("POST", "/vacancies", OFFICER, {**BODY, "employer_id": "emp_none"})).status_code == 404


async def test_a_step_out_of_turn_is_a_409_with_the_state(city: City) -> None:
    await city.employer("acc_owner")
    made = await city.vacancy("acc_owner", "published")
    for who, method, step, body in (
        (OWNER, "POST", "/submit", None),
        (OFFICER, "POST", "/publish", None),
        (OFFICER, "POST", "/return", REASON),
        (OFFICER, "PATCH", "", {"openings": 2}),
    ):
        answer = await city.ask(method, f"/vacancies/{made['id']}{step}", who, body, If_Match=f'"{made["version"]}"')
        assert (answer.status_code, answer.json()["code"], answer.json()["state"]) == (
            409,
            "wrong_state",
            "published",
        )


async def test_a_return_needs_a_reason(city: City) -> None:
    employer = await city.employer("acc_owner", verified=False)
    made = await city.vacancy("acc_owner", "submitted")
    for path in (f"/vacancies/{made['id']}/return", f"/employers/{employer['id']}/return"):
        for body in ({}, {"reason": "  "}, {"reason": None}):
            assert (await city.ask("POST", path, OFFICER, body)).status_code == 422


@pytest.mark.parametrize(
    "path", ["/officer/vacancies?state=live", "/vacancies/mine?limit=0", "/vacancies/mine?limit=101"]
)
async def test_a_list_refuses_what_it_does_not_know(city: City, path: str) -> None:
    who = OFFICER if "officer" in path else OWNER
    assert (await city.ask("GET", path, who)).status_code == 422
    bad = await city.ask("GET", path.split("?")[0] + "?cursor=zzz", who)
    assert (bad.status_code, bad.json()["code"]) == (422, "bad_cursor")
