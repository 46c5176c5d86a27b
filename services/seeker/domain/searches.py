"""A search that a person saved: what it looks for, when it is looked at, and what the person is told then."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.seeker.domain.vacancies import KnownVacancy
from services.seeker.domain.wishing import HoursWish, Schooling, asks_no_more, reached
from services.seeker.problems import Flaw, UnknownWard
from shared import clock
from shared.contracts.seeker import MatchedVacancy, VacanciesMatched
from shared.contracts.vacancy import Kind, Wage, Workplace
from shared.events import Event
from shared.reference.tables import kelurahan

Rhythm = Literal["daily", "weekly"]
AlertChannel = Literal["email", "sms"]
LIMIT = 10  # per person
LISTED = 10  # vacancies that one message names
STEP = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}
_MARK = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")


class Terms(BaseModel):
    """What to look for, and how to tell. `name` and `q` are the person's own words."""

    model_config = ConfigDict(frozen=True)
    name: str | None = Field(None, repr=False)
    q: str | None = Field(None, repr=False)
    kelurahan: tuple[str, ...] = ()
    kind: tuple[Kind, ...] = ()
    wage_min: int | None = None
    from_home: bool = False
    bidang: tuple[str, ...] = ()
    workplace: tuple[Workplace, ...] = ()
    hours: tuple[HoursWish, ...] = ()
    education: Schooling | None = None
    may_bring_child: bool = False
    near: str | None = None
    within_km: float | None = None
    rhythm: Rhythm = "daily"
    hour: int = 7
    channel: AlertChannel = "email"


class SavedSearch(BaseModel):
    """`due_at` is when it is looked at next (none: stopped); what was heard of until `seen_until` is told."""

    model_config = ConfigDict(frozen=True)
    id: str
    seeker_id: str
    terms: Terms
    due_at: datetime | None
    seen_until: datetime
    created_at: datetime
    revision: int = Field(0, description="how often the person changed it")
    version: int = 0

    @property
    def active(self) -> bool:
        return self.due_at is not None


def begin(terms: Terms, *, id: str, seeker_id: str, at: datetime) -> SavedSearch:
    return SavedSearch(
        id=id,
        seeker_id=seeker_id,
        terms=terms,
        due_at=first_due(terms.hour, after=at),
        seen_until=at,
        created_at=at,
    )


def change(search: SavedSearch, terms: Terms, *, active: bool, at: datetime) -> SavedSearch:
    """The search with other terms. Its hour counts anew where that changed, and one that was stopped begins with
    what appears from now on."""
    if not active:
        return search.model_copy(update={"terms": terms, "due_at": None})
    same = (search.terms.rhythm, search.terms.hour) == (terms.rhythm, terms.hour)
    due_at = search.due_at if search.due_at and same else first_due(terms.hour, after=at)
    seen_until = search.seen_until if search.active else at
    return search.model_copy(update={"terms": terms, "due_at": due_at, "seen_until": seen_until})


def flaws_of(terms: Terms) -> list[Flaw]:
    named = {*terms.kelurahan, *([terms.near] if terms.near else [])}
    return [UnknownWard()] if named - set(kelurahan()) else []


def first_due(hour: int, *, after: datetime) -> datetime:
    """The next time that it is `hour` o'clock in Madiun."""
    today = clock.start_of(clock.today(after)) + timedelta(hours=hour)
    return today if today > after else today + timedelta(days=1)


def next_due(search: SavedSearch, *, at: datetime) -> datetime:
    """The next time in its rhythm after `at`; times that passed while nobody looked are made up for by one look."""
    due, step = search.due_at or at, STEP[search.terms.rhythm]
    return due + step * (max((at - due) // step, 0) + 1)


def words(text: str) -> frozenset[str]:
    """The words of a text without accents and capitals."""
    plain = _MARK.sub("", unicodedata.normalize("NFKD", text))
    return frozenset(_WORD.findall(plain.casefold()))


def matches(terms: Terms, vacancy: KnownVacancy) -> bool:
    """Whether every word stands in the title and every field fits. It knows no stems, synonyms or typing errors and
    ranks nothing: relevance is the search's business, this only has to be easy to foretell."""
    return (
        words(terms.q or "") <= words(vacancy.title)
        and (not terms.kelurahan or vacancy.kelurahan_code in terms.kelurahan)
        and (not terms.kind or vacancy.kind in terms.kind)
        and (terms.wage_min is None or vacancy.monthly >= terms.wage_min)
        and (not terms.from_home or vacancy.at_home)
        and _fits(terms, vacancy)
    )


def _fits(terms: Terms, vacancy: KnownVacancy) -> bool:
    """Of several hours all must fit, of the rest any."""
    at = {vacancy.workplace, "home"} if vacancy.at_home else {vacancy.workplace}
    return (
        (not terms.bidang or vacancy.field in terms.bidang)
        and (not terms.workplace or bool(at & set(terms.workplace)))
        and all(vacancy.hours is not None and vacancy.hours.fit(wish) for wish in terms.hours)
        and (terms.education is None or asks_no_more(vacancy.education_min, terms.education))
        and (not terms.may_bring_child or vacancy.may_bring_child)
        and (not (terms.near and terms.within_km) or reached(vacancy.kelurahan_code, terms.near, terms.within_km))
    )


def look(
    search: SavedSearch, vacancies: Iterable[KnownVacancy], *, at: datetime, until: datetime, token: str
) -> tuple[SavedSearch, list[Event]]:
    """The search after it was looked at, and the news if there is any: of `vacancies`, which are all that were heard
    of since `seen_until` and until `until`."""
    found = [vacancy for vacancy in vacancies if matches(search.terms, vacancy)]
    after = search.model_copy(update={"seen_until": max(until, search.seen_until), "due_at": next_due(search, at=at)})
    return after, [_news(search, found, token)] if found else []


def _news(search: SavedSearch, found: Sequence[KnownVacancy], token: str) -> Event:
    newest = sorted(found, key=lambda one: (one.published_at or search.created_at, one.id), reverse=True)
    named = [MatchedVacancy.model_construct(**_named(vacancy)) for vacancy in newest[:LISTED]]
    return VacanciesMatched(
        seeker_id=search.seeker_id,
        saved_search_id=search.id,
        channel=search.terms.channel,
        vacancies=tuple(named),
        total=len(found),
        stop_token=token,
    )


def _named(vacancy: KnownVacancy) -> dict[str, Any]:
    wage = Wage.model_construct(**vacancy.wage.model_dump()) if vacancy.wage else None
    return {**{name: getattr(vacancy, name) for name in MatchedVacancy.model_fields}, "wage": wage}
