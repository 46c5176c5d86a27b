"""The cookie: sealed, bound to this portal, short-lived on a borrowed phone."""

import base64

import pytest

from services.portal.session import BORROWED, LIFETIME, Seal, Session, cookie_name

SEAL = Seal(base64.b64encode(b"a" * 32).decode())
SESSION = Session(access="token", refresh="again", role="seeker", name="Siti")


def test_round_trip() -> None:
    opened = SEAL.open(SEAL.close(SESSION, now=1000), now=1001)
    assert opened is not None
    assert opened.model_copy(update={"sealed_at": 0}) == SESSION


def test_nothing_of_it_can_be_read() -> None:
    assert b"token" not in base64.urlsafe_b64decode(SEAL.close(SESSION))


@pytest.mark.parametrize("position", [0, 5, 12, 40, -1])
def test_a_changed_cookie_is_no_session(position: int) -> None:
    raw = bytearray(base64.urlsafe_b64decode(SEAL.close(SESSION)))
    raw[position] ^= 1
    assert SEAL.open(base64.urlsafe_b64encode(bytes(raw)).decode()) is None


@pytest.mark.parametrize("value", ["", "x", "%%%", "AAAA", "é", base64.urlsafe_b64encode(b"{}" * 40).decode()])
def test_nonsense_is_no_session(value: str) -> None:
    assert SEAL.open(value) is None


def test_another_key_opens_nothing() -> None:
    other = Seal(base64.b64encode(b"b" * 32).decode())
    assert other.open(SEAL.close(SESSION)) is None


def test_it_ends() -> None:
    borrowed = SESSION.model_copy(update={"borrowed": True})
    assert SEAL.open(SEAL.close(SESSION, now=1000), now=1000 + LIFETIME) is None
    assert SEAL.open(SEAL.close(borrowed, now=1000), now=1000 + BORROWED - 1) is not None
    assert SEAL.open(SEAL.close(borrowed, now=1000), now=1000 + BORROWED) is None


def test_form_tokens_belong_to_one_session() -> None:
    token = SESSION.form_token()
    assert SESSION.accepts(token)
    assert token != SESSION.form_token()
    assert not Session().accepts(token)
    assert not SESSION.accepts("")
    assert not SESSION.accepts("é.é")


def test_cookie_name() -> None:
    assert cookie_name(secure=True) == "__Host-sesi"
    assert cookie_name(secure=False) == "sesi"
