"""Until the scanner has found it clean nobody opens a document; a virus is destroyed; nothing is lost."""

from collections.abc import AsyncIterator, Callable
from itertools import product
from typing import Any, get_args

import pytest

from services.seeker.documents.quarantine import Quarantine
from services.seeker.documents.scanning import Scanner
from services.seeker.domain.document_states import TABLE, Finding, State, after
from services.seeker.main import Stores
from services.seeker.settings import SeekerSettings
from services.seeker.store.waiting_documents import WaitingDocuments
from services.seeker.tests.clamd import EICAR, OK, TOO_LARGE, Clamd, listening
from services.seeker.tests.conftest import SITI, Http, serve
from services.seeker.tests.test_documents import add, fetched, picture
from shared.claims import DUE
from shared.contracts.seeker import DocumentRefused
from shared.events import decode
from shared.testing import TokenMint


@pytest.fixture
async def clamd() -> AsyncIterator[tuple[Clamd, str]]:
    clamd = Clamd()
    async with listening(clamd) as url:
        yield clamd, url


@pytest.fixture
async def http(
    make_settings: Callable[..., SeekerSettings], stores: Stores, mint: TokenMint, clamd: tuple[Clamd, str]
) -> AsyncIterator[Http]:
    async for found in serve(make_settings(SeekerSettings, clamav_url=clamd[1]), mint):
        yield found


@pytest.fixture
def quarantine(stores: Stores, clamd: tuple[Clamd, str]) -> Quarantine:
    return Quarantine(WaitingDocuments(stores.documents), Scanner(clamd[1], deadline=0.5))


async def states(http: Http) -> list[str]:
    return [each["state"] for each in (await http.call("GET", "/me/documents")).json()["items"]]


async def refused(stores: Stores) -> list[DocumentRefused]:
    """What is told of documents that were not found clean."""
    rows = [row async for row in stores.documents.refused.find()]
    events = [decode(entry["value"].encode()) for row in rows for entry in row["outbox"]]
    return [event.data for event in events if event is not None]


async def later(stores: Stores) -> None:
    """Leases have run out."""
    await stores.documents.documents.update_many({"scan_at": {"$exists": True}}, {"$set": {"scan_at": DUE}})


@pytest.mark.parametrize(("state", "finding"), product(get_args(State), get_args(Finding)))
def test_what_is_not_in_the_table_changes_nothing(state: State, finding: Finding) -> None:
    legal = {
        ("uploaded", "unfit"): "unreadable",
        ("uploaded", "hold"): "scanning",
        ("uploaded", "pass"): "clean",
        ("scanning", "pass"): "clean",
        ("scanning", "virus"): "infected",
        ("scanning", "refused"): "unreadable",
    }
    assert after(state, finding) == legal.get((state, finding))
    assert legal.keys() == TABLE.keys()


async def test_a_document_is_opened_only_once_it_was_found_clean(
    http: Http, clamd: tuple[Clamd, str], quarantine: Quarantine
) -> None:
    added = (await add(http, picture())).json()
    waits = await fetched(http, added["id"])
    assert (added["state"], waits.status_code, waits.json()["code"]) == ("scanning", 409, "document_not_clean")
    assert await quarantine.look() == 1
    opened = await fetched(http, added["id"])
    assert (await states(http), opened.status_code) == (["clean"], 200)
    assert clamd[0].seen == [opened.content]  # what is handed out is what was looked at
    assert await quarantine.look() == 0


@pytest.mark.parametrize(("answer", "state"), [(EICAR, "infected"), (TOO_LARGE, "unreadable")])
async def test_of_what_is_not_clean_no_byte_stays_and_its_owner_is_told(
    http: Http, stores: Stores, clamd: tuple[Clamd, str], quarantine: Quarantine, answer: bytes, state: str
) -> None:
    id = (await add(http, picture())).json()["id"]
    clamd[0].answer = answer
    await quarantine.look()
    assert (await states(http), (await fetched(http, id)).status_code) == ([state], 409)
    assert await stores.documents.pieces.count_documents({}) == 0
    clamd[0].answer = OK
    await later(stores)
    assert (await quarantine.look(), await states(http)) == (0, [state])


@pytest.mark.parametrize("answer", [None, b"", b"stream: O", b"stream: failed ERROR\0"])
async def test_while_the_scanner_is_away_documents_wait_and_none_is_lost(
    http: Http, stores: Stores, clamd: tuple[Clamd, str], quarantine: Quarantine, answer: bytes | None
) -> None:
    ids = [(await add(http, picture())).json()["id"] for _ in range(3)]
    clamd[0].answer = answer
    assert await quarantine.look() == 0
    assert await states(http) == ["scanning"] * 3
    clamd[0].answer = OK
    await later(stores)
    assert await quarantine.look() == 3
    assert [(await fetched(http, id)).status_code for id in ids] == [200] * 3


async def test_a_worker_that_dies_before_the_bytes_are_gone_is_followed_by_another(
    http: Http, stores: Stores, clamd: tuple[Clamd, str], quarantine: Quarantine
) -> None:
    await add(http, picture())
    waiting = WaitingDocuments(stores.documents)
    document, token = await waiting.take()
    assert document is not None
    assert await waiting.mark(document, "virus", token=token)  # and here it dies
    await later(stores)
    await quarantine.look()
    assert (await states(http), await stores.documents.pieces.count_documents({})) == (["infected"], 0)
    assert clamd[0].seen == []  # what was judged is not judged again
    (told,) = await refused(stores)
    assert (told.seeker_id, told.kind, told.state) == (SITI, "diploma", "infected")
    await waiting.destroy(document)
    assert len(await refused(stores)) == 1, "its owner is told once"


async def test_a_verdict_that_comes_after_the_lease_changes_nothing(http: Http, stores: Stores) -> None:
    await add(http, picture())
    waiting = WaitingDocuments(stores.documents)
    slow, token = await waiting.take()
    await later(stores)
    quick, newer = await waiting.take()
    assert slow is not None
    assert quick is not None
    assert await waiting.mark(quick, "virus", token=newer)
    assert not await waiting.mark(slow, "pass", token=token)
    assert await states(http) == ["infected"]


@pytest.mark.parametrize("gone", ["removed", "erased", "half"])
async def test_what_goes_while_it_waits_is_not_asked_about(
    http: Http, stores: Stores, clamd: tuple[Clamd, str], quarantine: Quarantine, gone: str
) -> None:
    id = (await add(http, picture())).json()["id"]
    ways: dict[str, Callable[[], Any]] = {
        "removed": lambda: stores.documents.drop(id, seeker_id=SITI),
        "erased": lambda: stores.vault.destroy(SITI),
        "half": lambda: stores.documents.pieces.delete_many({}),
    }
    await ways[gone]()
    await quarantine.look()
    assert clamd[0].seen == []
    assert await states(http) == ([] if gone == "removed" else ["scanning"])
