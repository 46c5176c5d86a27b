"""What a CV tells besides the profile: jobs, courses, the school, a few words of the person's own."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from services.seeker import problems
from services.seeker.domain.lines import Line

MOST = 10  # jobs, and courses
Month = Annotated[str, Field(pattern=r"^(19[4-9]|20[0-9])[0-9]-(0[1-9]|1[0-2])$", description="such as 2024-03")]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)


class Job(_Written):
    """A job that the person had or has; work for the family or at home counts, too."""

    employer: Line = Field(min_length=1, max_length=80)
    title: Line = Field(min_length=1, max_length=80)
    since: Month
    until: Month | None = Field(None, description="null while it goes on")
    text: Line | None = Field(None, max_length=400, description="what there was to do")


class Course(_Written):
    name: Line = Field(min_length=1, max_length=80)
    by: Line | None = Field(None, max_length=80, description="who held it")
    year: StrictInt = Field(ge=1940, le=2100)


class Career(_Written):
    """All of it; what is left out is empty. Newest first, however it was sent."""

    about: Line | None = Field(None, max_length=400, description="in the person's own words")
    school: Line | None = Field(None, max_length=80, description="where the education of the profile was")
    jobs: tuple[Job, ...] = Field((), max_length=MOST)
    courses: tuple[Course, ...] = Field((), max_length=MOST)


def in_order(career: Career, *, today: date) -> Career:
    """Checked against `today` and put in order; raises every flaw at once."""
    flaws = [*_flaws_of_jobs(career.jobs, f"{today:%Y-%m}"), *_flaws_of_courses(career.courses, today.year)]
    if flaws:
        raise flaws[0] if len(flaws) == 1 else problems.SeveralFlaws(flaws)
    jobs = sorted(career.jobs, key=lambda job: (job.until or "9", job.since), reverse=True)
    courses = sorted(career.courses, key=lambda course: course.year, reverse=True)
    return career.model_copy(
        update={
            "about": career.about or None,
            "school": career.school or None,
            "jobs": tuple(jobs),
            "courses": tuple(courses),
        }
    )


def _flaws_of_jobs(jobs: tuple[Job, ...], now: str) -> list[problems.Flaw]:
    found: list[problems.Flaw] = []
    for place, job in enumerate(jobs):
        if job.since > now:
            found.append(problems.MonthAhead(f"/jobs/{place}/since"))
        if job.until is not None and job.until > now:
            found.append(problems.MonthAhead(f"/jobs/{place}/until"))
        if job.until is not None and job.until < job.since:
            found.append(problems.MonthsTurned(f"/jobs/{place}/until"))
    return found


def _flaws_of_courses(courses: tuple[Course, ...], year: int) -> list[problems.Flaw]:
    return [
        problems.CourseYear(f"/courses/{place}/year") for place, course in enumerate(courses) if course.year > year
    ]
