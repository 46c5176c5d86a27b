"""A bad setting ends the start with one clear line, and shows no credential."""

import pytest

from services.notifier.settings import NotifierSettings
from shared.settings import EXIT_BAD_SETTINGS, load
from shared.testing import TEST_KEY

GOOD = {"sms_url": "https://sms.example/sms", "sms_token": "hemlich", "master_key": TEST_KEY, "index_key": TEST_KEY}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("smtp_url", "http://user:hemlich@mail"),
        ("smtp_url", "smtp://"),
        ("sms_url", "ftp://hemlich@sms"),
        ("mail_from", "Si-Caker"),
        ("mail_from", "Si-Caker <a@b.id>\r\nBcc: hemlich@b.id"),
        ("code_batch", 0),
        ("quiet_hours", "hemlich"),
        ("gather_seconds", -1),
        ("quiet_hours", "24-7"),
        ("quiet_hours", "7-7"),
    ],
)
def test_a_bad_value_is_named_and_not_shown(name: str, value: object, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        load(NotifierSettings, **{**GOOD, name: value})
    assert ended.value.code == EXIT_BAD_SETTINGS
    printed = capsys.readouterr().err
    assert f"CAKER_{name.upper()}:" in printed
    assert "hemlich" not in printed


@pytest.mark.parametrize("url", ["smtp://mail:25", "smtp+starttls://u:p%40@mail", "smtps://mail"])
def test_a_mail_server_is_named_by_its_address_and_kept_out_of_sight(url: str) -> None:
    settings = load(NotifierSettings, **{**GOOD, "smtp_url": url})
    assert settings.smtp_url == url
    for secret in (url, "hemlich", "sms.example"):
        assert secret not in repr(settings)


SMPP = '{"name": "operator", "kind": "smpp", "url": "smpp://smsc", "user":"u", "password": "hemlich", "sender": "SI"}'


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ("hemlich", "must be a JSON list of providers"),
        ('[{"name": "A", "kind": "json", "url": "https://a", "password": "hemlich"}]', "0.name"),
        ('[{"name": "a", "kind": "json", "url": "ftp://hemlich", "password": "x"}]', "url must begin with https://"),
        ('[{"name": "a", "kind": "twilio", "url": "https://a", "password": "hemlich"}]', "twilio needs user, sender"),
        ('[{"name": "a", "kind": "json", "url": "https://a", "password": "hemlich", "x": 1}]', "0.x"),
        (f"[{SMPP}, {SMPP}]", "two providers have the same name"),
        (f'[{SMPP[:-1]}, "lanes": ["bulk"]}}]', "no sms provider takes the lane code, transactional"),
    ],
)
def test_a_list_of_providers_that_cannot_work_is_refused_by_its_place(
    value: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        load(NotifierSettings, **{**GOOD, "providers": value})
    printed = capsys.readouterr().err
    assert "CAKER_PROVIDERS:" in printed
    assert complaint in printed
    assert "hemlich" not in printed


def test_a_listed_channel_replaces_the_plain_address_of_that_channel_only() -> None:
    settings = load(NotifierSettings, **GOOD)
    assert [one.name for one in settings.all_providers] == ["smtp", "sms"]
    listed = load(NotifierSettings, **{**GOOD, "providers": f"[{SMPP}]"})
    assert [(one.name, one.channel) for one in listed.all_providers] == [("operator", "sms"), ("smtp", "email")]
    assert "hemlich" not in repr(listed)
