"""Providers' calls as they come through the API: signed, strict, and harmless when they come again."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest

from services.notifier.addresses import address_index
from services.notifier.callbacks.call import SIGNATURE, signature
from services.notifier.domain import wire_name
from services.notifier.main import application as build
from services.notifier.planner import plan
from services.notifier.settings import NotifierSettings
from services.notifier.store import MessageStore
from services.notifier.tests.events import SEEKER, application
from shared.contracts.application import ApplicationHired
from shared.http import guarded
from shared.testing import TEST_KEY

KEY = "rahasia"
PROVIDERS = json.dumps(
    [
        {"name": "sms", "kind": "json", "url": "http://x", "password": "p", "callback_key": KEY},
        {"name": "mail", "kind": "smtp", "url": "smtp://x", "callback_key": KEY},
        {
            "name": "spare",
            "kind": "twilio",
            "url": "https://x",
            "user": "AC1",
            "password": KEY,
            "sender": "+1",
            "callback_key": KEY,
        },
        {"name": "wa", "kind": "whatsapp", "url": "https://x", "password": "p", "template": "k", "callback_key": KEY},
        {"name": "mute", "kind": "json", "url": "http://x", "password": "p"},
    ]
)


@pytest.fixture
async def http(settings: NotifierSettings, store: MessageStore) -> AsyncIterator[httpx2.AsyncClient]:
    app, client = build(settings.model_copy(update={"providers": PROVIDERS}))
    await client.admin.command("ping")
    transport = httpx2.ASGITransport(app=guarded(app, client=client))
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        yield http
    client.close()


async def sent(store: MessageStore, provider: str, reference: str) -> str:
    """A message that this provider took; its id."""
    message = next(one for one in plan(application(ApplicationHired)) if one.channel == "sms")
    await store.add([message])
    row = {"state": "sent", "provider": provider, "receipt": f"{provider}:{reference}"}
    if provider == "mail":
        row["wire"] = wire_name(reference)
    row["address"] = address_index(TEST_KEY, "sms", "+6281234567890")
    await store.messages.update_one({"_id": message.id}, {"$set": row, "$unset": {"send_at": ""}})
    return message.id


async def state(store: MessageStore, id: str) -> str:
    found = await store.messages.find_one({"_id": id})
    assert found is not None
    return str(found["state"])


def items(*told: dict[str, Any]) -> bytes:
    return json.dumps({"items": told}).encode()


async def signed(
    http: httpx2.AsyncClient,
    body: bytes,
    *,
    at: float | None = None,
    name: str = "sms",
    kind: str = "application/json",
) -> httpx2.Response:
    made = signature(KEY, body, at=int(time.time()))
    headers = {SIGNATURE: made, "Content-Type": kind}
    return await http.post(f"/api/v1/callbacks/{name}", content=body, headers=headers)


DELIVERED = items({"kind": "delivered", "reference": "r1"})


async def test_a_signed_receipt_moves_the_message_and_again_changes_nothing(
    http: httpx2.AsyncClient, store: MessageStore
) -> None:
    id = await sent(store, "sms", "r1")
    for _ in range(2):
        answer = await signed(http, DELIVERED)
        assert (answer.status_code, answer.json()) == (200, {"taken": 1})
        assert await state(store, id) == "delivered"
    late = await signed(http, items({"kind": "undelivered", "key": id, "code": "too_late"}))
    assert late.status_code == 200
    assert await state(store, id) == "delivered"


@pytest.mark.parametrize(
    "change",
    ["no signature", "old", "from the future", "another key", "another body", "half", "time without end"],
)
async def test_a_call_that_is_not_his_or_not_of_now_moves_nothing(
    http: httpx2.AsyncClient, store: MessageStore, change: str
) -> None:
    id, now = await sent(store, "sms", "r1"), int(time.time())
    given = {
        "no signature": "",
        "old": signature(KEY, DELIVERED, at=now - 310),
        "from the future": signature(KEY, DELIVERED, at=now + 310),
        "another key": signature("other", DELIVERED, at=now),
        "another body": signature(KEY, DELIVERED + b" ", at=now),
        "half": signature(KEY, DELIVERED, at=now)[:-2],
        "time without end": f"t={'9' * 4000},v1=00",
    }[change]
    answer = await http.post("/api/v1/callbacks/sms", content=DELIVERED, headers={SIGNATURE: given})
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_signature")
    assert await state(store, id) == "sent"


@pytest.mark.parametrize("name", ["nobody", "mute"])
async def test_only_a_provider_with_a_key_has_an_address(http: httpx2.AsyncClient, name: str) -> None:
    assert (await signed(http, DELIVERED, name=name)).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b'{"items": [{"kind": "delivered", "reference": "r1", "extra": 1}]}',
        b'{"items": [{"kind": "burnt", "reference": "r1"}]}',
        b'{"items": [{"kind": "delivered", "reference": {"$ne": null}}]}',
        b'{"items": [{"kind": "reply", "id": "1", "phone": "+62812", "text": 5}]}',
        b"[" * 50_000,
        items(*[{"kind": "delivered", "reference": "r1"}] * 101),
    ],
)
async def test_a_signed_call_that_nobody_can_read_is_refused_without_repeating_it(
    http: httpx2.AsyncClient, body: bytes
) -> None:
    answer = await signed(http, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")
    assert "62812" not in answer.text


def twilio(url: str, form: dict[str, str], key: str = KEY) -> dict[str, str]:
    text = url + "".join(name + form[name] for name in sorted(form))
    made = base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha1).digest()).decode()
    return {"X-Twilio-Signature": made, "Content-Type": "application/x-www-form-urlencoded"}


async def test_twilios_receipt_is_found_by_our_key_though_its_answer_was_lost(
    http: httpx2.AsyncClient, store: MessageStore
) -> None:
    message = next(one for one in plan(application(ApplicationHired)) if one.channel == "sms")
    await store.add([message])
    path = f"/api/v1/callbacks/spare?{urlencode({'key': message.id})}"
    form = {"MessageSid": "SM1", "MessageStatus": "sent", "To": "+62812"}
    for status, expected in (("sent", "waiting"), ("delivered", "delivered"), ("failed", "delivered")):
        body = {**form, "MessageStatus": status}
        headers = twilio(f"https://si-caker.example{path}", body)
        answer = await http.post(path, content=urlencode(body), headers=headers)
        assert answer.status_code == 200
        assert await state(store, message.id) == expected
    forged = twilio(f"https://si-caker.example{path}", form, key="other")
    assert (await http.post(path, content=urlencode(form), headers=forged)).status_code == 401
    assert await store.messages.count_documents({"send_at": {"$exists": True}}) == 0


async def test_twilios_reply_is_a_reply(http: httpx2.AsyncClient, store: MessageStore) -> None:
    await sent(store, "spare", "SM1")
    form = {"MessageSid": "SM9", "From": "+6281234567890", "Body": "ya", "To": "+1"}
    headers = twilio("https://si-caker.example/api/v1/callbacks/spare", form)
    for _ in range(2):
        answer = await http.post("/api/v1/callbacks/spare", content=urlencode(form), headers=headers)
        assert answer.json() == {"taken": 1}
    (kept,) = [row async for row in store.replies.find({})]
    assert kept["word"] == "ya"
    assert json.loads(kept["outbox"][0]["value"])["data"]["account_id"] == SEEKER


def whatsapp(body: bytes, key: str = KEY) -> dict[str, str]:
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(key.encode(), body, hashlib.sha256).hexdigest()}


async def test_whatsapp_tells_receipts_and_replies_in_one_envelope(
    http: httpx2.AsyncClient, store: MessageStore
) -> None:
    id = await sent(store, "wa", "wamid.1")
    status = {"id": "wamid.1", "status": "read", "recipient_id": "62812", "biz_opaque_callback_data": id}
    text = {"id": "wamid.9", "from": "6281234567890", "type": "text", "text": {"body": "Berhenti"}, "timestamp": "1"}
    value = {"messaging_product": "whatsapp", "statuses": [status], "messages": [text]}
    body = json.dumps({"object": "x", "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]})
    answer = await http.post("/api/v1/callbacks/wa", content=body, headers=whatsapp(body.encode()))
    assert (answer.status_code, answer.json()) == (200, {"taken": 2})
    assert await state(store, id) == "delivered"
    assert await store.suppressed.count_documents({"stopped": True}) == 1
    forged = await http.post("/api/v1/callbacks/wa", content=body, headers=whatsapp(body.encode(), "other"))
    assert forged.status_code == 401


@pytest.mark.parametrize(
    ("name", "token", "challenge", "status"),
    [("wa", KEY, "1158201444", 200), ("wa", "no", "115", 401), ("wa", KEY, "<b>", 422), ("sms", KEY, "115", 401)],
)
async def test_the_cloud_api_is_told_that_the_address_is_ours(
    http: httpx2.AsyncClient, name: str, token: str, challenge: str, status: int
) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": challenge}
    answer = await http.get(f"/api/v1/callbacks/{name}", params=query)
    assert answer.status_code == status
    if status == 200:
        assert answer.text == challenge


OURS = f"<{wire_name('r1')}@si-caker.example>"


def bounce(status: str, *, action: str = "failed", address: str = "Siti@contoh.id", id: str = OURS) -> bytes:
    return f"""From: MAILER-DAEMON@mail
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not arrive.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: message/rfc822

