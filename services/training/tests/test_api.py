"""Trainings over HTTP: who may do what, what is shown, and that a repeat is safe."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.training.tests.conftest import BUDI, DAY, OFFICER, SITI, Desk, Http, sessions, terms
from shared import clock
from shared.sealed import Vault


def soon(**given: Any) -> dict[str, Any]:
    """A training whose enrolment is open by the real clock, which the API goes by."""
    now = clock.now()
    real = {"sessions": sessions(now + 10 * DAY), "enrolment_opens_at": (now - DAY).isoformat()}
    return terms(**{**real, **given})


async def made(http: Http, **given: Any) -> dict[str, Any]:
    draft = (await http.ask("POST", "/trainings", soon(**given), as_=OFFICER)).json()
    found: dict[str, Any] = (await http.ask("POST", f"/trainings/{draft['id']}/publish", as_=OFFICER)).json()
    return found


async def test_a_draft_is_the_officers_and_a_published_training_everybodys(http: Http) -> None:
    answer = await http.ask("POST", "/trainings", soon(), as_=OFFICER)
    draft = answer.json()
    here = f"/trainings/{draft['id']}"
    assert (answer.status_code, answer.headers["location"], draft["state"]) == (201, f"/api/v1{here}", "draft")
    assert draft["number"].startswith("PLT-")
    assert (await http.ask("GET", here, as_=None)).status_code == 404
    assert (await http.ask("GET", here, as_=OFFICER)).json() == draft
    assert (await http.ask("GET", "/trainings", as_=None)).json()["items"] == []
    published = (await http.ask("POST", f"{here}/publish", as_=OFFICER)).json()
    assert (await http.ask("POST", f"{here}/publish", as_=OFFICER)).json() == published
    assert (await http.ask("GET", "/trainings", as_=None)).json()["items"] == [published]
    assert "made_by" not in published


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/trainings"),
        ("GET", "/trainings/all"),
        ("POST", "/trainings/x/publish"),
        ("GET", "/trainings/x/enrolments"),
    ],
)
async def test_a_seeker_does_not_do_an_officers_work(http: Http, method: str, path: str) -> None:
    assert (await http.ask(method, path, soon())).status_code == 403
    assert (await http.ask(method, path, soon(), as_=None)).status_code == 401


async def test_enrolling_is_answered_once_and_then_the_same(http: Http) -> None:
    training = await made(http)
    here = f"/trainings/{training['id']}/enrolments"
    first = await http.ask("POST", here, {"follow_up": True})
    again = await http.ask("POST", here, {"follow_up": False})
    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    assert (first.json()["state"], first.json()["follow_up"], first.json()["name"]) == ("confirmed", True, None)
    assert (await http.ask("GET", here + "/mine")).json()["items"] == [first.json()]
    assert (await http.ask("GET", "/enrolments")).json()["items"] == [first.json()]
    assert (await http.ask("GET", f"/trainings/{training['id']}", as_=None)).json()["seats_left"] == 1


async def test_the_place_in_the_line_is_told_to_the_person_alone(http: Http) -> None:
    training = await made(http, capacity=1)
    here = f"/trainings/{training['id']}/enrolments"
    places = [(await http.ask("POST", here, {}, as_=f"acc_{number}")).json() for number in range(3)]
    assert [place["place_in_line"] for place in places] == [None, 1, 2]
    mine = f"/enrolments/{places[1]['id']}"
    assert (await http.ask("GET", mine, as_="acc_1")).status_code == 200
    for stranger in ("acc_2", SITI):
        assert (await http.ask("GET", mine, as_=stranger)).status_code == 404
        assert (await http.ask("POST", f"{mine}/cancel", as_=stranger)).status_code == 404


async def test_officers_see_the_people_in_the_order_of_arrival_page_by_page(
    http: Http, named: Callable[[str, str], Any], vault: Vault
) -> None:
    training = await made(http, capacity=1)
    here = f"/trainings/{training['id']}/enrolments"
    for person, name in ((SITI, "Siti"), (BUDI, "Budi"), ("acc_gone", "Tidak Ada")):
        await named(person, name)
        await http.ask("POST", here, {}, as_=person)
    await vault.destroy("acc_gone")
    first = (await http.ask("GET", f"{here}?limit=2", as_=OFFICER)).json()
    rest = (await http.ask("GET", f"{here}?limit=2&cursor={first['next']}", as_=OFFICER)).json()
    assert [(one["name"], one["state"]) for one in first["items"]] == [("Siti", "confirmed"), ("Budi", "waiting")]
    assert [one["name"] for one in rest["items"]] in ([None], ["Tidak Ada"])  # a process forgets a key within 30 s
    assert rest["next"] is None


async def test_a_change_needs_the_version_that_was_read(http: Http) -> None:
    training = await made(http)
    here = f"/trainings/{training['id']}"
    more = await http.ask("PATCH", here, {"capacity": 5}, as_=OFFICER, etag='"2"')
    assert (more.status_code, more.json()["capacity"], more.headers["etag"]) == (200, 5, '"3"')
    assert (await http.ask("PATCH", here, {"capacity": 9}, as_=OFFICER, etag='"2"')).status_code == 412
    less = await http.ask("PATCH", here, {"capacity": 4}, as_=OFFICER)
    assert (less.status_code, less.json()["code"]) == (422, "seats_only_more")
    other = await http.ask("PATCH", here, {"title": "Menjahit"}, as_=OFFICER)
    assert (other.status_code, other.json()["code"]) == (409, "fixed_once_published")
    assert (await http.ask("PATCH", here, {}, as_=OFFICER)).status_code == 422


async def test_a_cancelled_training_says_why_and_leaves_the_list(http: Http, desk: Desk) -> None:
    training = await made(http)
    here = f"/trainings/{training['id']}"
    place = (await http.ask("POST", f"{here}/enrolments", {})).json()
    assert (await http.ask("POST", f"{here}/cancel", {}, as_=OFFICER)).status_code == 422
    await http.ask("POST", f"{here}/cancel", {"reason": "Pengajar sakit."}, as_=OFFICER)
    await desk.settling.settle_all()
    assert (await http.ask("GET", here, as_=None)).json()["reason"] == "Pengajar sakit."
    assert (await http.ask("GET", "/trainings", as_=None)).json()["items"] == []
    assert (await http.ask("GET", f"/enrolments/{place['id']}")).json()["state"] == "called_off"


async def test_the_list_goes_on_behind_its_cursor(http: Http) -> None:
    for days in (12, 11, 13):
        await made(http, title=f"Hari {days}", sessions=sessions(clock.now() + timedelta(days=days)))
    first = await http.ask("GET", "/trainings?limit=2", as_=None)
    rest = await http.ask("GET", f"/trainings?limit=2&cursor={first.json()['next']}", as_=None)
    assert [one["title"] for one in first.json()["items"] + rest.json()["items"]] == ["Hari 11", "Hari 12", "Hari 13"]
    assert 'rel="next"' in first.headers["link"]
