"""Every route for its owner, for a stranger of the same role, for officers and for nobody, on the real store: what is
another's is not there, and nothing of it changes or shows. A route without a row, or a row without a route, fails."""

import io
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx2
import pytest
from pypdf import PdfReader

from shared.mongo import Client
from shared.testing import TokenMint
from tests.access import ACCESS, WHO
from tests.contracts.published import SERVICES
from tests.owned import WORLDS, Ground, World
from tests.ownership import OWNERSHIP, RULES

REFUSED = (401, 403, 404)
PERSONS = ("seeker", "employer")
# By the walk's own readings, and by a leave that is new each time.
MOVES = (
    "GET /api/v1/applications/readers",
    "GET /api/v1/seekers/me/readers",
    "GET /api/v1/applications/{application_id}/attachments",
)
OFFICERS = (("acc_officer", "officer"), ("acc_admin", "admin"))
ROLES_OF = {(service, row): WHO[who] for service, rows in ACCESS.items() for who in rows for row in rows[who]}


def test_every_route_that_is_not_for_officers_alone_has_one_row() -> None:
    rows = [(service, row) for service, rules in OWNERSHIP.items() for under in rules.values() for row in under]
    assert sorted(rows) == sorted(each for each, roles in ROLES_OF.items() if set(roles) & set(PERSONS))
    assert {rule for rules in OWNERSHIP.values() for rule in rules} == set(RULES)


@pytest.fixture
async def world(
    request: pytest.FixtureRequest, client: Client, make_settings: Callable[..., Any], mint: TokenMint
) -> AsyncIterator[World]:
    async with WORLDS[request.param](Ground(client, make_settings, mint)) as world:
        yield world


def walked(*rules: str) -> pytest.MarkDecorator:
    """The services that have rows under one of these rules."""
    services = [service for service in SERVICES if set(rules) & set(OWNERSHIP[service])]
    return pytest.mark.parametrize(("world", "service"), [(one, one) for one in services], indirect=["world"])


def cells(world: World, service: str, rule: str) -> Iterator[tuple[str, str, tuple[str, str], dict[str, str]]]:
    """(route, role, (owner, stranger), the owner's place) for each role of persons that the route lets in."""
    for row in OWNERSHIP[service].get(rule, ()):
        for role in PERSONS:
            if role not in ROLES_OF[service, row]:
                continue
            for place in world.places or [{}]:
                if place.get("of", role) == role:
                    yield row, role, world.people[role], place


def said(answer: httpx2.Response) -> str:
    """What can be read in an answer."""
    if answer.headers.get("content-type") == "application/pdf":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    return answer.content.decode(errors="replace")


async def owned(world: World, service: str) -> dict[str, Any]:
    """All that the owners can read of their own."""
    found = {}
    for rule in ("not there", "own only"):
        for row, role, (owner, _), place in cells(world, service, rule):
            if row.startswith("GET") and row not in MOVES:
                answer = await world.ask(row, (owner, role), place)
                found[f"{row} {role} {sorted(place.items())}"] = (answer.status_code, said(answer))
    return found


@walked("not there")
async def test_what_is_anothers_is_not_there_and_stays_as_it_is(world: World, service: str) -> None:
    before = await owned(world, service)
    wrong = []
    for row, role, (_, stranger), place in cells(world, service, "not there"):
        answer = await world.ask(row, (stranger, role), place)
        if answer.status_code != 404 or any(secret in said(answer) for secret in world.secrets):
            wrong.append((row, role, place, answer.status_code, said(answer)[:200]))
    assert wrong == []
    assert await owned(world, service) == before


