"""A curriculum vitae as PDF, in the hand of the other papers but without the heading of the Dinas: it is the person's
own. Imported by `shared.papers.printing` alone, once one is wanted."""

import io

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from shared.papers.drawing import GREEN, INK, LINE, MARGIN, MUTED, PHOTO, WIDTH, font, line, opened, plain, ribbon
from shared.papers.resume import Entry, Resume, Section

TOGETHER = 22.0  # millimetres that stay on one page: a title and the beginning of what it is about
WHEN = 48.0  # wide enough for "September 2024 - September 2026"


def draw_resume(resume: Resume) -> bytes:
    """The PDF. Takes some tens of milliseconds of processor: call it in a thread."""
    pdf = opened(f"{resume.title} {resume.name}", made_on=resume.made_on)
    _heading(pdf, resume)
    if resume.about:
        font(pdf, 10.5)
        _text(pdf, resume.about, height=5.4)
        pdf.ln(2)
    for section in resume.sections:
        _section(pdf, section)
    return bytes(pdf.output())


def _heading(pdf: FPDF, resume: Resume) -> None:
    top, width = pdf.get_y(), WIDTH - (PHOTO[0] + 6 if resume.photo else 0)
    font(pdf, 22, GREEN, "B")
    _text(pdf, resume.name, height=9.5, width=width)
    pdf.ln(1)
    font(pdf, 10, MUTED)
    for each in resume.contact:
        _text(pdf, each, height=5.2, width=width)
    if resume.photo:
        pdf.image(io.BytesIO(resume.photo), x=MARGIN + WIDTH - PHOTO[0], y=top, w=PHOTO[0], h=PHOTO[1])
        pdf.set_y(max(pdf.get_y(), top + PHOTO[1]))
    ribbon(pdf)


def _section(pdf: FPDF, section: Section) -> None:
    _keep_together(pdf)
    pdf.ln(2)
    font(pdf, 12.5, GREEN, "B")
    line(pdf, section.title, height=6.5)
    pdf.set_draw_color(*LINE)
    pdf.line(MARGIN, pdf.get_y(), MARGIN + WIDTH, pdf.get_y())
    pdf.ln(2)
    for entry in section.entries:
        _entry(pdf, entry)


def _entry(pdf: FPDF, entry: Entry) -> None:
    if entry.heading:
        _keep_together(pdf)
        _headline(pdf, entry)
    if entry.beneath:
        font(pdf, 10.5, MUTED)
        _text(pdf, entry.beneath, height=5.2)
    if entry.text:
        font(pdf, 10.5)
        _text(pdf, entry.text, height=5.4)
    pdf.ln(2.4)


def _headline(pdf: FPDF, entry: Entry) -> None:
    """What it was at the left, when at the right; a long one goes on below itself."""
    top = pdf.get_y()
    if entry.when:
        font(pdf, 9.5, MUTED)
        pdf.set_xy(MARGIN + WIDTH - WHEN, top)
        pdf.cell(WHEN, 5.6, plain(entry.when), align="R")
        pdf.set_xy(MARGIN, top)
    font(pdf, 11, INK, "B")
    _text(pdf, entry.heading, height=5.6, width=WIDTH - (WHEN + 4 if entry.when else 0))


def _text(pdf: FPDF, text: str, *, height: float, width: float = 0) -> None:
    """A line that has room is put down as it is: looking for where to break it takes seven times as long."""
    for each in plain(text).split("\n"):
        if pdf.get_string_width(each) <= (width or WIDTH):
            pdf.cell(width, height, each, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        else:
            pdf.multi_cell(width, height, each, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _keep_together(pdf: FPDF) -> None:
    if pdf.get_y() + TOGETHER > pdf.page_break_trigger:
        pdf.add_page()
