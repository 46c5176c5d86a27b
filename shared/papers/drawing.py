"""An A4 page of the Dinas as PDF: a heading, a table of what it says, a photo if there is one, a QR code, footnotes.

The same paper gives the same bytes. Imports fpdf2 and segno, which take a third of a second and 20 MB: only
`shared.papers.printing` imports this, and only once a paper is wanted.
"""

import io
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime

import segno
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from shared.papers.paper import Column, Paper

MARGIN, WIDTH = 18.0, 174.0  # millimetres; A4 is 210 wide
INK, MUTED, GREEN, LINE, SUN = (20, 32, 27), (75, 90, 83), (11, 90, 60), (190, 198, 192), (255, 198, 41)
LABEL_WIDTH, ROW, QR_SIZE, PHOTO = 52.0, 6.4, 38.0, (30.0, 40.0)
OFFICE = ("PEMERINTAH KOTA MADIUN", "Dinas Tenaga Kerja · Si-Caker")
PLAIN = str.maketrans({"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "\u00a0": " "})


def draw(paper: Paper) -> bytes:
    """The PDF. Takes some tens of milliseconds of processor: call it in a thread."""
    pdf = opened(f"{paper.title} {paper.number}", made_on=paper.made_on)
    _heading(pdf, paper)
    _body(pdf, paper)
    if paper.columns:
        _columns(pdf, paper.columns_title, paper.columns)
    _proof(pdf, paper)
    return bytes(pdf.output())


def opened(title: str, *, made_on: date) -> "Page":
    """An empty first page."""
    pdf = Page(orientation="portrait", unit="mm", format="A4")
    pdf.set_creation_date(datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC))
    pdf.set_title(plain(title))
    pdf.set_lang("id-ID")
    pdf.set_margins(MARGIN, 14, MARGIN)
    pdf.c_margin = 0
    pdf.set_auto_page_break(True, margin=16)
    pdf.add_page()
    return pdf


def plain(text: str) -> str:
    """`text` in the letters that the built-in fonts have; what they do not have loses its marks, or becomes `?`."""
    found = text.translate(PLAIN)
    if not found.isascii():
        found = "".join(_letter(letter) for letter in found)
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in found)


def _letter(letter: str) -> str:
    try:
        letter.encode("latin-1")
    except UnicodeEncodeError:
        return unicodedata.normalize("NFKD", letter).encode("latin-1", "ignore").decode("latin-1") or "?"
    return letter


class Page(FPDF):
    """With a foot on each page that says which page it is."""

    def footer(self) -> None:
        self.set_y(-12)
        font(self, 7.5, MUTED)
        self.cell(0, 4, f"Halaman {self.page_no()}", align="R")


def font(pdf: FPDF, size: float, colour: tuple[int, int, int] = INK, style: str = "") -> None:
    pdf.set_font("helvetica", style, size)
    pdf.set_text_color(*colour)


