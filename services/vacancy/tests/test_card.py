"""The picture of an advert: small, whole, the same for everybody, and drawn once."""

import io

import pytest
from PIL import Image

from services.vacancy.card.drawing import SIZE, draw
from services.vacancy.card.words import CardWords
from services.vacancy.tests.conftest import OFFICER, City

OWNER = ("acc_owner", "employer")
WORDS = CardWords("Penjahit", "Jahit Contoh", "Rp2.000.000 per bulan", "Kartoharjo", "Lamar sampai 31 Jan 2026", "L")


@pytest.mark.parametrize(
    "words",
    [
        WORDS,
        WORDS._replace(title="W" * 80, employer="W" * 100, place="W" * 200, pay="W" * 60),
        WORDS._replace(title="Tukang kopi café 🔥中", employer="", until=""),
        WORDS._replace(title="🔥"),
    ],
    ids=["usual", "longest", "odd signs", "nothing to draw"],
)
def test_every_text_makes_a_small_picture(words: CardWords) -> None:
    made = draw(words)
    assert Image.open(io.BytesIO(made)).size == SIZE == (1200, 630)
    assert len(made) <= 60_000


def test_another_title_is_another_picture() -> None:
    assert draw(WORDS) != draw(WORDS._replace(title="Kasir"))
    assert draw(WORDS._replace(title="Cafe – “baru”")) == draw(WORDS._replace(title='Café - "baru"'))


async def test_the_picture_of_a_public_advert_is_kept_by_its_tag(city: City) -> None:
    await city.employer("acc_owner")
    advert = await city.vacancy("acc_owner", "published")
    path = f"/vacancies/{advert['number']}/card.png"
    answer = await city.ask("GET", path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert "public" in answer.headers["cache-control"]
    again = await city.ask("GET", path, If_None_Match=answer.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    await city.done("POST", f"/vacancies/{advert['id']}/close", OWNER)
    closed = await city.ask("GET", path, If_None_Match=answer.headers["etag"])
    assert closed.status_code == 200
    assert closed.content != answer.content


async def test_what_is_not_public_has_no_picture_even_for_its_owner(city: City) -> None:
    await city.employer("acc_owner")
    draft = await city.vacancy("acc_owner")
    assert (await city.ask("GET", f"/vacancies/{draft['id']}/card.png", OWNER)).status_code == 404
    advert = await city.vacancy("acc_owner", "published")
    await city.done("POST", f"/vacancies/{advert['id']}/recall", OFFICER, {"reason": "Tidak benar."})
    assert (await city.ask("GET", f"/vacancies/{advert['id']}/card.png")).status_code == 410
