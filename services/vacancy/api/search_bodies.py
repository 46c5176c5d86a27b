"""The shapes of the search's answers."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.vacancy.views.models import Facets, FacetValue, SearchPage, VacancySummary

_FROZEN = ConfigDict(frozen=True)
_INPUT = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60)]


class FoundVacancy(VacancySummary):
    """A result of a search."""

    repeats: int = Field(0, description="how many adverts of the same title, employer and place stand behind it")
    distance_km: float | None = Field(
        None, description="between the centres of its ward and of the ward that was asked for, as the crow flies"
    )


class SearchFacets(Facets):
    bidang: list[FacetValue] = Field([], description="by the major group of KBJI 2014, by title where it has no code")
    workplace: list[FacetValue] = Field([], description="`home` includes those whose text says so")
    hours: list[FacetValue] = Field([], description="what choosing it as well would leave")
    education: list[FacetValue] = Field([], description="what is open to somebody with that schooling")
    may_bring_child: list[FacetValue] = Field([], description="`true` only")


class UnderstoodPart(BaseModel):
    """Something that was read out of the words."""

    model_config = _FROZEN
    kind: Literal["place", "education", "experience", "hours", "home", "child", "wage", "without"]
    text: str = Field(description="in Indonesian, to be shown")


class HelpItem(BaseModel):
    """What else to try."""

    model_config = _FROZEN
    kind: Literal["spelling", "wider", "without_filter", "similar"]
    text: str = Field(description="in Indonesian, to be shown")
    query: str = Field(description="what stands behind the question mark of that search")


class SearchAnswer(SearchPage):
    items: list[FoundVacancy]  # type: ignore[assignment]
    facets: SearchFacets = Field(description="over all results, not only this page")
    exact: int = Field(0, description="how many of the results have everything that was asked")
    understood: list[UnderstoodPart] = Field([], description="what was read out of the words beside a job")
    help: list[HelpItem] = Field([], description="what else to try, where little was found or a word was misspelled")


class SuggestionView(BaseModel):
    """A text that begins as what was typed, or nearly."""

    model_config = _FROZEN
    text: str
    kind: Literal["occupation", "place", "title", "skill"]
    count: int = Field(description="about how many open vacancies it stands for")


class Suggestions(BaseModel):
    items: list[SuggestionView]


class SimilarVacancies(BaseModel):
    items: list[VacancySummary] = Field(description="the most alike first; never the vacancy itself")


class SynonymInput(BaseModel):
    """Words for the same job or condition."""

    model_config = _INPUT
    canonical: Name = Field(description="the usual word; one group each")
    variants: tuple[Name, ...] = Field(min_length=1, max_length=40, description="other words for it")


class SynonymGroup(BaseModel):
    """A group that officers added."""

    model_config = _FROZEN
    id: str
    canonical: str
    variants: tuple[str, ...]
    created_at: datetime


class SynonymList(BaseModel):
    items: list[SynonymGroup] = Field(description="by canonical word")
    built_in: int = Field(description="how many groups the system brings along")
