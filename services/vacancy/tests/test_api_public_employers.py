"""An employer as everybody sees it: what it has open, and never where somebody lives."""

from services.vacancy.commands.partners import PartnerCommands
from services.vacancy.domain.partner import Imported
from services.vacancy.store.database import VacancyStore
from services.vacancy.tests.conftest import City, Hands
from services.vacancy.tests.making import OVER


async def test_a_verified_employer_shows_its_ward_and_what_it_has_open(city: City, clock: Hands) -> None:
    made = await city.employer("acc_owner", address="Jl. Usaha 1")
    older = await city.vacancy("acc_owner", "published")
    clock.move(hours=1)
    newer = await city.vacancy("acc_owner", "published")
    for state in ("draft", "submitted", "closed"):
        await city.vacancy("acc_owner", state)
    seen = (await city.ask("GET", f"/employers/{made['id']}")).json()
    assert (seen["name"], seen["verified"], seen["kelurahan"]) == ("Jahit Contoh", True, "Oro-oro Ombo")
    assert (seen["address"], seen["partner"]) == ("Jl. Usaha 1", False)
    assert "owner" not in str(seen)
    page = (await city.ask("GET", f"/employers/{made['id']}/vacancies?limit=1")).json()
    assert [each["id"] for each in page["items"]] == [newer["id"]]
    rest = await city.ask("GET", f"/employers/{made['id']}/vacancies?limit=1&cursor={page['next']}")
    assert [each["id"] for each in rest.json()["items"]] == [older["id"]]
    clock.now = OVER
    assert (await city.ask("GET", f"/employers/{made['id']}/vacancies")).json()["items"] == []


async def test_a_home_is_shown_by_its_ward_only(city: City) -> None:
    made = await city.employer("acc_owner", size="household", address="Jl. Rumah 7", nib="1234567890123")
    answer = await city.ask("GET", f"/employers/{made['id']}")
    assert (answer.json()["kelurahan"], answer.json()["address"]) == ("Oro-oro Ombo", None)
    assert "Rumah 7" not in answer.text
    assert "1234567890123" not in answer.text


async def test_who_is_not_verified_and_has_shown_nothing_is_not_there(city: City) -> None:
    made = await city.employer("acc_owner", verified=False)
    assert (await city.ask("GET", f"/employers/{made['id']}")).status_code == 404
    assert (await city.ask("GET", "/employers/emp_none")).status_code == 404
    assert (await city.ask("GET", "/employers/me")).status_code == 401


async def test_a_partners_employer_is_known_from_its_adverts(city: City, store: VacancyStore, clock: Hands) -> None:
    item = Imported(source="Papan", source_id="1", employer_name="PT Mitra", title="Kasir")
    await PartnerCommands(store, clock=clock).import_published([item])
    vacancy = (await city.ask("GET", f"/vacancies/{item.vacancy_id}")).json()
    seen = (await city.ask("GET", f"/employers/{vacancy['employer']['id']}")).json()
    assert (seen["name"], seen["verified"], seen["partner"]) == ("PT Mitra", False, True)
