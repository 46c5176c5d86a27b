"""What participants sell: shown after the training, asked about through us alone."""

from typing import Any

import pytest

from services.training.tests.conftest import BUDI, OFFICER, SITI, Desk, Http
from services.training.tests.test_ending import finished

PRODUCT: dict[str, Any] = {
    "name": "Keripik tempe",
    "description": "Renyah, tanpa pengawet.",
    "price": 15_000,
    "unit": "bungkus",
    "kelurahan_code": "35.77.02.1007",
}
QUESTION = {"text": "Bisa pesan 20 bungkus?", "reply_to": "0839 0000 0123"}


@pytest.fixture
async def mine(http: Http, desk: Desk) -> str:
    """The place of somebody who completed a training, with a product."""
    _, siti, _ = await finished(desk)
    assert (await http.ask("PUT", f"/enrolments/{siti}/product", PRODUCT)).status_code == 200
    return siti


async def shown(http: Http) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await http.ask("GET", "/products", as_=None)).json()["items"]
    return found


async def test_a_product_is_everybodys_to_see_and_says_nothing_of_its_seller(http: Http, mine: str) -> None:
    (product,) = await shown(http)
    assert {name: product[name] for name in PRODUCT} == PRODUCT
    assert (await http.ask("GET", f"/products/{product['id']}", as_=None)).json() == product
    assert not {"seeker_id", "enrolment_id"} & set(product)
    assert SITI not in str(product)


async def test_putting_it_again_changes_the_same_page(http: Http, mine: str) -> None:
    first = (await shown(http))[0]
    same = (await http.ask("PUT", f"/enrolments/{mine}/product", PRODUCT)).json()
    other = (await http.ask("PUT", f"/enrolments/{mine}/product", {**PRODUCT, "price": None})).json()
    assert (same["version"], other["version"], other["id"]) == (1, 2, first["id"])
    assert [one["price"] for one in await shown(http)] == [None]


async def test_only_who_completed_a_training_has_a_page_and_only_the_own(http: Http, desk: Desk) -> None:
    _, siti, budi = await finished(desk)
    refused = await http.ask("PUT", f"/enrolments/{budi}/product", PRODUCT, as_=BUDI)
    assert (refused.status_code, refused.json()["code"]) == (409, "training_not_completed")
    assert (await http.ask("PUT", f"/enrolments/{siti}/product", PRODUCT, as_=BUDI)).status_code == 404
    wrong = await http.ask("PUT", f"/enrolments/{siti}/product", {**PRODUCT, "kelurahan_code": "x"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/kelurahan_code")


async def test_a_withdrawn_product_comes_back_and_a_hidden_one_does_not(http: Http, mine: str) -> None:
    product = (await shown(http))[0]
    for _ in range(2):
        assert (await http.ask("POST", f"/enrolments/{mine}/product/withdraw")).json()["state"] == "withdrawn"
    assert (await shown(http), (await http.ask("GET", f"/products/{product['id']}", as_=None)).status_code) == (
        [],
        404,
    )
    await http.ask("PUT", f"/enrolments/{mine}/product", PRODUCT)
    assert len(await shown(http)) == 1
    hide = f"/products/{product['id']}/hide"
    assert (await http.ask("POST", hide, {"reason": "Bukan miliknya."})).status_code == 403
    assert (await http.ask("POST", hide, {"reason": "Bukan miliknya."}, as_=OFFICER)).json()["state"] == "hidden"
    assert (await http.ask("PUT", f"/enrolments/{mine}/product", PRODUCT)).status_code == 409
    assert await shown(http) == []


async def test_a_question_reaches_the_seller_alone_sealed_once_a_day(http: Http, desk: Desk, mine: str) -> None:
    here = f"/products/{(await shown(http))[0]['id']}/questions"
    assert (await http.ask("POST", here, QUESTION, as_=None)).status_code == 401
    for _ in range(2):
        assert (await http.ask("POST", here, QUESTION, as_=BUDI)).status_code == 204
    found = (await http.ask("GET", f"/enrolments/{mine}/product/questions")).json()["items"]
    assert [{name: one[name] for name in QUESTION} for one in found] == [QUESTION]
    assert (await http.ask("GET", f"/enrolments/{mine}/product/questions", as_=BUDI)).json()["items"] == []
    row = await desk.stores.products.questions.find_one({})
    assert row is not None
    assert "0839" not in str(row)
    assert "ProductAsked" in row["outbox"][0]["value"]
    assert BUDI not in row["outbox"][0]["value"]


async def test_nobody_writes_to_everybody(http: Http, desk: Desk, mine: str) -> None:
    here = f"/products/{(await shown(http))[0]['id']}/questions"
    await http.ask("POST", here, QUESTION, as_=BUDI)
    row = await desk.stores.products.questions.find_one({})
    assert row is not None
    more = [{**row, "_id": f"qst_{number}", "product_id": f"prd_{number}"} for number in range(9)]
    await desk.stores.products.questions.insert_many(more)
    refused = await http.ask("POST", here, QUESTION, as_=BUDI)
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_questions")
    assert int(refused.headers["retry-after"]) > 0