@walked("not there")
async def test_what_is_there_for_its_owner_and_the_officers(world: World, service: str) -> None:
    """Without this a 404 would prove nothing. What its state or its dates do not allow, a 409 or 422, was found: the
    same request of a stranger was a 404."""
    wrong, reached = [], dict[tuple[str, tuple[str, str]], bool]()
    for row, role, (owner, _), place in cells(world, service, "not there"):
        officers = [each for each in OFFICERS if each[1] in ROLES_OF[service, row]]
        for who in (*officers, (owner, role)):
            answer = await world.ask(row, who, place)
            reached[row, who] = reached.get((row, who), False) or answer.status_code != 404
            if answer.status_code in (401, 403) or answer.is_server_error:
                wrong.append((row, who, place, answer.status_code, said(answer)[:200]))
    assert wrong == []
    assert [each for each, found in reached.items() if not found] == []


@walked("own only")
async def test_everybody_reads_the_own_alone(world: World, service: str) -> None:
    wrong, shown = [], dict[str, bool]()
    for row, role, (owner, stranger), place in cells(world, service, "own only"):
        own, others = [await world.ask(row, (who, role), place) for who in (owner, stranger)]
        shown[row] = shown.get(row, False) or any(secret in said(own) for secret in world.secrets)
        leaked = [secret for secret in world.secrets if secret in said(others)]
        picture = own.headers.get("content-type", "").startswith("image/") and own.is_success
        shown[row] |= picture
        if others.status_code in (401, 403) or others.is_server_error or leaked or (picture and others.is_success):
            wrong.append((row, role, others.status_code, leaked))
    assert wrong == []
    assert [row for row, seen in shown.items() if not seen] == [], "its owner sees nothing either: nothing is proved"


@walked("untouched")
async def test_nobody_changes_what_is_anothers(world: World, service: str) -> None:
    before = await owned(world, service)
    for row, role, (_, stranger), place in cells(world, service, "untouched"):
        answer = await world.ask(row, (stranger, role), place)
        assert answer.status_code not in (401, 403), (row, role, said(answer))
        assert not answer.is_server_error, (row, said(answer))
    assert await owned(world, service) == before


@walked("hidden until public", "only when public")
async def test_what_is_not_public_is_there_for_its_owner_and_the_officers_alone(world: World, service: str) -> None:
    place = {**world.places[0], **world.hidden}
    people = [(first, role) for role, (first, _) in world.people.items()]
    strangers = [
        None,
        *((second, role) for role, (_, second) in world.people.items()),
        (world.people["seeker"][0], "seeker"),
    ]
    owners = [*OFFICERS, *(each for each in people if service == "vacancy" and each[1] == "employer")]
    for row in OWNERSHIP[service].get("hidden until public", ()):
        assert [(await world.ask(row, who, place)).status_code for who in strangers] == [404] * len(strangers), row
        for who in owners:
            assert (await world.ask(row, who, place)).status_code not in REFUSED, (row, who)
    for row in OWNERSHIP[service].get("only when public", ()):
        everybody = [*strangers, *owners]
        assert [(await world.ask(row, who, place)).status_code for who in everybody] == [404] * len(everybody), row


@walked("signed")
async def test_a_call_without_a_signature_is_nobodys_whoever_is_signed_in(world: World, service: str) -> None:
    everybody = [None, *((first, role) for role, (first, _) in world.people.items()), *OFFICERS]
    for row, place in itertools.product(OWNERSHIP[service]["signed"], world.places):
        for who in everybody:
            answer = await world.ask(row, who, place)
            assert (answer.status_code, answer.json()["code"]) == (401, "bad_signature"), (row, place, who)


@walked("by a secret")
async def test_a_secret_that_was_made_up_opens_nothing(world: World, service: str) -> None:
    before = await owned(world, service)
    for row in OWNERSHIP[service]["by a secret"]:
        answer = await world.ask(row, None, {**world.places[0], "code": "made-up"})
        assert answer.status_code in (204, *REFUSED), (row, answer.status_code, said(answer))
        assert not answer.content or answer.status_code != 204
        assert not any(secret in said(answer) for secret in world.secrets), row
    assert await owned(world, service) == before
