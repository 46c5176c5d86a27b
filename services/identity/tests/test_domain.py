"""What people type, and what becomes of it: numbers, addresses, names, passwords, and whole registrations."""

import contextlib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.identity.domain.account import Account, OtherRole, read_registration, register, repeat, reset_officer
from services.identity.domain.contact import BadFields, email_key, read_email, read_name, read_phone
from services.identity.domain.login import Family, TokenInvalid, new_code, read_refresh
from services.identity.domain.passwords import accept_password


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("081234567890", "+6281234567890"),
        ("0812 3456 7890", "+6281234567890"),
        ("0812-3456-7890", "+6281234567890"),
        ("(0812) 3456.7890", "+6281234567890"),
        ("0812–3456–7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("62812345678", "+62812345678"),
        ("81234567890", "+6281234567890"),
        ("+62 0812 3456 7890", "+6281234567890"),
        ("083900000001", "+6283900000001"),
        ("+6283900000999", "+6283900000999"),
        ("62839000012345", "+62839000012345"),
    ],
)
def test_a_mobile_number_is_understood_however_it_is_written(typed: str, number: str) -> None:
    assert read_phone(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0351 462011",
        "+62351462011",
        "0800 123 4567",
        "+6565123456",
        "+14155552671",
        "0812",
        "08123456789012345",
        "0812345678a0",
        "0812345678 ext 9",
        "+62+81234567890",
        "++6281234567890",
        "٠٨١٢٣٤٥٦٧٨٩٠",
        "110",
        "+6283900",
        "0812\x003456789",
    ],
)
def test_what_cannot_receive_an_sms_is_refused_with_advice(typed: str) -> None:
    with pytest.raises(BadFields) as refused:
        read_phone(typed)
    assert refused.value.advice[0].pointer == "/phone"


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_numbers(typed: str) -> None:
    with contextlib.suppress(BadFields):
        assert read_phone(typed).startswith("+628")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Sari", "Sari"),
        ("  Siti   Aminah ", "Siti Aminah"),
        ("Ny. Sri Rahayu, S.Pd.", "Ny. Sri Rahayu, S.Pd."),
        ("Nurul 'Aini", "Nurul 'Aini"),
        ("e\u0301", "é"),
        ("陳美玲", "陳美玲"),
        ("x" * 60, "x" * 60),
    ],
)
def test_a_name_is_kept_as_its_owner_writes_it(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "x" * 61,
        "a\nBcc: b@c.example",
        "a\tb",
        "a\x00",
        "a\u202eb",
        "a\u200fb",
        "a\u2066b",
        "a\u2028b",
        "...",
        "a\ud800",
    ],
)
def test_a_name_that_could_forge_a_mail_or_a_page_is_refused(typed: str) -> None:
    with pytest.raises(BadFields):
        read_name(typed)


@pytest.mark.parametrize(
    ("typed", "email"),
    [
        ("siti@usaha.example", "siti@usaha.example"),
        (" Siti@Usaha.Example ", "Siti@usaha.example"),
        ("a+b@kota.go.id", "a+b@kota.go.id"),
        ("info@warung-bücher.example", "info@xn--warung-bcher-klb.example"),
    ],
)
def test_an_address_is_kept_in_one_form(typed: str, email: str) -> None:
    assert read_email(typed) == email


@pytest.mark.parametrize(
    "typed",
    ["", "siti", "siti@", "@usaha.example", "a b@c.example", "a@b", "a@[127.0.0.1]", "a@b.example\nBcc: c@d.example",
     "a@b.example,c@d.example", "Siti <siti@usaha.example>", '"a b"@c.example'],
)  # fmt: skip
def test_what_is_no_single_address_is_refused(typed: str) -> None:
    with pytest.raises(BadFields):
        read_email(typed)


def test_capitals_do_not_make_another_address() -> None:
    assert email_key(read_email("Siti@Usaha.example")) == email_key(read_email("siti@usaha.EXAMPLE"))


