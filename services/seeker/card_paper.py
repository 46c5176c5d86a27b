"""A card as it is printed, and the code behind its QR."""

from services.seeker.domain.cards import REPORT_MONTHS, Card, months_after
from shared.papers.paper import Column, Paper, day
from shared.papers.signing import PaperFacts, PaperSigner, initials_of
from shared.reference.tables import education, kelurahan

TYPE = "ak1"
SEX = {"female": "Perempuan", "male": "Laki-laki"}
MARITAL = {"single": "Belum kawin", "married": "Kawin", "divorced": "Cerai hidup", "widowed": "Cerai mati"}
RELIGION = {
    "islam": "Islam",
    "protestant": "Kristen Protestan",
    "catholic": "Katolik",
    "hindu": "Hindu",
    "buddhist": "Buddha",
    "confucian": "Konghucu",
    "belief": "Kepercayaan terhadap Tuhan YME",
}
FOOTNOTES = (
    "Pindai QR ini, atau buka {check}, untuk memeriksa apakah kartu ini asli dan masih berlaku.",
    "Kartu berlaku di seluruh Indonesia dan gratis. Lapor setiap 6 bulan selama masih mencari kerja; bila sudah",
    "bekerja, beri tahu kami. Bila 30 hari tidak lapor, kartu tidak berlaku lagi.",
)


class CardPapers:
    """Makes papers of issued cards. `public_url` is where people find the portal."""

    def __init__(self, signer: PaperSigner, *, public_url: str) -> None:
        self._signer, self._public = signer, public_url.rstrip("/")

    def code(self, card: Card) -> str:
        """The same for the same card: who it is for only by initials."""
        assert card.number
        assert card.issued_on
        assert card.holder
        return self._signer.sign(
            PaperFacts(
                type=TYPE,
                number=card.number,
                initials=initials_of(card.holder.name),
                issued=card.issued_on,
                valid_until=card.valid_until,
            )
        )

    def paper(self, card: Card, photo: bytes) -> Paper:
        assert card.number
        assert card.issued_on
        return Paper(
            title="Kartu Tanda Bukti Pencari Kerja (AK-1)",
            number=card.number,
            made_on=card.issued_on,
            rows=_rows(card),
            link=f"{self._public}/cek/{self.code(card)}",
            footnotes=[line.format(check=f"{self._public}/cek") for line in FOOTNOTES],
            photo=photo,
            columns_title="Laporan pencari kerja",
            columns=_columns(card),
            signed_by=f"Madiun, {day(card.issued_on)}\nPengantar Kerja, Dinas Tenaga Kerja Kota Madiun",
            signature_label="Tanda tangan pemegang kartu",
        )


def _rows(card: Card) -> list[tuple[str, str]]:
    assert card.details
    assert card.holder
    assert card.valid_until
    details, holder, place = card.details, card.holder, kelurahan()[card.details.kelurahan_code]
    return [
        ("Nama", holder.name),
        ("NIK", holder.nik),
        ("Tempat, tanggal lahir", f"{details.birth_place}, {day(details.birth_date)}"),
        ("Jenis kelamin", SEX[details.sex]),
        ("Status perkawinan", MARITAL[details.marital_status]),
        ("Agama", RELIGION[details.religion]),
        ("Alamat", f"{details.address}, {place.name}, {place.kecamatan}, Kota Madiun {place.postcode}"),
        ("Pendidikan", _education(card)),
        ("Keterampilan", ", ".join(holder.skills) or "-"),
        ("Berlaku sampai", day(card.valid_until)),
    ]


def _education(card: Card) -> str:
    assert card.holder
    level, year = card.holder.education, card.holder.graduation_year
    row = level and education().get((level.form, level.code))
    return (row.title if row else "-") + (f", lulus {year}" if row and year else "")


def _columns(card: Card) -> list[Column]:
    """Four boxes: the three reports, and the day on which the work was found."""
    assert card.issued_on
    boxes = []
    for place, month in enumerate(REPORT_MONTHS):
        told = f"Sudah lapor\n{day(card.reports[place])}" if place < len(card.reports) else "Petugas:"
        boxes.append(Column(heading=f"Bulan ke-{month}", text=f"{day(months_after(card.issued_on, month))}\n{told}"))
    ended = card.ended_on if card.state == "employed" else None
    return [*boxes, Column(heading="Mulai bekerja", text=day(ended) if ended else "Tanggal:\nDi:")]
