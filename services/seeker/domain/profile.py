"""Who looks for work: the profile, which parts of it are personal, and what is told when it changes."""

from datetime import date, datetime, timedelta
from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from services.seeker import problems
from services.seeker.domain.career import Career
from services.seeker.domain.consents import Consent
from services.seeker.domain.lines import Line
from services.seeker.nik import Nik, masked, read_nik
from shared.contracts.codes import Education
from shared.contracts.screening import Licence
from shared.contracts.seeker import NikRepeated, SeekerContactChanged, SeekerProfileChanged, SeekerRegistered
from shared.contracts.vacancy import Kind
from shared.events import Event
from shared.reference.tables import education, kelurahan

FACTS = ("kelurahan_code", "education", "graduation_year", "skills", "licences", "experience_months", "match_hints")
TOLD_AGAIN = timedelta(days=1)  # others must not make us pester the owner of a NIK


class Wishes(BaseModel):
    """The work that the person hopes for."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)
    titles: tuple[Annotated[Line, Field(min_length=1, max_length=60)], ...] = Field((), max_length=10)
    kinds: tuple[Kind, ...] = Field((), max_length=7)
    hours: Line | None = Field(None, max_length=120, description="in the person's own words, such as: pagi saja")
    max_distance_km: StrictInt | None = Field(None, ge=1, le=1000, description="from home")
    min_wage: StrictInt | None = Field(None, ge=1, le=1_000_000_000, description="rupiah per month")
    bring_child: StrictBool = Field(False, description="needs a place where a child may come along")
    no_night: StrictBool = False


class Personal(BaseModel):
    """What is stored only under the person's key."""

    model_config = ConfigDict(frozen=True)
    name: str = Field(repr=False)
    phone: str | None = Field(None, repr=False)
    email: str | None = Field(None, repr=False)
    nik: str | None = Field(None, repr=False)
    wishes: Wishes = Field(Wishes(), repr=False)
    career: Career = Field(Career(), repr=False)

    @property
    def contact(self) -> dict[str, str]:
        """What the notifier needs: {name, phone?, email?}."""
        known = {"name": self.name, "phone": self.phone, "email": self.email}
        return {key: value for key, value in known.items() if value is not None}


class Draft(BaseModel):
    """A profile as its owner wants it; `nik` None leaves the known one."""

    model_config = ConfigDict(frozen=True)
    name: str = Field(repr=False)
    email: str | None = Field(repr=False)
    nik: str | None = Field(repr=False)
    wishes: Wishes = Field(repr=False)
    kelurahan_code: str | None
    education: Education | None
    graduation_year: int | None
    skills: tuple[str, ...]
    licences: tuple[Licence, ...] = ()
    experience_months: int | None = None
    match_hints: bool = True


class Seeker(BaseModel):
    """A profile. `id` is the account id."""

    model_config = ConfigDict(frozen=True)
    id: str
    personal: Personal
    kelurahan_code: str | None = None
    education: Education | None = None
    graduation_year: int | None = None
    skills: tuple[str, ...] = ()
    licences: tuple[Licence, ...] = ()
    experience_months: int | None = None
    match_hints: bool = True
    consents: tuple[Consent, ...] = Field((), description="the oldest first")
    saved: bool = Field(False, description="the person has written it; until then it is what the account knows")
    contact_seq: int = Field(0, description="sequence of the account's contact that stands in it")
    nik_needs_check: bool = Field(False, description="another account has the NIK; officers look at it on the card")
    nik_told_at: datetime | None = Field(None, description="when the person last heard that others gave this NIK")
    version: int = 0

    def facts(self) -> dict[str, object]:
        """The public part: what the events carry."""
        return {name: getattr(self, name) for name in FACTS}


def take_contact(seeker: Seeker | None, contact: dict[str, str], *, id: str, sequence: int) -> Seeker:
    """The account's contact, in the profile: its phone always, its name and e-mail until the person wrote own ones.
    An older contact than the one that stands changes nothing."""
    if seeker is not None and sequence <= seeker.contact_seq:
        return seeker
    before = seeker or Seeker(id=id, personal=Personal(name=contact["name"]))
    known: dict[str, str | None] = {"phone": contact.get("phone")}
    if not before.saved:
        known |= {"name": contact["name"], "email": contact.get("email")}
    personal = before.personal.model_copy(update=known)
    return before.model_copy(update={"personal": personal, "contact_seq": sequence})