@pytest.mark.parametrize("typed", ["kopi pahit di alun-alun", "12 34 56 78", "🌾🌾🌾🌾🌾🌾🌾🌾", "x" * 128])
def test_a_password_needs_length_and_nothing_else(typed: str) -> None:
    assert accept_password(typed) == typed


@pytest.mark.parametrize("typed", ["", "pendek7", "x" * 129, "12345678", "Password123", "BISMILLAH", "kotamadiun"])
def test_a_short_endless_or_common_password_is_refused(typed: str) -> None:
    with pytest.raises(BadFields):
        accept_password(typed)


@pytest.mark.parametrize(
    ("fields", "pointers"),
    [
        ({"role": "seeker"}, ["/phone"]),
        ({"role": "seeker", "email": "a@b.example"}, ["/phone"]),
        ({"role": "seeker", "phone": "0351 462011", "name": "\u202e"}, ["/name", "/phone"]),
        ({"role": "employer"}, ["/email"]),
        ({"role": "employer", "email": "a@b.example"}, ["/password"]),
        ({"role": "employer", "email": "a@b", "password": "pendek"}, ["/email", "/password"]),
    ],
)
def test_an_incomplete_registration_gets_all_of_its_advice_at_once(
    fields: dict[str, Any], pointers: list[str]
) -> None:
    with pytest.raises(BadFields) as refused:
        read_registration(**{"name": "Sari", "phone": None, "email": None, "password": None, **fields})
    assert [each.pointer for each in refused.value.advice] == pointers
    shown = refused.value.shown("id").errors, refused.value.shown("en").errors
    assert [each.pointer for each in shown[0] or ()] == pointers
    assert shown[0] != shown[1]


ACCOUNT = Account(id="acc_1", role="officer", sealed="v1.x", password_hash="old", registered_at=datetime.now(UTC))


def test_every_decision_tells_and_none_tells_a_contact_in_the_open() -> None:
    again = reset_officer(ACCOUNT, role="officer", sealed="v1.y", password_hash="new")
    for decision in (register(ACCOUNT), repeat(ACCOUNT), again):
        assert decision[1]
        assert not any({"name", "phone", "email"} & set(event.model_dump()) for event in decision[1])


def test_a_new_password_ends_every_session_of_an_officer() -> None:
    account, _ = reset_officer(ACCOUNT, role="officer", sealed="v1.y", password_hash="new")
    assert (account.password_hash, account.token_version) == ("new", ACCOUNT.token_version + 1)


def test_only_an_officer_is_made_an_officer() -> None:
    seeker = ACCOUNT.model_copy(update={"role": "seeker"})
    with pytest.raises(OtherRole):
        reset_officer(seeker, role="officer", sealed="v1.y", password_hash="new")


def test_codes_are_six_digits_also_when_they_begin_with_zero() -> None:
    codes = {new_code() for _ in range(2000)}
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert any(code.startswith("0") for code in codes)
    assert len(codes) > 1900


@pytest.mark.parametrize(
    "token", ["", ".", "a.b", "x" * 22 + "." + "y" * 42, "x" * 22 + "." + "y" * 43 + "\n", "é" * 66]
)
def test_what_was_never_a_refresh_token_is_refused(token: str) -> None:
    with pytest.raises(TokenInvalid):
        read_refresh(token)


def test_secrets_do_not_show_when_a_thing_is_printed() -> None:
    family = Family(id="f", account_id="a", token_version=1, current="SECRET", expires_at=datetime.now(UTC))
    wanted = read_registration(role="seeker", name="Sari", phone="081234567890", email=None, password="kopi pahit")
    printed = f"{ACCOUNT!r}{family!r}{wanted!r}"
    assert not any(secret in printed for secret in ("SECRET", "old", "v1.x", "Sari", "6281234567890", "kopi"))
