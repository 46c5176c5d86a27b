"""A mail as bytes: read back by the standard library, whatever went in."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from typing import Any

import pytest

from services.notifier.channels.channel import Outgoing, Refused
from services.notifier.channels.mail import Letterhead

LETTERHEAD = Letterhead("Si-Caker <no-reply@si-caker.example>")


def outgoing(**given: Any) -> Outgoing:
    made = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    known = {
        "key": "evt_1:rejected:email:acc_siti",
        "to": "siti@contoh.id",
        "subject": "Ada kabar",
        "created_at": made,
    }
    return Outgoing(**{**known, "text": "Halo Siti,\n.\nSalam", "html": "<p>Halo</p>", **given})


def test_the_same_message_is_the_same_bytes_and_another_has_another_id() -> None:
    first, again = LETTERHEAD.write(outgoing()), LETTERHEAD.write(outgoing())
    other = LETTERHEAD.write(outgoing(key="evt_2:rejected:email:acc_siti"))
    assert first == again
    ids = {message_from_bytes(raw)["Message-ID"] for raw in (first, other)}
    assert len(ids) == 2
    assert not any("acc_siti" in id or not id.endswith("@si-caker.example>") for id in ids)


def test_a_mail_has_one_recipient_text_and_html() -> None:
    raw = LETTERHEAD.write(outgoing(text="Halo Désirée,\nbaik", html=f"<p>{'é' * 1200}</p>"))
    mail = message_from_bytes(raw, policy=default)
    assert mail.get_all("To") == ["siti@contoh.id"]
    assert mail["Cc"] is None
    assert mail["Bcc"] is None
    assert mail["Date"] == "Tue, 24 Nov 2026 03:00:00 +0000"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert [part.get_content().strip() for part in mail.iter_parts()] == [
        "Halo Désirée,\nbaik",
        f"<p>{'é' * 1200}</p>",
    ]


@pytest.mark.parametrize("subject", ["Kabar\r\nBcc: a@b.id", "Kabar\nX: y", "Kabar\u2028Bcc: a@b.id", "é\r\n\r\nisi"])
def test_a_line_break_in_a_subject_starts_no_header(subject: str) -> None:
    mail = message_from_bytes(LETTERHEAD.write(outgoing(subject=subject)))
    assert set(mail.keys()) == set(message_from_bytes(LETTERHEAD.write(outgoing())).keys())
    assert "\n" not in str(make_header(decode_header(mail["Subject"])))


def test_a_mail_that_comes_by_itself_can_be_stopped_with_one_click_and_no_other_says_so() -> None:
    address = f"https://si-caker.example/kabar/henti?t=srch_{'a' * 32}.{'b' * 22}"
    mail = message_from_bytes(LETTERHEAD.write(outgoing(stop=address)))
    assert mail["List-Unsubscribe"] == f"<{address}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for odd in ("", "https://x.example/\r\nBcc: a@b.id", "https://x.example/>,<mailto:a@b.id", "https://x.example/é"):
        other = message_from_bytes(LETTERHEAD.write(outgoing(stop=odd)))
        assert (other["List-Unsubscribe"], other["List-Unsubscribe-Post"], other["Bcc"]) == (None, None, None)


def test_a_long_subject_with_accents_comes_through() -> None:
    subject = "Ada kabar untuk Désirée dari usaha yang namanya panjang sekali, " * 2
    mail = message_from_bytes(LETTERHEAD.write(outgoing(subject=subject)))
    assert str(make_header(decode_header(mail["Subject"]))) == subject.strip()


@pytest.mark.parametrize(
    "to",
    [
        "a@b.id\r\nRCPT TO:<x@y.id>",
        "a@b.id\n",
        "a@b.id, x@y.id",
        "a@b.id x@y.id",
        "Siti <a@b.id>",
        "a@b@c.id",
        "@b.id",
        "a@",
        "",
        "siti",
        "sité@contoh.id",
        f"{'a' * 250}@b.id",
    ],
)
def test_what_is_not_one_plain_address_is_refused_for_good_and_not_quoted(to: str) -> None:
    with pytest.raises(Refused) as refusal:
        LETTERHEAD.write(outgoing(to=to))
    assert refusal.value.permanent
    assert str(refusal.value) == "bad_address"