def line(pdf: FPDF, text: str, *, height: float, align: str = "L") -> None:
    pdf.cell(0, height, plain(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def ribbon(pdf: FPDF) -> None:
    """The two colours of the city across the page, below what was written last."""
    pdf.set_fill_color(*GREEN)
    pdf.rect(MARGIN, pdf.get_y() + 2, WIDTH, 1.2, style="F")
    pdf.set_fill_color(*SUN)
    pdf.rect(MARGIN, pdf.get_y() + 3.2, WIDTH, 0.8, style="F")
    pdf.ln(9)


def _heading(pdf: FPDF, paper: Paper) -> None:
    font(pdf, 13, GREEN, "B")
    line(pdf, OFFICE[0], height=6)
    font(pdf, 10, MUTED)
    line(pdf, OFFICE[1], height=5)
    ribbon(pdf)
    font(pdf, 17, INK, "B")
    pdf.multi_cell(0, 8, plain(paper.title), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    font(pdf, 12, INK)
    line(pdf, f"Nomor: {paper.number}", height=7)
    pdf.ln(3)


def _body(pdf: FPDF, paper: Paper) -> None:
    """The table, beside the photo where there is one."""
    top, width = pdf.get_y(), WIDTH - (PHOTO[0] + 6 if paper.photo else 0)
    if paper.photo:
        pdf.image(io.BytesIO(paper.photo), x=MARGIN + WIDTH - PHOTO[0], y=top, w=PHOTO[0], h=PHOTO[1])
    for label, value in paper.rows:
        _row(pdf, label, value, width=width)
    if paper.photo and pdf.page_no() == 1:
        pdf.set_y(max(pdf.get_y(), top + PHOTO[1] + 2))
    pdf.ln(3)


def _row(pdf: FPDF, label: str, value: str, *, width: float) -> None:
    font(pdf, 9, MUTED)
    pdf.cell(LABEL_WIDTH, ROW, plain(label))
    font(pdf, 10.5, INK)
    pdf.multi_cell(width - LABEL_WIDTH, ROW, plain(value) or "-", align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.set_draw_color(*LINE)
    pdf.line(MARGIN, pdf.get_y(), MARGIN + width, pdf.get_y())


def _columns(pdf: FPDF, title: str, columns: Sequence[Column]) -> None:
    """Boxes side by side, such as those for the six-monthly reports."""
    font(pdf, 11, INK, "B")
    line(pdf, title, height=7)
    width, top = WIDTH / len(columns), pdf.get_y()
    pdf.set_draw_color(*MUTED)
    for place, column in enumerate(columns):
        left = MARGIN + place * width
        pdf.rect(left, top, width, 24)
        pdf.set_xy(left + 1.5, top + 1.5)
        font(pdf, 9, INK, "B")
        pdf.multi_cell(width - 3, 4.6, plain(column.heading), align="L", new_x=XPos.LEFT, new_y=YPos.NEXT)
        font(pdf, 8.5, MUTED)
        pdf.multi_cell(width - 3, 4.4, plain(column.text), align="L", new_x=XPos.LEFT, new_y=YPos.NEXT)
    pdf.set_xy(MARGIN, top + 28)


def _proof(pdf: FPDF, paper: Paper) -> None:
    """The QR code, what it is for, and beside it who signs."""
    if pdf.get_y() + QR_SIZE + 4 > pdf.page_break_trigger:
        pdf.add_page()
    top = pdf.get_y() + 2
    if paper.link:
        _qr(pdf, paper.link, x=MARGIN, y=top)
    left = MARGIN + (QR_SIZE + 5 if paper.link else 0)
    pdf.set_xy(left, top)
    if paper.signed_by:
        font(pdf, 10, INK)
        pdf.multi_cell(0, 5, plain(paper.signed_by), align="L", new_x=XPos.LEFT, new_y=YPos.NEXT)
        pdf.ln(2)
        pdf.set_x(left)
    font(pdf, 8.5, MUTED)
    pdf.multi_cell(0, 4.3, plain("\n".join(paper.footnotes)), align="L", new_x=XPos.LEFT, new_y=YPos.NEXT)
    if paper.signature_label:
        _signature(pdf, paper, y=top + QR_SIZE + 4)


def _signature(pdf: FPDF, paper: Paper, *, y: float) -> None:
    """A place for the holder's own hand."""
    if y + 24 > pdf.page_break_trigger:
        return
    pdf.set_draw_color(*MUTED)
    pdf.line(MARGIN + WIDTH - 60, y + 18, MARGIN + WIDTH, y + 18)
    pdf.set_xy(MARGIN + WIDTH - 60, y + 19)
    font(pdf, 8.5, MUTED)
    pdf.cell(60, 4, plain(paper.signature_label or ""), align="C")


def _qr(pdf: FPDF, link: str, *, x: float, y: float) -> None:
    """As filled rectangles, one for each run of dark modules: sharp at every size, and small. On a screen, where no
    camera points at the own phone, it is a link."""
    pdf.link(x, y, QR_SIZE, QR_SIZE, link)
    rows = list(segno.make(link, error="m", micro=False, boost_error=False).matrix)
    module = QR_SIZE / (len(rows) + 8)  # four light modules around it, as the norm asks
    pdf.set_fill_color(0, 0, 0)
    for line, row in enumerate(rows):
        start = None
        for column, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                left = x + (4 + start) * module
                pdf.rect(left, y + (4 + line) * module, (column - start) * module, module, style="F")
                start = None
