"""What stands on the papers, and on the codes behind their QR: who it is for only by initials."""

from collections.abc import Sequence
from datetime import date, datetime

from services.application.domain import Application
from services.application.words import STATES
from shared.clock import WIB, today
from shared.papers.paper import Paper, day
from shared.papers.signing import PaperFacts, PaperSigner, initials_of
from shared.reference.tables import kelurahan

PROOF, ACTIVITY = "lamaran", "kegiatan"
_FREE = "Melamar kerja selalu gratis. Jangan membayar siapa pun untuk lamaran, wawancara atau penempatan."


class Papers:
    """`public_url` is where people find the portal."""

    def __init__(self, signer: PaperSigner, *, public_url: str) -> None:
        self._signer, self._public = signer, public_url.rstrip("/")

    def proof(self, application: Application, *, name: str) -> Paper:
        """The same application gives the same bytes: it says when it was sent, and nothing of what came of it."""
        vacancy, sent = application.vacancy, application.submitted_at
        ward = kelurahan().get(vacancy.kelurahan_code or "")
        code = self._code(PROOF, application.number, name=name, issued=today(sent))
        return Paper(
            title="Bukti Lamaran Kerja",
            number=application.number,
            made_on=today(sent),
            rows=[
                ("Nama pelamar", name),
                ("Melamar sebagai", vacancy.title),
                ("Nomor lowongan", vacancy.number),
                ("Pemberi kerja", vacancy.employer_name),
                ("Tempat kerja", f"{ward.name}, Kota Madiun" if ward else "Lihat lowongan"),
                ("Diterima sistem", moment(sent)),
                ("Janji kabar", f"paling lambat {day(application.answer_by)}" if application.answer_by else "-"),
            ],
            link=f"{self._public}/cek/{code}",
            footnotes=(
                "Surat ini menyatakan bahwa lamaran di atas diterima Si-Caker pada waktu yang tertulis. "
                "Ini bukan surat diterima kerja.",
                "Pindai QR untuk memeriksa keasliannya: nomor, inisial dan tanggal harus sama.",
                _FREE,
            ),
            signed_by="Dinas Tenaga Kerja Kota Madiun\nmelalui Si-Caker, layanan ketenagakerjaan kota",
        )

    def activity(self, found: Sequence[Application], *, first: date, last: date, name: str, issued: date) -> Paper:
        """How many employers and interviews is in the signed number, so that no line can be added by hand."""
        employers, talks = len({each.vacancy.employer_id for each in found}), interviews(found, first, last)
        number = f"AKT-{first:%y%m%d}-{last:%y%m%d}-{employers}P-{talks}W"
        code = self._code(ACTIVITY, number, name=name, issued=issued)
        return Paper(
            title="Laporan Kegiatan Mencari Kerja",
            number=number,
            made_on=issued,
            rows=[
                ("Nama", name),
                ("Masa laporan", f"{day(first)} sampai {day(last)}"),
                ("Lamaran", f"{len(found)} lamaran kepada {employers} pemberi kerja"),
                ("Wawancara", f"{talks} wawancara"),
                *((day(today(each.submitted_at)), _line(each, first, last)) for each in found),
            ],
            link=f"{self._public}/cek/{code}",
            footnotes=(
                "Angka di nomor surat: P = pemberi kerja yang dilamar, W = wawancara yang disanggupi. "
                "Pindai QR untuk memeriksa keasliannya.",
                "Untuk laporan JKP: paling sedikit lima pemberi kerja yang dilamar, atau satu wawancara.",
                _FREE,
            ),
            signed_by="Dinas Tenaga Kerja Kota Madiun\nmelalui Si-Caker, layanan ketenagakerjaan kota",
        )

    def _code(self, kind: str, number: str, *, name: str, issued: date) -> str:
        return self._signer.sign(PaperFacts(type=kind, number=number, initials=initials_of(name), issued=issued))


def interviews(found: Sequence[Application], first: date, last: date) -> int:
    """Interviews of the period to which the person said yes."""
    return sum(_interview_at(each, first, last) is not None for each in found)


def concerns(application: Application, first: date, last: date) -> bool:
    """Sent in the period and not taken back, or talked about in it."""
    if application.state == "withdrawn":
        return False
    sent = first <= today(application.submitted_at) <= last
    return sent or _interview_at(application, first, last) is not None


def moment(at: datetime) -> str:
    return f"{day(today(at))}, pukul {at.astimezone(WIB):%H.%M} WIB"


def _interview_at(application: Application, first: date, last: date) -> datetime | None:
    talk = application.interview
    if talk is None or not any(step.state == "interview_accepted" for step in application.history):
        return None
    return talk.starts_at if first <= today(talk.starts_at) <= last else None


def _line(application: Application, first: date, last: date) -> str:
    vacancy, talk = application.vacancy, _interview_at(application, first, last)
    told = f"; wawancara {moment(talk)}" if talk else ""
    state = STATES.get(application.state, application.state)
    return f"{vacancy.title}, {vacancy.employer_name} ({application.number}): {state}{told}"
