"""The own CV as a JSON Resume. What a CV does not tell (a NIK, a birth date, a religion) does not stand here."""

from typing import Any

from services.seeker.domain import Seeker
from services.seeker.resume_paper import LICENCE
from shared.reference.tables import education, kelurahan

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
Json = dict[str, Any]


def written(seeker: Seeker) -> Json:
    career = seeker.personal.career
    jobs = [
        _known(name=job.employer, position=job.title, startDate=job.since, endDate=job.until, summary=job.text)
        for job in career.jobs
    ]
    courses = [_known(name=each.name, issuer=each.by, date=str(each.year)) for each in career.courses]
    licences = [{"name": LICENCE[each]} for each in seeker.licences]
    return {
        "$schema": SCHEMA,
        "basics": _basics(seeker),
        "work": jobs,
        "education": _education(seeker),
        "certificates": [*courses, *licences],
        "skills": [{"name": skill} for skill in seeker.skills],
        "meta": {"version": "v1.0.0"},
    }


def _basics(seeker: Seeker) -> Json:
    ward = kelurahan().get(seeker.kelurahan_code or "")
    place = {"city": "Kota Madiun", "region": "Jawa Timur", "countryCode": "ID"}
    return _known(
        name=seeker.personal.name,
        email=seeker.personal.email,
        phone=seeker.personal.phone,
        summary=seeker.personal.career.about,
        location={"address": f"Kelurahan {ward.name}", **place} if ward else None,
    )


def _education(seeker: Seeker) -> list[Json]:
    level, year = seeker.education, seeker.graduation_year
    row = education().get((level.form, level.code)) if level else None
    found = _known(
        institution=seeker.personal.career.school,
        studyType=row.title if row else None,
        endDate=str(year) if year else None,
    )
    return [found] if row or "institution" in found else []


def _known(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value}
