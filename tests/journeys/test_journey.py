"""The journeys through the gateway, as clients make them."""

import asyncio
import subprocess
from collections.abc import Awaitable
from typing import Any

import pytest

from deploy.local.beside import RunningSystem
from deploy.local.demo.people import Gateway, Person, sign_in, sign_up_seeker
from deploy.local.places import ROOT
from tests.journeys.card import jobseeker_card
from tests.journeys.forgetting import forgotten
from tests.journeys.helped import helped
from tests.journeys.journey import (
    apply_when_known,
    fresh_email,
    fresh_phone,
    refusal,
    vacancy_body,
    verified_employer,
    whole_journey,
)
from tests.journeys.promise import a_promise_that_is_not_kept
from tests.journeys.province import exchange_with_the_province
from tests.journeys.vacancies import life_of_a_vacancy
from tests.journeys.workshop import workshop


async def test_an_employer_finds_a_seeker_and_everyone_is_told(gateway: Gateway, officer: Person) -> None:
    told: list[str] = []
    await whole_journey(gateway, officer, told.append)
    assert len(told) > 15


async def test_a_vacancy_lives_its_whole_life_and_a_recalled_one_warns_its_applicants(
    gateway: Gateway, officer: Person
) -> None:
    told: list[str] = []
    await life_of_a_vacancy(gateway, officer, told.append)
    assert any("jangan kirim uang" in line for line in told)


async def test_a_province_offers_a_vacancy_and_follows_ours_until_its_books_agree(
    system: RunningSystem, gateway: Gateway, officer: Person
) -> None:
    told: list[str] = []
    await exchange_with_the_province(gateway, officer, told.append, environment=await _of(system, "vacancy"))
    assert told[-1].strip() == "the books agree"


async def test_a_workshop_fills_its_line_moves_and_a_certificate_is_given(gateway: Gateway, officer: Person) -> None:
    told: list[str] = []
    await workshop(gateway, officer, told.append)
    assert any("sertifikat SRT-" in line for line in told)


async def test_an_employer_that_does_not_answer_waits_with_new_vacancies_and_the_seekers_are_told(
    gateway: Gateway, officer: Person, system: RunningSystem
) -> None:
    async def overdue(at: str, vacancy_id: str) -> None:
        command = ("exec", "application", "--", "python", "-m", "services.application.overdue")
        argv = ("-m", "deploy.local", *command, "--at", at, "--vacancy", vacancy_id)
        done = await asyncio.to_thread(system.command, *argv)
        assert done.returncode == 0, done.stderr

    told: list[str] = []
    await a_promise_that_is_not_kept(gateway, officer, told.append, overdue)
    assert any("owes_answers" in line for line in told)


async def test_a_jobseeker_card_is_issued_checked_by_a_stranger_and_answered_by_sms(
    system: RunningSystem, gateway: Gateway, officer: Person
) -> None:
    async def clock_to(day: str) -> None:
        command = ("exec", "seeker", "--", "python", "-m", "services.seeker.cards_due", "--at", day)
        done = await asyncio.to_thread(system.command, "-m", "deploy.local", *command)
        assert done.returncode == 0, done.stderr

    told: list[str] = []
    await jobseeker_card(gateway, officer, told.append, clock_to)
    assert any("kartunya selesai" in line for line in told)


async def test_somebody_is_helped_at_the_desk_and_ends_it_at_home(gateway: Gateway, officer: Person) -> None:
    told: list[str] = []
    await helped(gateway, officer, told.append)
    assert any("membaca siapa yang membantu" in line for line in told)


async def test_who_wants_to_be_forgotten_is_found_nowhere_any_more(
    system: RunningSystem, gateway: Gateway, officer: Person
) -> None:
    told: list[str] = []
    environment = await _of(system, "seeker")
    await forgotten(gateway, officer, told.append, folder=system.home, environment=environment)
    assert any("tidak ada yang tersisa" in line for line in told)


