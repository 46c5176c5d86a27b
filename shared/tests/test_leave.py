"""A leave opens for the account that it names, for a minute, and for nobody who made it up."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from shared.leave import LASTS, Leave, LeaveOver, Leaves
from shared.testing import TEST_KEY

AT = datetime(2026, 12, 1, 3, tzinfo=UTC)
OTHER = base64.b64encode(b"o" * 32).decode()
GIVEN = Leave(reader="acc_owner", person="acc_siti", about="app_1", documents=("doc_1",), opens=True)


def test_it_is_read_as_it_was_written_until_its_minute_is_over() -> None:
    token = Leaves(TEST_KEY).write(GIVEN, at=AT)
    assert Leaves(TEST_KEY).read(token, reader="acc_owner", at=AT + LASTS - timedelta(seconds=1)) == GIVEN
    with pytest.raises(LeaveOver):
        Leaves(TEST_KEY).read(token, reader="acc_owner", at=AT + LASTS)


def test_a_copy_is_of_no_use_to_anybody_else() -> None:
    token = Leaves(TEST_KEY).write(GIVEN, at=AT)
    with pytest.raises(LeaveOver):
        Leaves(TEST_KEY).read(token, reader="acc_other", at=AT)


def test_a_key_can_be_changed_while_leaves_are_about() -> None:
    token = Leaves(TEST_KEY).write(GIVEN, at=AT)
    assert Leaves(f"{OTHER} {TEST_KEY}").read(token, reader="acc_owner", at=AT) == GIVEN
    with pytest.raises(LeaveOver):
        Leaves(OTHER).read(token, reader="acc_owner", at=AT)


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: "",
        lambda token: "x.y.z",
        lambda token: token[:-2],
        lambda token: token.replace(".", "..", 1),
        lambda token: "a" * 5000,
        lambda token: jwt.encode(
            {"alg": "HS256", "typ": "leave+jwt"},
            {**GIVEN.model_dump(mode="json"), "exp": 9_999_999_999},
            OctKey.import_key(base64.b64decode(TEST_KEY)),
        ),
        lambda token: token.split(".")[0] + "." + base64.urlsafe_b64encode(b"{}").decode() + "." + "a" * 43,
    ],
    ids=["empty", "nonsense", "cut", "odd", "long", "signed under the bare key", "no claims"],
)
def test_what_was_made_up_opens_nothing(forge: object) -> None:
    token = Leaves(TEST_KEY).write(GIVEN, at=AT)
    with pytest.raises(LeaveOver):
        Leaves(TEST_KEY).read(forge(token), reader="acc_owner", at=AT)  # type: ignore[operator]
