"""A certificate as it is printed, and the code behind its QR."""

from services.training.domain.enrolments import Enrolment
from services.training.domain.trainings import Training
from shared import clock
from shared.papers.paper import Paper, day
from shared.papers.signing import PaperFacts, PaperSigner, initials_of
from shared.reference.tables import kelurahan

TYPE = "sertifikat"
FOOTNOTES = (
    "Pindai QR ini untuk memeriksa apakah sertifikat ini asli. Pelatihan dan sertifikatnya gratis.",
    "Sertifikat menyatakan kehadiran, bukan uji kompetensi.",
)


class Certificates:
    """Makes papers of places that were completed. `public_url` is where people find the portal."""

    def __init__(self, signer: PaperSigner, *, public_url: str) -> None:
        self._signer, self._public = signer, public_url.rstrip("/")

    def code(self, enrolment: Enrolment, *, name: str) -> str:
        """Who it is for only by initials."""
        assert enrolment.certificate_number
        assert enrolment.ended_at
        return self._signer.sign(
            PaperFacts(
                type=TYPE,
                number=enrolment.certificate_number,
                initials=initials_of(name),
                issued=clock.today(enrolment.ended_at),
            )
        )

    def paper(self, enrolment: Enrolment, training: Training, *, name: str) -> Paper:
        assert enrolment.certificate_number
        assert enrolment.ended_at
        issued, terms = clock.today(enrolment.ended_at), training.terms
        first, last = clock.today(training.starts_at), clock.today(training.ends_at)
        return Paper(
            title="Sertifikat Pelatihan",
            number=enrolment.certificate_number,
            made_on=issued,
            rows=[
                ("Diberikan kepada", name),
                ("Pelatihan", terms.title),
                ("Bidang", terms.field),
                ("Tanggal", day(first) if first == last else f"{day(first)} sampai {day(last)}"),
                ("Tempat", f"{terms.place}, {kelurahan()[terms.kelurahan_code].name}, Kota Madiun"),
                ("Kehadiran", f"{len(enrolment.attended)} dari {len(terms.sessions)} pertemuan"),
            ],
            link=f"{self._public}/cek/{self.code(enrolment, name=name)}",
            footnotes=FOOTNOTES,
            signed_by=f"Madiun, {day(issued)}\nDinas Tenaga Kerja Kota Madiun",
        )
