"""What officers send about a training."""

from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BaseModel, Field, StrictInt, model_validator

from services.training.api.using import INPUT
from services.training.domain.trainings import Audience, Session, Terms
from shared import clock

Instant = Annotated[AwareDatetime, Field(description="RFC 3339 with a zone")]
Sessions = Annotated[tuple["SessionInput", ...], Field(min_length=1, max_length=30)]
Text = Annotated[str, Field(min_length=20, max_length=4_000)]


class SessionInput(BaseModel):
    """One meeting."""

    model_config = INPUT
    starts_at: Instant
    ends_at: Instant


class TrainingInput(BaseModel):
    """A training."""

    model_config = INPUT
    title: str = Field(min_length=3, max_length=80)
    field: str = Field(min_length=2, max_length=40, description="what it is about, in a word")
    description: Text
    kelurahan_code: str = Field(min_length=1, max_length=20)
    place: str = Field(min_length=3, max_length=120, description="building and street")
    sessions: Sessions
    capacity: StrictInt = Field(ge=1, le=1_000)
    enrolment_opens_at: Instant | None = Field(None, description="now, where left out")
    enrolment_closes_at: Instant | None = Field(None, description="when the first session begins, where left out")
    audience: Audience = Field("anyone", description="residents: whose profile names a kelurahan of the city")
    attendance_needed: StrictInt | None = Field(
        None, ge=1, le=30, description="sessions to attend for the certificate; all of them, where left out"
    )

    def terms(self) -> Terms:
        sessions = _sessions(self.sessions)
        opens, closes = self.enrolment_opens_at, self.enrolment_closes_at
        return Terms(
            **self.model_dump(include={"title", "field", "description", "kelurahan_code", "place", "capacity"}),
            sessions=sessions,
            enrolment_opens_at=clock.whole(opens) if opens else clock.now(),
            enrolment_closes_at=clock.whole(closes) if closes else sessions[0].starts_at,
            audience=self.audience,
            attendance_needed=self.attendance_needed or len(sessions),
        )


class TrainingChanges(BaseModel):
    """What is left out stays as it is."""

    model_config = INPUT
    title: str = Field("", min_length=3, max_length=80)
    field: str = Field("", min_length=2, max_length=40)
    description: Text = ""
    kelurahan_code: str = Field("", min_length=1, max_length=20)
    place: str = Field("", min_length=3, max_length=120)
    sessions: Sessions = ()
    capacity: StrictInt = Field(0, ge=1, le=1_000)
    enrolment_opens_at: Instant | None = None
    enrolment_closes_at: Instant | None = None
    audience: Audience = "anyone"
    attendance_needed: StrictInt = Field(0, ge=1, le=30)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("nothing given")
        return self

    def given(self) -> dict[str, Any]:
        found = {name: getattr(self, name) for name in self.model_fields_set}
        if "sessions" in found:
            found["sessions"] = _sessions(self.sessions)
        times = ("enrolment_opens_at", "enrolment_closes_at")
        found |= {name: clock.whole(found[name]) for name in times if found.get(name)}
        return {name: value for name, value in found.items() if value is not None}


class CancelInput(BaseModel):
    """Why it does not take place."""

    model_config = INPUT
    reason: str = Field(min_length=3, max_length=300, description="told to everybody who is enrolled")


class NothingInput(BaseModel):
    """No words are needed."""

    model_config = INPUT


def _sessions(given: tuple[SessionInput, ...]) -> tuple[Session, ...]:
    return tuple(Session(starts_at=clock.whole(one.starts_at), ends_at=clock.whole(one.ends_at)) for one in given)
