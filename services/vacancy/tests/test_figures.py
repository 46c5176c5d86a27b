"""How an advert does: looks counted without a write each, saves and applications from events, by day."""

from typing import Any

from services.vacancy.commands.counting import ViewCounter
from services.vacancy.reactions import table
from services.vacancy.settings import VacancySettings
from services.vacancy.store.database import VacancyStore
from services.vacancy.tests.conftest import OFFICER, City, Hands
from services.vacancy.tests.making import NOW
from shared.contracts.application import ApplicationSubmitted
from shared.contracts.seeker import VacancySaved
from shared.testing import envelope
from tests.contracts.samples import full

OWNER, SEEKER = ("acc_owner", "employer"), ("acc_seeker", "seeker")
TOKEN = "portal-token-of-thirty-two-signs!"


async def figures(city: City, vacancy: Any, who: tuple[str, str] = OWNER) -> Any:
    return await city.done("GET", f"/vacancies/{vacancy['id']}/figures", who)


async def look(city: City, vacancy: Any, who: tuple[str, str] | None = None, *, token: str = TOKEN) -> None:
    answer = await city.ask(
        "GET", f"/vacancies/{vacancy['id']}", who, X_View="1", X_Visitor="127.0.0.1", X_Visitor_Token=token
    )
    assert answer.status_code == 200


def with_portal(city: City) -> ViewCounter:
    from shared.visitor import Visitors

    city.app.state.visitors = Visitors(portal_token=TOKEN)
    found: ViewCounter = city.app.state.counter
    return found


async def test_only_people_who_look_through_the_portal_are_counted(city: City) -> None:
    counter = with_portal(city)
    await city.employer("acc_owner")
    advert = await city.vacancy("acc_owner", "published")
    await look(city, advert)
    await look(city, advert, SEEKER)
    await look(city, advert, OWNER)
    await look(city, advert, OFFICER)
    await look(city, advert, token="x" * 32)
    assert (await figures(city, advert))["views"] == 0, "nothing is written for a look"
    await counter.write()
    await counter.write()
    found = await figures(city, advert)
    assert (found["views"], found["days"][-1]) == (
        2,
        {"day": "2026-01-05", "views": 2, "saves": 0, "applications": 0},
    )


async def test_looks_add_up_by_day_and_only_thirty_days_are_shown(city: City, clock: Hands) -> None:
    counter = with_portal(city)
    await city.employer("acc_owner")
    advert = await city.vacancy("acc_owner", "published")
    for passed in (0, 1, 0):
        clock.move(days=passed)
        await look(city, advert)
        await counter.write()
    found = await figures(city, advert)
    assert [(each["day"], each["views"]) for each in found["days"][-2:]] == [("2026-01-05", 1), ("2026-01-06", 2)]
    assert len(found["days"]) == 30
    clock.move(days=29)
    assert (await figures(city, advert))["views"] == 2


async def test_a_draft_has_no_looks_and_nobody_sees_anothers_figures(city: City) -> None:
    counter = with_portal(city)
    await city.employer("acc_owner")
    draft = await city.vacancy("acc_owner")
    await look(city, draft, OFFICER)
    await counter.write()
    assert (await figures(city, draft))["views"] == 0
    path = f"/vacancies/{draft['id']}/figures"
    assert (await city.ask("GET", path, ("acc_other", "employer"))).status_code == 404
    assert (await city.ask("GET", path, SEEKER)).status_code == 403
    assert (await city.ask("GET", path, OFFICER)).status_code == 200


async def test_what_was_counted_is_written_at_the_end(city: City) -> None:
    counter = with_portal(city)
    await city.employer("acc_owner")
    advert = await city.vacancy("acc_owner", "published")
    async with counter.writing():
        await look(city, advert)
    assert (await figures(city, advert))["views"] == 1


async def test_saves_and_applications_are_counted_once_each(
    city: City, store: VacancyStore, settings: VacancySettings
) -> None:
    await city.employer("acc_owner")
    advert = await city.vacancy("acc_owner", "published")
    reactions = table(store, None, None)  # type: ignore[arg-type]  # these effects need neither
    saved = envelope(VacancySaved(vacancy_id=advert["id"]), subject="acc_1:vac", sequence=1).model_copy(
        update={"time": NOW}
    )
    given = {**full(ApplicationSubmitted), "vacancy_id": advert["id"], "submitted_at": NOW.isoformat()}
    applied = envelope(ApplicationSubmitted.model_validate(given, strict=False), subject="app_1", sequence=1)
    for _ in range(2):
        await reactions[VacancySaved](saved)  # type: ignore[operator]
        await reactions[ApplicationSubmitted].apply(applied)  # type: ignore[union-attr]
    found = await figures(city, advert)
    assert (found["saves"], found["applications"]) == (1, 1)