def check(draft: Draft, *, known: Seeker | None, today: date, test_data: bool) -> tuple[Draft, Nik | None]:
    """The draft with its e-mail as mail programs write it, and its new NIK read; raises every flaw at once.
    The masked NIK, which is all that a client can know, means the one in `known`."""
    flaws = _flaws_of_facts(draft, today)
    nik, email = None, draft.email
    try:
        if draft.nik is not None and not (known and known.personal.nik and draft.nik == masked(known.personal.nik)):
            nik = read_nik(draft.nik, today=today, test_numbers=test_data)
    except problems.Flaw as flaw:
        flaws.append(flaw)
    try:
        email = email and validate_email(email, check_deliverability=False, test_environment=test_data).normalized
    except EmailNotValidError:
        flaws.append(problems.EmailInvalid())
    if flaws:
        raise flaws[0] if len(flaws) == 1 else problems.SeveralFlaws(flaws)
    return draft.model_copy(update={"email": email}), nik


def _flaws_of_facts(draft: Draft, today: date) -> list[problems.Flaw]:
    level, year = draft.education, draft.graduation_year
    refused: list[tuple[bool, type[problems.Flaw]]] = [
        (draft.kelurahan_code is not None and draft.kelurahan_code not in kelurahan(), problems.KelurahanUnknown),
        (level is not None and (level.form, level.code) not in education(), problems.EducationUnknown),
        (year is not None and year > today.year, problems.GraduationYear),
        (any(problems.CONTACT.search(skill) for skill in draft.skills), problems.SkillContact),
    ]
    return [flaw() for is_so, flaw in refused if is_so]


def revise(seeker: Seeker | None, draft: Draft, nik: Nik | None, *, id: str, taken: bool) -> Seeker:
    """The profile as the person wants it. A NIK that another account has (`taken`) is kept like any other and marked
    for the officers: whoever typed it must not learn that it is known."""
    before = seeker or Seeker(id=id, personal=Personal(name=draft.name))
    written: dict[str, object] = {"name": draft.name, "email": draft.email, "wishes": draft.wishes}
    if nik is not None:
        written["nik"] = nik.digits
    facts = {name: getattr(draft, name) for name in FACTS}
    return before.model_copy(
        update={
            **facts,
            "personal": before.personal.model_copy(update=written),
            "saved": True,
            "nik_needs_check": before.nik_needs_check if nik is None else taken,
        }
    )


def take_career(seeker: Seeker, career: Career, skills: tuple[str, ...] | None = None) -> Seeker:
    """`skills` None leaves those of the profile."""
    personal = seeker.personal.model_copy(update={"career": career})
    return seeker.model_copy(update={"personal": personal, **({} if skills is None else {"skills": skills})})


def contact_news(before: Seeker | None, after: Seeker, *, sealed: str) -> list[Event]:
    """What is told when the account's contact changed."""
    contact = SeekerContactChanged(sealed=sealed)
    return [contact] if before else [SeekerRegistered.model_validate(after.facts()), contact]


def profile_news(before: Seeker | None, after: Seeker, *, sealed: str) -> list[Event]:
    """What is told when the person wrote the profile; nothing where that changed nothing."""
    if before is None:
        return contact_news(before, after, sealed=sealed)
    if before == after:
        return []
    same_contact = before.personal.contact == after.personal.contact
    profile = SeekerProfileChanged.model_validate(after.facts())
    return [profile] if same_contact else [profile, SeekerContactChanged(sealed=sealed)]


def career_news(before: Seeker, after: Seeker) -> list[Event]:
    """Of what only a CV tells nothing is public: that the profile changed is all."""
    return [] if before == after else [SeekerProfileChanged.model_validate(after.facts())]


def nik_repeated(owner: Seeker, *, at: datetime) -> tuple[Seeker, list[Event]]:
    """Somebody gave this person's NIK for another account: only the person hears of it, once a day at most."""
    if owner.nik_told_at is not None and at - owner.nik_told_at < TOLD_AGAIN:
        return owner, []
    return owner.model_copy(update={"nik_told_at": at}), [NikRepeated(seeker_id=owner.id)]
