"""What is public of a job seeker (never a name, NIK, phone or e-mail) and, sealed, how to reach the person.
`subject` is the seeker id, which is the account id."""

from pydantic import Field

from shared.contracts.codes import Education
from shared.events import Event


class SeekerFacts(Event):
    """The fields of a profile that are not personal by themselves."""

    kelurahan_code: str | None
    education: Education | None
    graduation_year: int | None
    skills: tuple[str, ...]


class SeekerRegistered(SeekerFacts, topic="seeker", version=1):
    """A profile exists."""


class SeekerProfileChanged(SeekerFacts, topic="seeker", version=1):
    """The person changed the profile."""


class SeekerContactChanged(Event, topic="seeker-contact", version=1):
    """How to reach a seeker. Internal, compacted."""

    sealed: str = Field(description='under the seeker\'s key, purpose "seeker-contact": {name, phone?, email?}')
