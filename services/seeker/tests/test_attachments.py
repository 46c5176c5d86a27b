"""An employer reads a person's document by leave of the application service, and by nothing else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from services.seeker.tests.conftest import BUDI, SITI, Http
from services.seeker.tests.test_cards_api import photo
from shared.leave import Leave, Leaves
from shared.testing import TEST_KEY

OWNER = "acc_owner"


async def kept(http: Http, account: str = SITI) -> str:
    headers = {**http._mint.headers(account, "seeker"), "Content-Type": "image/jpeg"}
    path = "/api/v1/seekers/me/documents?kind=diploma"
    answer = await http._client.post(path, content=photo(), headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def leave(*documents: str, opens: bool = True, person: str = SITI, ago: timedelta = timedelta()) -> str:
    given = Leave(reader=OWNER, person=person, about="app_1", documents=documents, opens=opens)
    return Leaves(TEST_KEY).write(given, at=datetime.now(UTC) - ago)


async def read(http: Http, path: str, token: str, *, account: str = OWNER, role: str = "employer") -> httpx2.Response:
    headers: dict[str, Any] = {**http._mint.headers(account, role), "X-Leave": token}
    return await http._client.get(f"/api/v1/seekers/attachments{path}", headers=headers)


async def test_by_leave_it_is_listed_and_read_as_a_download_that_nobody_keeps(http: Http) -> None:
    id = await kept(http)
    (listed,) = (await read(http, "", leave(id, "doc_gone", opens=False))).json()["items"]
    assert (listed["id"], listed["kind"], listed["media_type"]) == (id, "diploma", "image/jpeg")
    opened = await read(http, f"/{id}", leave(id))
    assert (opened.status_code, opened.content[:2]) == (200, b"\xff\xd8")
    assert opened.headers["cache-control"] == "no-store"
    assert opened.headers["content-disposition"] == 'attachment; filename="diploma.jpg"'
    assert opened.headers["content-security-policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("case", ["of a list", "of another document", "of another person"])
async def test_a_leave_for_something_else_does_not_open_it(http: Http, case: str) -> None:
    id = await kept(http)
    token = {
        "of a list": leave(id, opens=False),
        "of another document": leave("doc_other"),
        "of another person": leave(id, person=BUDI),
    }[case]
    assert (await read(http, f"/{id}", token)).status_code == 404


async def test_an_old_leave_a_copied_one_and_none_open_nothing(http: Http) -> None:
    id = await kept(http)
    old = leave(id, ago=timedelta(seconds=61))
    for token, account in ((old, OWNER), (leave(id), "acc_thief"), ("made.up", OWNER)):
        refused = await read(http, f"/{id}", token, account=account)
        assert (refused.status_code, refused.json()["code"]) == (403, "leave_over")


async def test_what_its_owner_deleted_is_gone_for_the_employer_too(http: Http) -> None:
    id = await kept(http)
    await http.call("DELETE", f"/me/documents/{id}")
    assert (await read(http, "", leave(id, opens=False))).json()["items"] == []
    assert (await read(http, f"/{id}", leave(id))).status_code == 404
