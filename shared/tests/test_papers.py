"""Papers: a code that only we can make and everybody can check, and the same page for the same words."""

import asyncio
import base64
import io
import time
from dataclasses import replace
from datetime import date

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pydantic import TypeAdapter, ValidationError
from pypdf import PdfReader

from shared.papers.drawing import draw, plain
from shared.papers.paper import Column, Paper, day
from shared.papers.printing import Printer
from shared.papers.signing import NotOurs, PaperFacts, PaperSigner, PaperVerifier, initials_of, type_of
from shared.settings import Keys
from shared.testing import TEST_KEY

OTHER_KEY = base64.b64encode(b"o" * 32).decode()
SIGNER = PaperSigner(TEST_KEY)
VERIFIER = PaperVerifier(SIGNER.published())
FACTS = PaperFacts(
    type="ak1",
    number="3577-2026-000123-4",
    initials="SNA",
    issued=date(2026, 11, 24),
    valid_until=date(2028, 11, 24),
)
CODE = SIGNER.sign(FACTS)
PAPER = Paper(
    title="Kartu Tanda Bukti Pencari Kerja (AK-1)",
    number=FACTS.number,
    made_on=date(2026, 11, 24),
    rows=[("Nama", "Siti Nur Aminah"), ("Alamat", "Jl. Kelapa Manis 12, Manisrejo")],
    link=f"https://kerja.example.go.id/cek/{CODE}",
    footnotes=["Kartu ini gratis."],
    columns_title="Laporan",
    columns=[Column(heading="Bulan ke-6", text=day(date(2027, 5, 24)))],
    signed_by="Pengantar Kerja",
    signature_label="Tanda tangan",
)


@pytest.mark.parametrize("facts", [FACTS, replace(FACTS, type="lamaran", valid_until=None)])
def test_a_code_says_what_was_signed(facts: PaperFacts) -> None:
    assert VERIFIER.verify(SIGNER.sign(facts)) == facts


def test_a_code_is_short_enough_for_a_coarse_qr_code() -> None:
    assert int(segno.make(str(PAPER.link), error="m", boost_error=False, micro=False).version) <= 9


@given(st.integers(0, len(CODE) - 1), st.characters(min_codepoint=33, max_codepoint=126))
def test_whatever_is_changed_in_a_code_it_is_not_ours(place: int, letter: str) -> None:
    if letter == CODE[place]:
        return
    changed = CODE[:place] + letter + CODE[place + 1 :]
    with pytest.raises(NotOurs):
        VERIFIER.verify(changed)


@pytest.mark.parametrize("code", ["", "1", CODE[:-1], CODE + "A", CODE * 3, CODE.upper(), f" {CODE}", f"{CODE}\n"])
def test_what_was_cut_off_or_grew_is_not_ours(code: str) -> None:
    with pytest.raises(NotOurs):
        VERIFIER.verify(code)


def test_a_code_is_spelt_in_one_way_only() -> None:
    """The last letter of a signature has bits to spare."""
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_":
        if letter != CODE[-1]:
            with pytest.raises(NotOurs):
                VERIFIER.verify(CODE[:-1] + letter)


def test_another_key_is_not_ours() -> None:
    with pytest.raises(NotOurs):
        VERIFIER.verify(PaperSigner(OTHER_KEY).sign(FACTS))


def test_after_a_change_of_keys_old_papers_still_verify_and_new_ones_have_the_new_key() -> None:
    changed = PaperSigner(f"{OTHER_KEY} {TEST_KEY}")
    verifier = PaperVerifier(changed.published())
    assert verifier.verify(CODE) == verifier.verify(changed.sign(FACTS)) == FACTS
    assert changed.sign(FACTS) == PaperSigner(OTHER_KEY).sign(FACTS)


def test_the_private_half_is_not_published() -> None:
    assert {name for key in SIGNER.published()["keys"] for name in key} == {"kty", "crv", "use", "alg", "kid", "x"}


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Siti Nur Aminah", "SNA"), ("sari", "S"), ("Ni Made Ayu Lestari", "NMA"), ("Émile", "X"), ("", "X")],
)
def test_initials(name: str, initials: str) -> None:
    assert initials_of(name) == initials


@given(st.text(max_size=100))
def test_whatever_a_name_is_its_initials_fit_into_a_code(name: str) -> None:
    assert type_of(SIGNER.sign(replace(FACTS, initials=initials_of(name)))) == "ak1"


def test_facts_that_fit_into_no_code_are_not_signed() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        SIGNER.sign(replace(FACTS, number="3577 2026"))


@pytest.mark.parametrize("keys", ["", " ", "short", f"{TEST_KEY} short"])
def test_a_key_that_is_none_is_refused_at_start(keys: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Keys).validate_python(keys)


def test_a_page_says_what_the_paper_says() -> None:
    text = PdfReader(io.BytesIO(draw(PAPER))).pages[0].extract_text()
    for part in (PAPER.title, PAPER.number, "Siti Nur Aminah", "24 Mei 2027", "Kartu ini gratis.", "Tanda tangan"):
        assert part in text


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert draw(PAPER) == draw(PAPER) != draw(replace(PAPER, number="3577-2026-000124-2"))


def test_a_photo_is_on_the_page() -> None:
    out = io.BytesIO()
    Image.new("RGB", (300, 400), "navy").save(out, "JPEG")
    page = PdfReader(io.BytesIO(draw(replace(PAPER, photo=out.getvalue())))).pages[0]
    assert [image.image.size for image in page.images if image.image] == [(300, 400)]


def test_a_long_paper_goes_on_on_the_next_page() -> None:
    pages = PdfReader(io.BytesIO(draw(replace(PAPER, rows=[("Baris", "isi " * 40)] * 30)))).pages
    assert len(pages) > 1
    assert "Halaman 2" in pages[1].extract_text()


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Rp2–3 juta “pagi”", 'Rp2-3 juta "pagi"'), ("Łódź ř", "?ódz r"), ("清 a\tb", "? a b"), ("é ü", "é ü")],
)
def test_letters_that_the_fonts_do_not_have_are_told_as_well_as_can_be(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text(max_size=200))
def test_no_text_can_stop_a_paper(text: str) -> None:
    plain(text).encode("latin-1")


async def test_papers_are_drawn_beside_the_event_loop() -> None:
    """While ten papers are drawn, the loop keeps answering."""
    printer, ticks = Printer(), 0
    drawing = asyncio.gather(*(printer.pdf(PAPER) for _ in range(10)))
    until = time.monotonic() + 30
    while not drawing.done() and time.monotonic() < until:
        ticks += 1
        await asyncio.sleep(0)
    assert len(set(await drawing)) == 1
    assert ticks > 10
