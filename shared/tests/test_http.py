"""Refusals as clients meet them: one shape, a stable code, the reader's language, and never what was typed."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import structlog
from fastapi import APIRouter, FastAPI, Request
from pydantic import BaseModel, ConfigDict, Field, StrictInt

from shared import log
from shared.admission import Admission
from shared.auth import Officer, SignedIn
from shared.cursors import decode_cursor, encode_cursor
from shared.errors import RateLimited, StaleVersion, WrongState
from shared.guard import BODY_LIMIT, Guard
from shared.http import create_app, guarded
from shared.mongo import API_TIMEOUT_MS, connect
from shared.testing import TokenMint
from shared.versions import expected_version, not_modified


class Person(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    nik: str = Field(min_length=16, max_length=16)
    age: StrictInt = Field(18, ge=15)


router = APIRouter(prefix="/api/v1")


@router.post("/people")
async def add_person(body: Person) -> dict[str, str]:
    return {"nik": body.nik[:2]}


@router.post("/files")
async def add_file(request: Request) -> int:
    return len(await request.body())


@router.get("/refused/{kind}")
async def refuse(kind: str) -> None:
    if kind == "state":
        raise WrongState(state="closed")
    if kind == "limit":
        raise RateLimited(retry_after=7)
    raise RuntimeError("3577010101900001 must not get out")


@router.get("/me")
async def me(caller: SignedIn) -> str:
    return caller.account_id


@router.get("/officer")
async def officer(caller: Officer) -> str:
    return caller.role


@pytest.fixture
def app(mint: TokenMint) -> FastAPI:
    app = create_app(service="test", title="test", routers=[router])
    app.state.verifier = mint.verifier()
    return app


@pytest.fixture
def http(app: FastAPI) -> httpx2.AsyncClient:
    return _client(guarded(app, client=None))


def _client(app: Any) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=app)
    return httpx2.AsyncClient(transport=transport, base_url="http://test")


@pytest.fixture
def logging_as_served(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    log.configure(service="test", role="api")
    yield
    structlog.reset_defaults()


async def test_a_refused_field_is_named_with_advice_and_without_its_value(http: httpx2.AsyncClient) -> None:
    answer = await http.post("/api/v1/people", json={"nik": "35770101", "age": "17", "extra": 1})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["code"] == "invalid_input"
    assert {error["pointer"] for error in body["errors"]} == {"/nik", "/age", "/extra"}
    assert "35770101" not in answer.text
    assert "Tulis paling sedikit 16 huruf." in answer.text


async def test_an_english_reader_gets_english(http: httpx2.AsyncClient) -> None:
    answer = await http.post("/api/v1/people", json={}, headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert answer.json()["errors"][0]["detail"] == "This is required."


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff", b"", b"[" * 5000])
async def test_a_malformed_body_is_a_refusal_not_a_crash(http: httpx2.AsyncClient, body: bytes) -> None:
    answer = await http.post("/api/v1/people", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid_input"


async def test_a_conflict_says_the_present_state(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/api/v1/refused/state")
    assert (answer.status_code, answer.json()["state"]) == (409, "closed")


async def test_a_limit_says_when_to_come_again(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/api/v1/refused/limit")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")


async def test_a_defect_is_a_500_that_gives_nothing_away(
    http: httpx2.AsyncClient, capsys: pytest.CaptureFixture[str], logging_as_served: None
) -> None:
    answer = await http.get("/api/v1/refused/defect")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    printed = capsys.readouterr()
    assert "request_failed" in printed.out
    assert "3577010101900001" not in answer.text + printed.out + printed.err


async def test_an_unknown_address_and_method_are_told_apart(http: httpx2.AsyncClient) -> None:
    assert (await http.get("/api/v1/nothing")).json()["code"] == "not_found"
    assert (await http.delete("/api/v1/people")).json()["code"] == "method_not_allowed"


async def test_an_oversized_body_is_refused_whether_declared_or_not(http: httpx2.AsyncClient) -> None:
    async def endless() -> Any:
        for _ in range(BODY_LIMIT // 1000 + 2):
            yield b"x" * 1000

    declared = await http.post("/api/v1/people", content=b"x" * (BODY_LIMIT + 1))
    streamed = await http.post("/api/v1/people", content=endless())
    assert [declared.status_code, streamed.status_code] == [413, 413]


async def test_a_path_that_takes_files_takes_more_than_the_others(app: FastAPI) -> None:
    larger = guarded(app, client=None, larger={"/api/v1/files": 2 * BODY_LIMIT})
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=larger), base_url="http://test") as http:
        for size, status in ((BODY_LIMIT + 1, 200), (2 * BODY_LIMIT + 1, 413)):
            assert (await http.post("/api/v1/files", content=b"x" * size)).status_code == status


async def test_a_compressed_body_is_refused(http: httpx2.AsyncClient) -> None:
    answer = await http.post("/api/v1/people", content=b"{}", headers={"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.json()["code"]) == (415, "encoded_body")


async def test_roles_decide_who_gets_in(http: httpx2.AsyncClient, mint: TokenMint) -> None:
    seeker = mint.headers("acc_1", "seeker")
    assert (await http.get("/api/v1/me")).status_code == 401
    assert (await http.get("/api/v1/me", headers=seeker)).json() == "acc_1"
    assert (await http.get("/api/v1/officer", headers=seeker)).status_code == 403
    assert (await http.get("/api/v1/officer", headers=mint.headers("acc_2", "officer"))).status_code == 200


async def test_the_request_id_is_echoed_and_a_strange_one_is_replaced(http: httpx2.AsyncClient) -> None:
    kept = await http.get("/api/v1/me", headers={"X-Request-Id": "abcd-1234-efgh"})
    replaced = await http.get("/api/v1/me", headers={"X-Request-Id": "x\ty z" * 30})
    assert kept.headers["x-request-id"] == "abcd-1234-efgh"
    assert replaced.headers["x-request-id"].startswith("req_")


async def test_beyond_the_admitted_number_a_request_is_told_to_come_again(app: FastAPI) -> None:
    guard = Guard(app, Admission(None))
    guard._inside = 150
    answer = await _client(guard).get("/api/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"] == "2"


async def test_without_a_store_the_answer_is_503_and_not_ready(app: FastAPI) -> None:
    away = connect("mongodb://127.0.0.1:9/?directConnection=true", app="test", timeout_ms=API_TIMEOUT_MS)
    http = _client(guarded(app, client=away))
    assert (await http.get("/api/v1/me")).status_code == 503
    ready = await http.get("/readyz")
    assert (ready.status_code, ready.json()["store"]) == (503, "away")
    assert (await http.get("/livez")).status_code == 200
    away.close()


async def test_a_body_that_stalls_is_cut_off(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.guard.STALL_SECONDS", 0.05)
    sent: list[dict[str, Any]] = []

    async def silent() -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/api/v1/people", "headers": [], "query_string": b""}
    await Guard(app, Admission(None))(scope, silent, send)
    assert sent[0]["status"] == 408
    assert json.loads(sent[1]["body"])["code"] == "slow_request"


def test_a_cursor_holds_its_position_and_a_foreign_one_is_refused() -> None:
    cursor = encode_cursor("2026-11-24T10:00:00Z", "app_1")
    assert decode_cursor(cursor, length=2) == ["2026-11-24T10:00:00Z", "app_1"]
    for foreign in ("!", "x", cursor[:-4], encode_cursor("one"), encode_cursor({"$ne": None}, "x")):
        with pytest.raises(Exception, match="bad_cursor"):
            decode_cursor(foreign, length=2)


@pytest.mark.parametrize(
    ("header", "expected"), [('"3"', 3), ('W/"3"', 3), ('"3-gzip"', 3), ("3", 3), ("*", None), (None, None)]
)
def test_if_match_names_a_version(header: str | None, expected: int | None) -> None:
    assert expected_version(header) == expected


@pytest.mark.parametrize("header", ['"abc"', '"3-x"', '"-1"', "", '"3", "4"'])
def test_a_nonsense_if_match_is_stale(header: str) -> None:
    with pytest.raises(StaleVersion):
        expected_version(header, required=True)


def test_what_the_reader_has_already_is_recognised_also_when_it_came_compressed() -> None:
    assert not_modified('"2", "3-gzip"', 3)
    assert not not_modified('"2"', 3)
    assert not not_modified(None, 3)
