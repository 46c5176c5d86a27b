"""Who looks for work: the profile, what the person keeps, and what is told. Pure: no clock, no store, no bus."""

from services.seeker.domain.career import MOST, Career, Course, Job, in_order
from services.seeker.domain.lines import Line
from services.seeker.domain.profile import (
    Draft,
    Personal,
    Seeker,
    Wishes,
    career_news,
    check,
    contact_news,
    nik_repeated,
    profile_news,
    revise,
    take_career,
    take_contact,
)

__all__ = [
    "MOST",
    "Career",
    "Course",
    "Draft",
    "Job",
    "Line",
    "Personal",
    "Seeker",
    "Wishes",
    "career_news",
    "check",
    "contact_news",
    "in_order",
    "nik_repeated",
    "profile_news",
    "revise",
    "take_career",
    "take_contact",
]
