"""Documents: read apart, written anew, sealed, their owner's alone; what could do harm is not taken."""

import io
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from services.seeker import problems
from services.seeker.documents.checking import LIMIT, Cleaner
from services.seeker.main import Stores
from services.seeker.tests.conftest import BUDI, SITI, Http
from services.seeker.tests.test_photos import empty_png
from shared.errors import NotFound


def pdf(change: Callable[[PdfWriter], Any] = lambda writer: None, pages: int = 1) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": "Siti di Manisrejo"})
    change(writer)
    writer.write(out)
    return out.getvalue()


def picture(kind: str = "JPEG", **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "navy").save(out, kind, **more)
    return out.getvalue()


def acting(how: str, **more: str) -> Callable[[PdfWriter], None]:
    """A PDF that does something when it is opened."""

    def change(writer: PdfWriter) -> None:
        words = {NameObject(f"/{name}"): TextStringObject(text) for name, text in more.items()}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject("/S"): NameObject(how), **words})

    return change


def exif() -> Image.Exif:
    found = Image.Exif()
    found[0x010E] = "Rumah Siti"
    return found


async def add(http: Http, raw: bytes, kind: str = "diploma", account: str = SITI) -> Any:
    headers = http._mint.headers(account, "seeker")
    return await http._client.post(f"/api/v1/seekers/me/documents?kind={kind}", content=raw, headers=headers)


async def fetched(http: Http, id: str, account: str = SITI) -> Any:
    headers = http._mint.headers(account, "seeker")
    return await http._client.get(f"/api/v1/seekers/me/documents/{id}", headers=headers)


async def test_a_picture_is_kept_without_what_a_camera_or_anybody_else_wrote_into_it(http: Http) -> None:
    raw = picture(exif=exif(), comment=b"rahasia") + b"PK\x03\x04 <script>another file</script>"
    added = await add(http, raw)
    assert (added.status_code, added.json()["media_type"], added.json()["state"]) == (201, "image/jpeg", "clean")
    answer = await fetched(http, added.json()["id"])
    assert Image.open(io.BytesIO(answer.content)).size == (300, 200)
    for hidden in (b"Rumah", b"rahasia", b"script"):
        assert hidden in raw
        assert hidden not in answer.content
    assert (await add(http, picture("PNG"))).json()["media_type"] == "image/jpeg"


async def test_a_pdf_is_kept_page_by_page_without_its_author(http: Http) -> None:
    added = await add(http, pdf(pages=3), "certificate")
    answer = await fetched(http, added.json()["id"])
    found = PdfReader(io.BytesIO(answer.content))
    assert (len(found.pages), b"Manisrejo" in answer.content, found.metadata and found.metadata.author) == (
        3,
        False,
        None,
    )
    assert answer.headers["content-disposition"] == 'attachment; filename="certificate.pdf"'
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "document_unreadable"),
        (b"MZ a program", "document_unreadable"),
        (b"<html><script>alert(1)</script>", "document_unreadable"),
        (b"%PDF-1.7 and nothing", "document_unreadable"),
        (picture()[:200], "document_unreadable"),
        (b"\xff\xd8\xff" + pdf(), "document_unreadable"),
        (pdf(acting("/JavaScript", JS="app.alert(1)")), "document_active"),
        (pdf(lambda writer: writer.add_attachment("a.exe", b"MZ")), "document_active"),
        (pdf(acting("/Launch", F="cmd.exe")), "document_active"),
        (pdf(lambda writer: writer.encrypt("rahasia", algorithm="RC4-128")), "document_locked"),
        (pdf(pages=31), "document_too_large"),
        (empty_png(6000, 5000), "document_too_large"),
        (b"%PDF-1.7" + b"x" * (LIMIT - 7), "document_too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_is_broken_or_could_act_is_refused_in_words_and_not_kept(
    http: Http, raw: bytes, code: str
) -> None:
    refused = await add(http, raw)
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert (await http.call("GET", "/me/documents")).json()["items"] == []


async def test_a_pdf_that_unpacks_without_end_breaks_only_the_program_that_reads_it() -> None:
    stream = zlib.compress(zlib.compress(b"\x00" * 120_000_000))
    head = b"%PDF-1.7\n1 0 obj<</Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]/Length "
    raw = head + str(len(stream)).encode() + b">>stream\n" + stream + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
    with pytest.raises(problems.Flaw):
        await Cleaner().clean(raw)


async def test_a_large_document_comes_back_whole_and_is_stored_only_sealed(http: Http, stores: Stores) -> None:
    noise = Image.effect_noise((2400, 1800), 90)
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=95)
    added = await add(http, out.getvalue(), "portfolio")
    answer = await fetched(http, added.json()["id"])
    assert len(answer.content) == added.json()["size"] > 1024 * 1024
    assert Image.open(io.BytesIO(answer.content)).size == (2400, 1800)
    kept = [row async for row in stores.documents.pieces.find({})]
    assert len(kept) > 1
    assert answer.content[:40] not in str(kept).encode()


async def test_documents_are_their_owners_alone_and_die_with_the_persons_key(http: Http, stores: Stores) -> None:
    id = (await add(http, picture())).json()["id"]
    assert (await fetched(http, id, BUDI)).status_code == 404
    assert (await http.call("DELETE", f"/me/documents/{id}", account=BUDI)).status_code == 204
    assert (await fetched(http, id)).status_code == 200
    document = await stores.documents.load(id, seeker_id=SITI)
    await stores.vault.destroy(SITI)
    with pytest.raises(NotFound):
        await stores.documents.content(document)
    await stores.documents.forget(SITI)
    assert await stores.documents.pieces.count_documents({}) == 0


async def test_a_document_that_is_removed_is_gone_and_makes_room(http: Http) -> None:
    ids = [(await add(http, picture())).json()["id"] for _ in range(10)]
    full = await add(http, picture())
    assert (full.status_code, full.json()["code"]) == (409, "too_many_documents")
    assert (await http.call("DELETE", f"/me/documents/{ids[4]}")).status_code == 204
    assert (await fetched(http, ids[4])).status_code == 404
    assert (await add(http, picture())).status_code == 201
    assert len((await http.call("GET", "/me/documents")).json()["items"]) == 10


@pytest.mark.parametrize("kind", ["ktp", "", "../x"])
async def test_an_identity_card_is_no_kind_of_document(http: Http, kind: str) -> None:
    assert (await add(http, picture(), kind)).status_code == 422
