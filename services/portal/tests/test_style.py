"""The stylesheet: every pair of colours can be read, and everything sent fits the page budget."""

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parent.parent / "static"
CSS = (STATIC / "style.css").read_text(encoding="utf-8")
PAPERS = ("tugu", "kabut")
TINTS = ("perisai-muda", "bengawan-muda", "langit-muda", "bata-muda")
TEXT = [
    *[(ink, paper) for ink in ("keris", "abu", "bengawan", "kunjung", "bata", "perisai") for paper in PAPERS],
    *[(ink, tint) for ink in ("keris", "abu") for tint in TINTS],
    ("label", "perisai"),
    ("label", "perisai-tua"),
    ("perisai", "perisai-muda"),
    ("bengawan", "bengawan-muda"),
    ("bengawan", "langit-muda"),
    ("bata", "bata-muda"),
    ("madu", "langit-muda"),
    ("kepala-teks", "kepala"),
    ("gelap", "langit"),
]
PARTS = [("tepi", "tugu"), ("tepi", "kabut"), ("bata", "tugu"), ("langit", "kepala"), ("langit", "gelap")]


def scheme(name: str) -> dict[str, str]:
    light, dark = (
        re.findall(r"--([\w-]+): (#[0-9A-F]{6})", block) for block in re.findall(r":root \{(.*?)\}", CSS, re.S)
    )
    return dict(light) | (dict(dark) if name == "dark" else {})


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_contrast(name: str) -> None:
    colours = scheme(name)
    weak = {pair: ratio(colours[pair[0]], colours[pair[1]]) for pair in TEXT}
    assert {pair: round(value, 2) for pair, value in weak.items() if value < 4.5} == {}
    parts = {pair: ratio(colours[pair[0]], colours[pair[1]]) for pair in PARTS}
    assert {pair: round(value, 2) for pair, value in parts.items() if value < 3} == {}


def test_page_budget() -> None:
    def sent(name: str) -> int:
        return len(gzip.compress((STATIC / name).read_bytes()))

    assert sent("style.css") <= 8 * 1024
    assert sent("app.js") <= 4 * 1024
    assert len((STATIC / "app.js").read_text().splitlines()) <= 80
    assert sum(sent(path.name) for path in STATIC.glob("*.svg")) <= 20 * 1024


def test_nothing_comes_from_elsewhere() -> None:
    assert "http" not in CSS
    assert "@import" not in CSS
