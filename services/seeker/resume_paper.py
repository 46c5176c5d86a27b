"""A profile as the CV that its owner prints: what an employer may read, and nothing else of what is known. A NIK,
a birth date, sex, religion or marital status never stands on it (product document, section 4)."""

from datetime import date

from services.seeker.domain import Course, Job, Seeker
from shared.papers.paper import MONTHS
from shared.papers.resume import Entry, Resume, Section
from shared.reference.tables import education, kelurahan

LICENCE = {
    "sim_a": "SIM A",
    "sim_b1": "SIM B I",
    "sim_b2": "SIM B II",
    "sim_c": "SIM C",
    "sim_d": "SIM D",
    "forklift": "SIO forklift",
    "str": "STR tenaga kesehatan",
    "security": "Gada Pratama (satpam)",
}


def resume_of(seeker: Seeker, *, photo: bytes | None, today: date) -> Resume:
    career = seeker.personal.career
    sections = [
        Section(title="Pengalaman kerja", entries=[_job(each) for each in career.jobs]),
        Section(title="Pendidikan", entries=_education(seeker)),
        Section(title="Kursus dan pelatihan", entries=[_course(each) for each in career.courses]),
        Section(title="Keterampilan", entries=_listed(seeker.skills)),
        Section(title="SIM dan surat izin", entries=_listed(tuple(LICENCE[each] for each in seeker.licences))),
    ]
    return Resume(
        name=seeker.personal.name,
        made_on=today,
        contact=_contact(seeker),
        about=career.about or "",
        sections=[section for section in sections if section.entries],
        photo=photo,
    )


def _contact(seeker: Seeker) -> list[str]:
    """How to reach the person, on one line, and the ward on the next: never the whole address."""
    ward = kelurahan().get(seeker.kelurahan_code or "")
    reached = " · ".join(each for each in (seeker.personal.phone, seeker.personal.email) if each)
    return [each for each in (reached, f"Kelurahan {ward.name}, Kota Madiun" if ward else "") if each]


def _job(job: Job) -> Entry:
    until = _month(job.until) if job.until else "sekarang"
    when = _month(job.since) if job.until == job.since else f"{_month(job.since)} - {until}"
    return Entry(heading=job.title, when=when, beneath=job.employer, text=job.text or "")


def _course(course: Course) -> Entry:
    return Entry(heading=course.name, when=str(course.year), beneath=course.by or "")


def _education(seeker: Seeker) -> list[Entry]:
    level, school, year = seeker.education, seeker.personal.career.school, seeker.graduation_year
    row = education().get((level.form, level.code)) if level else None
    title = row.title if row else ""
    if not title and not school:
        return []
    when = f"lulus {year}" if year else ""
    return [Entry(heading=school or title, when=when, beneath=title if school else "")]


def _listed(words: tuple[str, ...]) -> list[Entry]:
    return [Entry(text=", ".join(words))] if words else []


def _month(month: str) -> str:
    """`2024-03` is `Maret 2024`."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"
