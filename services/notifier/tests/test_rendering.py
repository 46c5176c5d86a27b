"""The texts: every template, at its longest and at its shortest, as people will read it."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from jinja2 import Environment, meta

from services.notifier.domain import Params
from services.notifier.planner import TABLE, Plan, plan
from services.notifier.planner.table import APART
from services.notifier.rendering import Texts, source
from services.notifier.specimen import SPECIMEN
from services.notifier.speech import FILTERS
from services.notifier.tests.events import (
    APPLICATION_EVENTS,
    SAMPLED,
    SAVED_EVENTS,
    application,
    match,
    parsed,
    saved,
    vacancy,
)
from services.notifier.wording import LANGUAGES, Language, messages, wording
from shared.contracts.application import (
    ApplicationHired,
    ApplicationRejected,
    ApplicationSubmitted,
    ApplicationVacancyRecalled,
)
from shared.contracts.seeker import SavedVacancyClosingSoon, SavedVacancyRecalled, VacanciesMatched
from shared.contracts.vacancy import VacancyPublished, VacancyRefused, VacancyReturned
from shared.testing import envelope
from tests.contracts.samples import least

GSM7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ADDRESS = "https://si-caker-kota.contoh.id"  # with /lamaran it is as long as a link in an SMS may be
PLANS = {row.template: row for rows in TABLE.values() for row in rows}
WITH_SMS = [name for name, row in PLANS.items() if "sms" in row.channels]
WITH_MAIL = [name for name, row in PLANS.items() if "email" in row.channels]
ELSEWHERE = {message for message in messages() if message.startswith("reply_")} | {
    "announcement",
    "shared_phone",
    *APART,
}  # no event makes them
NAMES = {"name": "Konveksi Melati", "employer_name": "Konveksi Melati", "vacancy_title": "Kasir", "title": "Kasir"}
NAMES |= {"stop_token": "K7QM3FWD"}
NAMES |= {"product_name": "Keripik tempe"}
NAMES |= {"training_title": "Menjual lewat HP", "training_number": "PLT-2026-000001"}
NEWS = ("shortlisted", "rejected", "hired", "no_reply", "cancelled", "vacancy_closed", "job_digest")
LONGEST: Params = {
    "judul": "Q" * 80,
    "usaha": "Z" * 60,
    "nomor": "LMR-2026-999999",
    "waktu": datetime(2026, 9, 23, 16, 59, tzinfo=UTC),
    "janji": "2026-09-23",
    "alasan": "X" * 300,
    "mulai": "2026-09-23",
    "tutup": datetime(2026, 9, 23, 16, 59, tzinfo=UTC),
    "acara": datetime(2026, 9, 23, 16, 59, tzinfo=UTC),
    "daring": 1,
    "tawaran": [{"upah_dari": 100_000_000, "upah_sampai": 999_999_999, "per": "month"}],
    "jam": "J" * 120,
    "jawaban": "interview_rescheduled",
    "lewat": 1,
    "terisi": 0,
    "kode": "888888",
    "batas": datetime(2026, 9, 23, 16, 59, tzinfo=UTC),
    "berlaku": "2026-09-23",
    "lapor": "2026-09-23",
    "sebab": "photo_not_3x4",
    "id4": "9999",
    "sertifikat": "SRT-2026-999999",
    "bulan": 12,
    "henti_kode": "WWWWWWWW",
    "virus": 1,
    "hasil": "erasing",
    "jumlah": 99_999,
    "lain": 99_989,
    "daftar": [
        {
            "judul": "Q" * 80,
            "usaha": "Z" * 60,
            "nomor": "LMR-2026-999999",
            "rumah": False,
            "tempat": "Nambangan Kidul",
            "upah_dari": 100_000_000,
            "upah_sampai": 999_999_999,
            "per": "month",
            "alamat": "/lowongan/LWK",
        }
    ]
    * 10,
    "atur": "/simpanan",
    "henti": "/kabar/henti?t=srch_1.x",
}
HELLO: dict[Language, tuple[str, str]] = {
    "id": ("Halo", "Layanan ini gratis."),
    "en": ("Hello", "This service is free."),
}
texts = Texts(ADDRESS)


def shortest(template: str) -> Params:
    """What an event with nothing optional makes."""
    bare = [
        *(envelope(parsed(kind, {**least(kind), **NAMES}), subject="x_1") for kind in TABLE),
        *(application(kind, answer_by=None) for kind in APPLICATION_EVENTS),
        application(ApplicationHired, start_date=None, answer_by=None),
        application(ApplicationRejected, reason="", answer_by=None),
        vacancy(VacancyReturned, reason="", closes_at=None),
        vacancy(VacancyRefused, reason="", closes_at=None),
        application(ApplicationVacancyRecalled, reason="", answer_by=None),
        vacancy(VacancyPublished, closes_at=None),
        *(saved(kind, least, reason="") for kind in SAVED_EVENTS),
        saved(VacanciesMatched, vacancies=[match(kelurahan_code=None, wage=None)], total=1),
    ]
    found = [message.params for event in bare for message in plan(event) if message.template == template]
    return found[-1] if found else {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", WITH_SMS)
def test_an_sms_fits_in_one_part_at_its_longest_and_gives_nothing_away(template: str, language: Language) -> None:
    row: Plan = PLANS[template]
    sms = texts.sms(template, LONGEST, link=row.short, language=language)
    assert len(ADDRESS + "/lamaran") <= 40
    assert len(sms) <= 160
    assert set(sms) <= GSM7
    assert sms.startswith("Si-Caker: ")
    assert not {"QQQ", "ZZZ", "XXX"} & {sms[i : i + 3] for i in range(len(sms))}


def test_good_and_bad_news_are_the_same_sms() -> None:
    assert {texts.sms(template, LONGEST, link="/lamaran") for template in NEWS} == {
        f"Si-Caker: ada kabar baru untuk Anda. Silakan buka akun Anda saat sempat: {ADDRESS}/lamaran"
    }


def test_the_sms_texts_are_the_agreed_ones() -> None:
    assert texts.sms("code", {"kode": "123456"}, link="/masuk") == (
        "Si-Caker: kode masuk Anda 123456, berlaku 5 menit. Jangan beri tahu siapa pun. "
        "Petugas tidak pernah meminta kode ini."
    )
    assert texts.sms("application_received", {"nomor": "LMR-2026-000123"}, link="/lamaran") == (
        "Si-Caker: kiriman Anda sudah kami terima. Nomor LMR-2026-000123, mohon disimpan. "
        f"Rinciannya di {ADDRESS}/lamaran"
    )
    assert texts.sms("recalled", {}, link=PLANS["recalled"].short) == (
        "Si-Caker: PENTING, jangan kirim uang, foto KTP atau kode kepada siapa pun. "
        f"Baca dulu peringatan di {ADDRESS}/lamaran"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", WITH_MAIL)
@pytest.mark.parametrize("size", ["longest", "shortest"])
def test_a_mail_says_the_same_in_text_and_html_and_its_subject_is_neutral(
    template: str, size: str, language: Language
) -> None:
    params = LONGEST if size == "longest" else shortest(template)
    name = "Siti Aminah" if size == "longest" else ""
    mail = texts.mail(template, params, link="/lamaran/app_1", name=name, language=language)
    hello, free = HELLO[language]
    assert mail.text.startswith(f"{hello} Siti Aminah,\n" if size == "longest" else f"{hello},\n")
    assert free in mail.text
    assert f"{ADDRESS}{'/en' if language == 'en' else ''}/kabar/atur\n" in mail.text
    assert "\n\n\n" not in mail.text
    for part in (mail.text, mail.html):
        assert f"{ADDRESS}/lamaran/app_1" in part
        assert "None" not in part
    assert not re.search(r"[^.]\.\.(?!\.)|: \.|(?<!\n)  ", mail.text), "no gap where something optional is missing"
    assert not {"Q", "Z"} & set(mail.subject)
    assert len(mail.subject) <= 60
    assert "\n" not in mail.subject


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", WITH_MAIL)
def test_a_mail_loads_nothing_from_anywhere_and_works_in_the_dark(template: str, language: Language) -> None:
    html = texts.mail(template, LONGEST, link="/lamaran", name="Siti", language=language).html
    assert not re.search(r"src=|url\(|@import|<link|<script|<img", html)
    assert not re.search(r"@@|\*\*|=> |\]\(", html), "every sign of ours became what it stands for"
    links = set(re.findall(r"https?://[^\"'<\s]+", re.sub(r'xmlns(:\w+)?="[^"]+"', "", html)))
    assert f"{ADDRESS}/lamaran" in links
    assert all(link.startswith(f"{ADDRESS}/") for link in links)
    assert "prefers-color-scheme: dark" in html
    assert f'<html lang="{language}"' in html


def test_the_agreed_letters_read_as_agreed() -> None:
    received = plan(application(ApplicationSubmitted, 123))[0]
    mail = texts.mail(received.template, received.params, link=received.link, name="Siti")
    assert mail.subject == "Kiriman Anda sudah kami terima"
    assert mail.text.splitlines()[2:5] == [
        "Lamaran Penjahit seragam kami terima Selasa, 24 November 2026, pukul 10.05 WIB, nomor LMR-2026-000123.",
        f"Cetak bukti lamaran: {ADDRESS}/lamaran/app_123",
        "Kabar dijanjikan paling lambat Selasa, 1 Desember 2026; kami bantu ingatkan.",
    ]
    rejected = plan(application(ApplicationRejected))[0]
    mail = texts.mail(rejected.template, rejected.params, link=rejected.link, name="Siti")
    assert mail.text.splitlines()[2:5] == [
        "Terima kasih sudah melamar Penjahit seragam. Kali ini belum terpilih: lokasi terlalu jauh.",
        f"Lowongan lain di dekat rumah: {ADDRESS}/lowongan",
        "Pengantar kerja kami siap membantu.",
    ]
    recalled = plan(application(ApplicationVacancyRecalled))[0]
    mail = texts.mail(recalled.template, recalled.params, link=recalled.link, name="Siti")
    assert mail.subject == "PENTING: mohon dibaca sekarang"
    assert mail.text.splitlines()[2:6] == [
        "Lowongan Penjahit seragam kami tarik karena: pelamar diminta membayar. Maaf, sempat tayang.",
        "Jangan kirim uang, foto KTP atau kode; blokir nomor yang menghubungi.",
        "Terlanjur? Hubungi kami hari ini.",
        f"Hubungi kami: {ADDRESS}/bantuan",
    ]
    returned = plan(vacancy(VacancyReturned, reason="Mohon tulis jam istirahat."))[0]
    mail = texts.mail(returned.template, returned.params, link=returned.link, name="Bu Ratna")
    assert mail.subject == "Mohon sedikit perbaikan"
    assert mail.text.splitlines()[2] == (
        "Penjahit seragam hampir siap. Yang perlu diperbaiki: Mohon tulis jam istirahat."
    )


def test_a_digest_names_each_vacancy_with_its_place_its_wage_and_its_page_and_how_to_stop() -> None:
    found = [
        match(1, title="Kasir https://a.example", workplace="home", wage={"min": 3000, "max": None, "per": "piece"}),
        match(2, kelurahan_code=None, wage=None),
    ]
    (message,) = plan(saved(VacanciesMatched, channel="email", vacancies=found, total=12, stop_token="srch_1.x"))
    mail = texts.mail(message.template, message.params, link=message.link, name="Siti")
    assert mail.subject == "12 lowongan baru untuk Anda"
    assert mail.text.splitlines()[2:14] == [
        "Ada 12 lowongan baru yang cocok dengan pencarian Anda. Semua sudah diperiksa petugas.",
        "",
        f"- Kasir a. example: {ADDRESS}/lowongan/LWK-2026-000001",
        "  Konveksi Melati, dari rumah, Rp3.000 per potong",
        f"- Penjahit seragam: {ADDRESS}/lowongan/LWK-2026-000002",
        "  Konveksi Melati",
        "Dan 10 lagi.",
        "",
        f"Lihat semua lowongan: {ADDRESS}/lowongan",
        f"Ubah jadwal: {ADDRESS}/simpanan",
        f"Berhenti menerima surat ini: {ADDRESS}/kabar/henti?t=srch_1.x",
        "",
    ]
    for path in ("/lowongan/LWK-2026-000002", "/simpanan", "/kabar/henti?t=srch_1.x"):
        assert f'href="{ADDRESS}{path}"' in mail.html


def test_a_wage_is_told_as_it_is_said() -> None:
    (message,) = plan(saved(VacanciesMatched, vacancies=[match()], total=1))
    text = texts.mail(message.template, message.params, link="/", name="").text
    assert "Rp2.500.000 sampai Rp3.000.000 per bulan" in text
    english = texts.mail(message.template, message.params, link="/", name="", language="en").text
    assert "Rp2.500.000 to Rp3.000.000 a month" in english


def test_a_digest_that_an_older_version_planned_still_reads_the_same() -> None:
    old = {"judul": "Kasir", "usaha": "Toko", "tempat": "dari rumah", "upah": "Rp3.000 per jam", "alamat": "/x"}
    params: Params = {"jumlah": 1, "lain": 0, "daftar": [old], "atur": "/simpanan", "henti": "/kabar/henti?t=x"}
    assert "Toko, dari rumah, Rp3.000 per jam" in texts.mail("job_digest", params, link="/", name="").text


def test_whoever_keeps_a_vacancy_gets_the_same_warning_as_whoever_applied() -> None:
    params = plan(saved(SavedVacancyRecalled, reason="pelamar diminta membayar"))[0].params
    applied, keeps = "recalled", "saved_recalled"
    assert texts.mail(keeps, params, link="/", name="Siti") == texts.mail(applied, params, link="/", name="Siti")
    assert texts.notice(keeps, params, link="/") == texts.notice(applied, params, link="/")
    assert texts.sms(keeps, params, link="/kabar") == texts.sms(applied, params, link="/kabar")


def test_a_reminder_tells_the_last_minute() -> None:
    (message,) = plan(saved(SavedVacancyClosingSoon, closes_at="2026-01-31T17:00:00Z"))
    mail = texts.mail(message.template, message.params, link=message.link, name="Siti")
    assert mail.subject == "Simpanan Anda segera ditutup"
    assert mail.text.splitlines()[2] == (
        "Lowongan Penjahit seragam di Konveksi Melati, yang Anda simpan, "
        "ditutup Sabtu, 31 Januari 2026, pukul 23.59 WIB."
    )


def test_a_closing_instant_is_told_as_the_last_minute_of_the_day_before() -> None:
    message = plan(vacancy(VacancyPublished, closes_at="2026-01-31T17:00:00Z"))[0]
    mail = texts.mail(message.template, message.params, link="/", name="")
    assert "tayang sampai Sabtu, 31 Januari 2026, pukul 23.59 WIB." in mail.text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Siti\r\nBcc: x@y.com", "Halo Siti Bcc: x@y. com,"),
        ("Siti \u202emoc.live", "Halo Siti moc. live,"),
        ("Klik https://jahat.example/a", "Halo Klik jahat. example/a,"),
        ("Dr. Sri, S.Pd", "Halo Dr. Sri, S. Pd,"),
        ("S" * 90, f"Halo {'S' * 57}...,"),
    ],
)
def test_what_people_typed_is_one_harmless_line(typed: str, shown: str) -> None:
    params = shortest("vacancy_returned")
    assert texts.mail("vacancy_returned", params, link="/", name=typed).text.splitlines()[0] == shown


def test_markup_that_people_typed_is_shown_and_not_obeyed() -> None:
    params = {**shortest("vacancy_returned"), "judul": "<b>Kasir</b> & rekan"}
    mail = texts.mail("vacancy_returned", params, link="/", name="<script>")
    assert "&lt;b&gt;Kasir&lt;/b&gt; &amp; rekan" in mail.html
    assert "<script>" not in mail.html
    assert "<b>Kasir</b> & rekan" in mail.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", sorted(set(PLANS) - {"code", "mandate_code"}))
def test_the_inbox_has_a_title_and_a_text_for_every_message(template: str, language: Language) -> None:
    for params in (LONGEST, shortest(template)):
        notice = texts.notice(template, params, link="/lamaran", language=language)
        assert 5 <= len(notice.title) <= 60
        assert notice.text.endswith(".")
        assert "None" not in notice.text


def test_every_folder_of_texts_belongs_to_a_message() -> None:
    assert set(messages()) == set(PLANS) | ELSEWHERE


@pytest.mark.parametrize(("kind", "size"), SAMPLED)
def test_every_event_has_all_that_its_texts_name_in_both_languages(kind: Any, size: Any) -> None:
    for message in plan(envelope(parsed(kind, size(kind)), subject="x_1")):
        code = {"kode": "123456"} if message.lane == "code" else {}
        for language in LANGUAGES:
            if message.channel == "sms":
                texts.sms(message.template, {**message.params, **code}, link="/", language=language)
            if message.channel == "email":
                texts.mail(message.template, message.params, link="/", name="", language=language)
            if not code:
                texts.notice(message.template, message.params, link="/", language=language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", sorted(PLANS))
def test_the_texts_name_only_what_is_known(template: str, language: Language) -> None:
    known = {*SPECIMEN, "nama", "link", "situs", "bingkai", "subjek"}
    parts = ["subject", "title", "notice", "sms", *(("text", "html") if template in WITH_MAIL else ())]
    for part in parts:
        assert named(template, part, language) <= known, "give it a value in specimen.py"


@pytest.mark.parametrize("template", sorted(PLANS))
def test_both_languages_say_the_same_things(template: str) -> None:
    indonesian, english = wording(template, "id"), wording(template, "en")
    for part in ("subject", "title", "notice", "sms", "mail"):
        one, other = getattr(indonesian, part) or "", getattr(english, part) or ""
        assert bool(one) == bool(other)
        assert one.count("=> ") == other.count("=> ") == (1 if part == "mail" and one else 0)
        assert named(template, part if part != "mail" else "text", "id") == named(
            template, part if part != "mail" else "text", "en"
        )


def named(template: str, part: str, language: Language) -> set[str]:
    """What the source of a text asks for."""
    room = Environment()
    room.filters.update(FILTERS[language])
    return meta.find_undeclared_variables(room.parse(source(template, part, language)))