async def test_a_hundred_submissions_at_once_are_one_application(gateway: Gateway, officer: Person) -> None:
    employer, _ = await verified_employer(gateway, officer, name="Warung Contoh")
    draft = await employer.post("/vacancies", vacancy_body("Pelayan warung"))
    await employer.post(f"/vacancies/{draft['id']}/submit")
    await officer.post(f"/vacancies/{draft['id']}/publish")
    seeker = await sign_up_seeker(gateway, name="Eka", phone=fresh_phone())
    first = await apply_when_known(seeker, draft["id"])
    many = await asyncio.gather(*(seeker.post("/applications", {"vacancy_id": draft["id"]}) for _ in range(100)))
    assert {row["id"] for row in many} == {first["id"]}
    assert len((await seeker.get("/applications"))["items"]) == 1


async def test_strangers_see_nothing_of_each_other(gateway: Gateway, officer: Person) -> None:
    owner, company = await verified_employer(gateway, officer, name="Toko Contoh")
    other, _ = await verified_employer(gateway, officer, name="Toko Lain Contoh")
    draft = await owner.post("/vacancies", vacancy_body("Kasir toko"))
    seeker = await sign_up_seeker(gateway, name="Ani", phone=fresh_phone())
    stranger = await sign_up_seeker(gateway, name="Budi", phone=fresh_phone())
    await owner.post(f"/vacancies/{draft['id']}/submit")
    assert await _status(other.get(f"/vacancies/{draft['id']}")) == 404
    assert await _status(other.post(f"/vacancies/{draft['id']}/close")) == 404
    assert await _status(owner.post(f"/vacancies/{draft['id']}/publish")) == 403
    await officer.post(f"/vacancies/{draft['id']}/publish")
    application = await apply_when_known(seeker, draft["id"])
    for person in (stranger, other):
        assert await _status(person.get(f"/applications/{application['id']}")) == 404
    assert await _status(other.post(f"/applications/{application['id']}/hire")) == 404
    assert company["state"] == "pending"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/metrics", 404),
        ("/readyz", 404),
        ("/internal", 404),
        ("/api/v1/nothing", 404),
        ("/.well-known/jwks.json", 200),
        ("/api/v1/vacancies?limit=101", 422),
        ("/api/v1/vacancies?cursor=nonsense", 422),
        ("/docs/vacancy/openapi.json", 200),
        ("/", 200),
        ("/lowongan", 200),
    ],
)
async def test_the_gateway_shows_what_is_public_and_nothing_else(gateway: Gateway, path: str, status: int) -> None:
    answer = await gateway.http.get(path)
    assert answer.status_code == status, answer.text[:300]


async def test_an_oversized_body_is_refused_at_the_gateway_as_a_problem(gateway: Gateway) -> None:
    answer = await gateway.http.post("/api/v1/accounts", content=b"x" * 400_000)
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


async def test_a_second_run_says_that_one_is_running(system: RunningSystem) -> None:
    again = await asyncio.to_thread(system.command, "-m", "deploy.local", "run")
    assert again.returncode != 0
    assert "already running" in again.stdout + again.stderr


async def test_an_officer_made_by_the_command_may_do_an_officers_work(
    system: RunningSystem, gateway: Gateway
) -> None:
    email, password = fresh_email("petugas"), "tiga kata sandi"
    command = ["make", "officer", f"EMAIL={email}", f"PASSWORD={password}"]
    made = await asyncio.to_thread(
        subprocess.run, command, cwd=ROOT, env=system.environment, capture_output=True, text=True, timeout=60
    )
    assert made.returncode == 0, made.stderr
    officer = await sign_in(gateway, email=email, password=password)
    assert "items" in await officer.get("/officer/employers?state=pending")
    again = await asyncio.to_thread(system.command, "-m", "deploy.local", "exec", "identity", "--", "true")
    assert again.returncode == 0


async def _of(system: RunningSystem, service: str) -> dict[str, str]:
    """The environment of one of its services."""
    command = ("-m", "deploy.local", "exec", service, "--", "env")
    shown = (await asyncio.to_thread(system.command, *command)).stdout.splitlines()
    return dict(line.split("=", 1) for line in shown if line.startswith("CAKER_"))


async def _status(call: Awaitable[Any]) -> int:
    return (await refusal(call)).status
