"""What people answer is recognised as they write it, and what could mean two things is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifier.words import SPELLINGS, Said, recognise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("BERHENTI", Said("berhenti")),
        ("  berhenti. ", Said("berhenti")),
        ("Brhenti!", Said("berhenti")),
        ("BERHENTII", Said("berhenti")),
        ("stop", Said("berhenti")),
        ("Ya", Said("ya")),
        ("iya pak", Said("ya")),
        ("TIDAK", Said("tidak")),
        ("tdk", Said("tidak")),
        ("BELUM 12AB", Said("belum", "12AB")),
        ("belum 12ab", Said("belum", "12AB")),
        ("blm,12ab", Said("belum", "12AB")),
        ("12AB belum", Said("belum", "12AB")),
        ("masih belum kerja 7K2M", Said("belum", "7K2M")),
        ("BELUM 1234", Said("belum", "1234")),
        ("Saya sudah kerja 1234", Said("kerja", "1234")),
        ("sdh bekerja", Said("kerja")),
        ("KERJA\n1234", Said("kerja", "1234")),
        ("bantuan", Said("bantuan")),
        ("BANTUAAN", Said("bantuan")),
        ("mulai", Said("mulai")),
        ("ＢＥＬＵＭ １２３４", Said("belum", "1234")),
        # two meanings, a story, or nothing that we know
        ("saya mau berhenti kerja", None),
        ("berhenti kerja", None),
        ("jangan berhenti", None),
        ("tidak kerja 1234", None),
        ("ya tidak", None),
        ("BELUM 1234 5678", None),
        ("sudah", None),
        ("1234", None),
        ("halo, ada lowongan penjahit?", None),
        ("terima kasih banyak ya pak bantuan nya", None),
        ("", None),
        ("🙂", None),
    ],
)
def test_an_answer_is_understood_as_it_was_meant(text: str, said: Said | None) -> None:
    assert recognise(text) == said


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    found = recognise(text)
    assert found is None or found.word in SPELLINGS


def test_no_spelling_stands_for_two_words() -> None:
    every = [spelling for spellings in SPELLINGS.values() for spelling in spellings]
    assert len(every) == len(set(every))
