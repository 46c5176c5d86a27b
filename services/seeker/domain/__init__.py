"""Who looks for work: the profile, what the person keeps, and what is told. Pure: no clock, no store, no bus."""

from services.seeker.domain.profile import (
    Draft,
    Line,
    Personal,
    Seeker,
    Wishes,
    check,
    contact_news,
    profile_news,
    revise,
    take_contact,
    warnings_of,
)

__all__ = [
    "Draft",
    "Line",
    "Personal",
    "Seeker",
    "Wishes",
    "check",
    "contact_news",
    "profile_news",
    "revise",
    "take_contact",
    "warnings_of",
]
