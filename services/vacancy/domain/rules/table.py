"""The rules, one row each. A rule only points at something; an officer decides."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from services.vacancy.domain.finding import Finding, Level
from services.vacancy.domain.rules import fairness, money, outside, papers, pay
from services.vacancy.domain.rules.looking import Hit, Known, hits
from services.vacancy.domain.rules.negation import negated
from services.vacancy.domain.terms import Terms

Find = Callable[[Terms, Known], Iterable[Hit]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    id: str
    looks_for: str
    level: Level
    law: str | None
    message: str
    message_en: str
    find: Find
    suggestion: str | None = None


def _asked(*patterns: re.Pattern[str]) -> Find:
    """Words that ask for something, unless the sentence says that it is not asked for."""

    def find(terms: Terms, known: Known) -> Iterator[Hit]:
        for hit, text in hits(terms, dict.fromkeys(patterns)):
            if not negated(text, hit.start, hit.end):
                yield hit

    return find


def _named(*patterns: re.Pattern[str]) -> Find:
    return lambda terms, known: (hit for hit, _ in hits(terms, dict.fromkeys(patterns)))


def _first(terms: Terms, known: Known) -> Iterator[Hit]:
    if known.first_of_employer:
        yield Hit("title", 0, 0, "")


def _same(terms: Terms, known: Known) -> Iterator[Hit]:
    if known.same_number:
        yield Hit("title", 0, len(terms.title), known.same_number)


RULES: tuple[Rule, ...] = (
    Rule(
        id="M1",
        looks_for="a fee, deposit, money for materials, paid travel or training, a top-up",
        level="hold",
        law="UU 13/2003 pasal 38",
        message="Pencari kerja tidak boleh dimintai uang, untuk apa pun.",
        message_en="Nobody who looks for work may be asked for money, for anything.",
        find=_asked(money.FEES),
        suggestion="Hapus. Bahan, seragam, pelatihan dan perjalanan ditanggung pemberi kerja.",
    ),
    Rule(
        id="M2",
        looks_for="a photo of the ID or family card, tax number, bank account or one-time code before hiring",
        level="hold",
        law="UU 27/2022",
        message="Jangan meminta KTP, KK, NPWP, rekening atau kode sebelum orang diterima bekerja.",
        message_en="Do not ask for ID or family cards, tax numbers, accounts or codes before somebody is hired.",
        find=_asked(papers.IDENTITY),
        suggestion="Hapus. Mintalah setelah orang diterima bekerja.",
    ),
    Rule(
        id="M3",
        looks_for="original diplomas or ID cards that are kept",
        level="hold",
        law="Perda Jawa Timur 8/2016",
        message="Ijazah atau KTP asli tidak boleh ditahan.",
        message_en="Original diplomas and ID cards may not be kept.",
        find=_asked(papers.ORIGINALS),
        suggestion="Tulis: ijazah asli cukup ditunjukkan saat wawancara.",
    ),
    Rule(
        id="M4",
        looks_for="pay of more than three times what is usual",
        level="hold",
        law=None,
        message="Upahnya jauh di atas yang lazim untuk pekerjaan ini. Periksa angkanya.",
        message_en="The pay is far above what is usual for this work. Check the figure.",
        find=pay.too_good,
    ),
    Rule(
        id="M5",
        looks_for="multi-level marketing, franchises, stock to buy oneself",
        level="hold",
        law="UU 13/2003 pasal 38",
        message="Ini terbaca sebagai ajakan berjualan atau bermitra, bukan pekerjaan dengan upah.",
        message_en="This reads like an invitation to sell or invest, not like work for pay.",
        find=_asked(money.SCHEMES),
    ),
    Rule(
        id="M6",
        looks_for="age, sex, marital state, looks, height, skin or religion as a condition",
        level="warn",
        law="SE Menaker M/6/HK.04/V/2025; Permenaker 18/2024 pasal 4",
        message="Syarat ini menyangkut diri orang, bukan kemampuannya, dan dapat menyisihkan orang yang cakap.",
        message_en="This is about what a person is, not what it can do, and may keep able people away.",
        find=lambda terms, known: fairness.conditions(terms),
    ),
    Rule(
        id="M7",
        looks_for="pay below the floor",
        level="flag",
        law="PP 36/2021 pasal 16-17; usaha mikro dan kecil: pasal 36",
        message="Upahnya di bawah ketentuan. Usaha mikro dan kecil boleh menyepakati lain.",
        message_en="The pay is below the floor. Micro and small businesses may agree on less.",
        find=pay.below_floor,
    ),
    Rule(
        id="M8",
        looks_for="outside links and free-mail addresses",
        level="flag",
        law=None,
        message="Ada tautan atau alamat di luar Si-Caker. Lamaran masuk lewat Si-Caker.",
        message_en="There is a link or an address outside Si-Caker. People apply through Si-Caker.",
        find=_named(outside.LINKS),
        suggestion="Hapus; kontak Anda diberikan kepada pelamar yang diundang.",
    ),
    Rule(
        id="M9",
        looks_for="the first vacancy of a new employer",
        level="flag",
        law=None,
        message="Lowongan pertama dari usaha ini.",
        message_en="The first vacancy of this employer.",
        find=_first,
    ),
    Rule(
        id="M10",
        looks_for="another of the same employer with the same title in the same ward",
        level="flag",
        law=None,
        message="Usaha ini punya lowongan lain dengan judul dan kelurahan yang sama.",
        message_en="This employer has another vacancy with the same title in the same ward.",
        find=_same,
    ),
)


def look(terms: Terms, known: Known) -> list[Finding]:
    """What the rules find, rule by rule and in the order of the text."""
    return [
        Finding(
            rule=rule.id,
            level=rule.level,
            field=hit.field,
            start=hit.start,
            end=hit.end,
            text=hit.text,
            message=rule.message,
            message_en=rule.message_en,
            suggestion=hit.suggestion or rule.suggestion,
            law=rule.law,
        )
        for rule in RULES
        for hit in rule.find(terms, known)
    ]