Message-ID: {id}
To: <{address}>
Subject: Kabar

--b--
""".encode()


async def mail_state(store: MessageStore) -> tuple[str, int]:
    (row,) = [row async for row in store.messages.find({"provider": "mail"})]
    return row["state"], await store.suppressed.count_documents({"bounced": True})


@pytest.mark.parametrize(
    ("body", "ended"),
    [
        (bounce("5.1.1"), ("undelivered", 1)),
        (bounce("5.7.1 (policy)"), ("undelivered", 0)),
        (bounce("4.4.1", action="delayed"), ("sent", 0)),
        (bounce("2.0.0", action="delivered"), ("sent", 0)),
        (bounce("5.1.1", id="<other@x>"), ("sent", 1)),
        (b"Subject: hello\n\nno report at all", ("sent", 0)),
        (b"\xff\x00\xfe", ("sent", 0)),
    ],
)
async def test_a_bounce_ends_its_mail_and_only_a_wrong_address_is_left_alone(
    http: httpx2.AsyncClient, store: MessageStore, body: bytes, ended: tuple[str, int]
) -> None:
    await sent(store, "mail", "r1")
    for _ in range(2):
        answer = await signed(http, body, name="mail", kind="message/rfc822")
        assert answer.status_code == 200
    assert await mail_state(store) == ended
    if ended[1]:
        known = await store.suppressed.find_one({})
        assert known is not None
        assert known["_id"] == address_index(TEST_KEY, "email", "siti@contoh.id")


COMPLAINT = b"""From: fbl@provider
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

Somebody called this spam.

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: x/1
Version: 1
Original-Rcpt-To: <siti@contoh.id>

--b--
"""


async def test_a_complaint_stops_what_people_may_do_without(http: httpx2.AsyncClient, store: MessageStore) -> None:
    answer = await signed(http, COMPLAINT, name="mail", kind="message/rfc822")
    assert answer.json() == {"taken": 1}
    known = await store.suppressed.find_one({"_id": address_index(TEST_KEY, "email", "siti@contoh.id")})
    assert known is not None
    assert known["stopped"] is True


async def test_bounces_and_complaints_may_come_as_items_too(http: httpx2.AsyncClient, store: MessageStore) -> None:
    told = items(
        {"kind": "bounced", "address": "a@contoh.id"},
        {"kind": "complained", "address": "b@contoh.id"},
        {"kind": "undelivered"},
    )
    assert (await signed(http, told, name="mail")).json() == {"taken": 2}
    assert await store.suppressed.count_documents({}) == 2
