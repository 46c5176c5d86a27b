"""Web push: from the browser's subscription to what it shows, over a real socket, and encrypted for it alone."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from services.notifier.channels.vapid import private_key, public_text
from services.notifier.choices import Choices
from services.notifier.devices import MOST, is_known
from services.notifier.main import devices
from services.notifier.pushing import Pushes
from services.notifier.reactions import table
from services.notifier.settings import NotifierSettings
from services.notifier.tests.conftest import House, until
from services.notifier.tests.events import OWNER, SEEKER, application, code, saved
from services.notifier.tests.providers.push import Browser, PushService
from shared.contracts.application import ApplicationInterviewOffered, ApplicationRejected, ApplicationSubmitted
from shared.contracts.identity import AccountErased
from shared.contracts.seeker import VacanciesMatched
from shared.testing import TEST_KEY, TokenMint, envelope

PATH = "/api/v1/notifications/devices"
HOSTS = NotifierSettings.model_fields["push_hosts"].default.split()


@pytest.fixture
def settings(settings: NotifierSettings) -> NotifierSettings:
    return settings.model_copy(update={"push_key": TEST_KEY, "push_hosts": "127.0.0.1"})


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    service = PushService(public_key=public_text(private_key(TEST_KEY)))
    await service.start()
    yield service
    await service.stop()


@pytest.fixture
def subscribe(http: httpx2.AsyncClient, mint: TokenMint) -> Any:
    async def subscribe(browser: Browser, account: str = SEEKER, role: str = "seeker") -> httpx2.Response:
        return await http.post(PATH, json=browser.subscription, headers=mint.headers(account, role))

    return subscribe


async def react(house: House, *events: Any) -> None:
    """As the consumer does, with devices in the table."""
    reactions = table(house.store, Pushes(house.store, devices(house.settings, house.client)))
    for event in events:
        effects = reactions[type(event.data)]
        for effect in effects if isinstance(effects, tuple) else (effects,):
            await effect(event)


async def pushed(house: House) -> list[dict[str, Any]]:
    return [row async for row in house.store.messages.find({"channel": "push"})]


async def ended(house: House, count: int) -> list[dict[str, Any]]:
    async def check() -> list[dict[str, Any]] | None:
        rows = await pushed(house)
        return rows if len(rows) == count and all(row["state"] != "waiting" for row in rows) else None

    found: list[dict[str, Any]] = await until(check)
    return found


async def test_what_a_browser_opens_is_neutral_and_names_no_job(
    house: House, service: PushService, subscribe: Any
) -> None:
    phone = service.browser("phone")
    assert (await subscribe(phone)).status_code == 201
    event = application(ApplicationRejected)
    await react(house, event, event)
    house.start()
    rows = await ended(house, 1)
    assert rows[0]["state"] == "sent"
    (got,) = phone.got
    assert (got.content["title"], got.content["link"]) == ("Ada kabar untuk Anda", "/lowongan")
    assert "Penjahit" not in str(got.content)
    assert got.claims["aud"] == f"http://127.0.0.1:{service.port}"
    assert got.claims["sub"] == "mailto:no-reply@si-caker.example"
    assert got.headers["content-encoding"] == "aes128gcm"


async def test_each_device_is_told_once_however_often_the_event_comes(
    house: House, service: PushService, subscribe: Any
) -> None:
    phone, laptop = service.browser("phone"), service.browser("laptop")
    for browser in (phone, laptop, phone):
        await subscribe(browser)
    for event in (application(ApplicationRejected), application(ApplicationRejected, 2)):
        await react(house, event, event)
    house.start()
    await ended(house, 4)
    assert (len(phone.got), len(laptop.got)) == (2, 2)
    assert len({push.content["id"] for push in phone.got}) == 2
    assert len({push.headers["topic"] for push in phone.got}) == 1, "the same words about the same page collapse"


async def test_how_long_and_how_urgent_is_told_by_the_lane(
    house: House, service: PushService, subscribe: Any
) -> None:
    phone = service.browser("phone")
    await subscribe(phone)
    ends = datetime.now(UTC) + timedelta(hours=5)
    await react(house, application(ApplicationInterviewOffered, reply_by=ends), saved(VacanciesMatched))
    house.start()
    await ended(house, 2)
    told = {push.headers["urgency"]: int(push.headers["ttl"]) for push in phone.got}
    assert told.keys() == {"normal", "low"}
    assert 4 * 3600 < told["normal"] <= 5 * 3600
    assert 0 < told["low"] <= 86_400


@pytest.mark.parametrize("status", ["404", "410"])
async def test_a_browser_that_its_service_knows_no_more_is_forgotten(
    house: House, service: PushService, subscribe: Any, status: str
) -> None:
    gone, phone = service.browser("gone"), service.browser("phone")
    await subscribe(gone)
    await subscribe(phone)
    service.rule = lambda path, _: status if path == "/gone" else "accept"
    await react(house, application(ApplicationRejected))
    house.start()
    await ended(house, 2)
    await react(house, application(ApplicationRejected, 2))
    await ended(house, 3)
    assert service.tries["/gone"] == 1
    assert len(phone.got) == 2


async def test_a_busy_service_is_asked_again_and_a_refusal_is_final(
    house: House, service: PushService, subscribe: Any
) -> None:
    busy, forbidden = service.browser("busy"), service.browser("forbidden")
    await subscribe(busy)
    await subscribe(forbidden)
    answers = {"/busy": ["503 1", "accept"], "/forbidden": ["403"]}
    service.rule = lambda path, tried: answers[path][min(tried, len(answers[path]) - 1)]
    await react(house, application(ApplicationRejected))
    house.start()
    rows = await ended(house, 2)
    assert {row["state"] for row in rows} == {"sent", "failed"}
    assert service.tries == {"/busy": 2, "/forbidden": 1}


async def test_a_push_whose_answer_was_lost_comes_again_in_its_own_place(
    house: House, service: PushService, subscribe: Any
) -> None:
    phone = service.browser("phone")
    await subscribe(phone)
    service.rule = lambda _, tried: "accept" if tried else "drop"
    await react(house, application(ApplicationRejected))
    house.start()
    await ended(house, 1)
    assert len({(push.content["id"], push.content["tag"]) for push in phone.got}) == 1


async def test_what_is_switched_off_everywhere_comes_to_no_device(
    house: House, service: PushService, subscribe: Any
) -> None:
    phone = service.browser("phone")
    await subscribe(phone)
    off = frozenset({"searches:email", "searches:sms"})
    await house.store.people.save(SEEKER, Choices(language="en", off=off))
    await react(house, saved(VacanciesMatched), application(ApplicationRejected))
    house.start()
    await ended(house, 2)
    assert [push.content["link"] for push in phone.got] == ["/en/lowongan"], "in the person's language"


async def test_no_code_and_no_crowd_of_applicants_comes_to_a_device(
    house: House, service: PushService, subscribe: Any
) -> None:
    await subscribe(service.browser("phone"))
    await react(house, await code(house.vault), application(ApplicationSubmitted))
    assert {row["template"] for row in await pushed(house)} == {"application_received"}


async def test_an_erased_person_leaves_no_device(house: House, service: PushService, subscribe: Any) -> None:
    await subscribe(service.browser("phone"))
    await react(house, application(ApplicationRejected), envelope(AccountErased(role="seeker"), subject=SEEKER))
    assert await house.store.devices.count_documents({}) == 0
    assert not await pushed(house)


async def test_a_device_belongs_to_whoever_asked_last_and_only_that_one_removes_it(
    house: House, service: PushService, subscribe: Any, http: httpx2.AsyncClient, mint: TokenMint
) -> None:
    phone = service.browser("phone")
    await subscribe(phone)
    id = (await subscribe(phone, OWNER, "employer")).json()["id"]
    siti, owner = mint.headers(SEEKER, "seeker"), mint.headers(OWNER, "employer")
    assert (await http.get(PATH, headers=siti)).json()["items"] == []
    assert (await http.delete(f"{PATH}/{id}", headers=siti)).status_code == 404
    assert (await http.delete(f"{PATH}/{id}", headers=owner)).status_code == 204
    assert (await http.get(PATH, headers=owner)).json() == {
        "public_key": service.public_key,
        "items": [],
    }


async def test_the_first_device_makes_room_for_one_too_many(
    service: PushService, subscribe: Any, http: httpx2.AsyncClient, mint: TokenMint
) -> None:
    made = [(await subscribe(service.browser(f"b{number}"))).json()["id"] for number in range(MOST + 1)]
    kept = (await http.get(PATH, headers=mint.headers(SEEKER, "seeker"))).json()["items"]
    assert [each["id"] for each in kept] == made[1:]


async def test_where_a_device_is_reached_is_sealed(house: House, service: PushService, subscribe: Any) -> None:
    phone = service.browser("secret-path")
    await subscribe(phone)
    row = await house.store.devices.find_one({})
    assert "secret-path" not in str(row)
    assert phone.subscription["auth"] not in str(row)


@pytest.mark.parametrize(
    ("endpoint", "known"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/abc", True),
        ("https://web.push.apple.com/abc", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://fcm.googleapis.com:8443/abc", False),
        ("https://fcm.googleapis.com@127.0.0.1/abc", False),
        ("https://fcm.googleapis.com.example.com/abc", False),
        ("https://127.0.0.1/abc", False),
        ("http://127.0.0.1:27017/abc", False),
        ("https://[::1", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_push_services_that_are_known_are_called(endpoint: str, known: bool) -> None:
    assert is_known(endpoint, HOSTS) is known


async def test_an_unknown_push_service_is_refused(subscribe: Any) -> None:
    answer = await subscribe(Browser("https://intranet.example.com/abc"))
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_push_service")
