"""What a vacancy needs beside what somebody says to have: counted and explained, never a rank, never a refusal.

Only schooling, experience, skills, licences and answers to the vacancy's own questions count. Age, sex and marital
status are not known here at all.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from services.application.domain.answers import Value, wished
from shared.contracts.codes import Education
from shared.contracts.screening import Need, Question

_FROZEN = ConfigDict(frozen=True)
_WORD = re.compile(r"\w+")
# How the same skill is said: the verb, and what is done.
_PREFIXES = ("menge", "meng", "meny", "mem", "men", "me", "ber", "pe")


class Needed(BaseModel):
    """What a vacancy asks of people."""

    model_config = _FROZEN
    education_min: Education | None = None
    experience_months: int | None = None
    skills: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


class Person(BaseModel):
    """What somebody shares of the profile. `match_hints`: wants to be compared."""

    model_config = _FROZEN
    education: Education | None = None
    experience_months: int | None = None
    skills: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    match_hints: bool = True


class MatchedNeed(BaseModel):
    """One thing that the vacancy needs."""

    model_config = _FROZEN
    kind: Literal["education", "experience", "skill", "licence", "question"]
    value: str = Field(description="code of the schooling or licence, months, the skill, or the question's words")
    need: Need | None = Field(None, description="of a question: how much its answer matters")
    state: Literal["met", "unmet", "unknown"] = Field(description="unknown: the person has not said")


class Match(BaseModel):
    """How many of the vacancy's needs are met, and which are not."""

    model_config = ConfigDict(frozen=True, title="Match")
    met: int
    total: int
    needs: tuple[MatchedNeed, ...]

    @property
    def all_met(self) -> bool:
        return self.met == self.total

    @property
    def musts_met(self) -> bool:
        """Whether every question has its wished answer that the employer calls a must."""
        return all(each.state == "met" for each in self.needs if each.need == "must_have")


def compare(needed: Needed, person: Person, answers: Mapping[str, Value] | None = None) -> Match | None:
    """None where the person wants no comparison, or the vacancy needs nothing in particular. Without `answers`, for
    somebody who has not applied yet, questions do not count."""
    needs = (*_of_profile(needed, person), *(_of_answers(needed.questions, answers) if answers is not None else ()))
    if not person.match_hints or not needs:
        return None
    return Match(met=sum(each.state == "met" for each in needs), total=len(needs), needs=needs)


def _of_profile(needed: Needed, person: Person) -> Iterator[MatchedNeed]:
    asked, has = needed.education_min, person.education
    if asked is not None and _level(asked) > 0:
        held = None if has is None else _level(has) >= _level(asked)
        yield MatchedNeed(kind="education", value=f"{asked.form}:{asked.code}", state=_state(held))
    if needed.experience_months:
        months = person.experience_months
        long = None if months is None else months >= needed.experience_months
        yield MatchedNeed(kind="experience", value=str(needed.experience_months), state=_state(long))
    for licence in needed.licences:
        yield MatchedNeed(kind="licence", value=licence, state=_state(licence in person.licences))
    known = [_stems(skill) for skill in person.skills]
    for skill in needed.skills:
        able = any(_stems(skill) <= stems for stems in known) if known else None
        yield MatchedNeed(kind="skill", value=skill, state=_state(able))


def _of_answers(questions: Sequence[Question], answers: Mapping[str, Value]) -> Iterator[MatchedNeed]:
    for question in questions:
        if question.need is not None:
            state = _state(wished(question, answers.get(question.id)))
            yield MatchedNeed(kind="question", value=question.text, need=question.need, state=state)


def _state(found: bool | None) -> Literal["met", "unmet", "unknown"]:
    return "unknown" if found is None else "met" if found else "unmet"


def _level(education: Education) -> int:
    """0 none, 1 SD … 8 S3: the first figure of a code in both forms, but for who left SD before its end."""
    if education.code in ("0", "1101") or not education.code[:1].isdigit():
        return 0
    return int(education.code[0])


def _stems(skill: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _WORD.findall(skill.casefold()))


def _stem(word: str) -> str:
    """`menjahit` and `jahit` are one skill; short words stay as they are."""
    prefix = next((each for each in _PREFIXES if word.startswith(each) and len(word) - len(each) >= 4), "")
    return word.removeprefix(prefix)
