"""The tables of a month (reports III/1 to III/8), from what was left before and what changed. Pure; cells add up
because each entry stands in one row and one column of every table."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from services.application.labour.model import (
    ABOUT,
    AGES,
    EDUCATIONS,
    INDUSTRIES,
    OCCUPATIONS,
    RECEIVERS,
    SCOPES,
    SEXES,
    UNKNOWN,
    About,
    Entry,
    Traits,
)

_FROZEN = ConfigDict(frozen=True)
STEP = {"registered": "in", "opened": "in", "placed": "done", "filled": "done", "removed": "out", "dropped": "out"}
STEPS = ("before", "in", "done", "out", "after")
Key = Callable[[Traits], str]


class Left(BaseModel):
    """People or openings that go on into the next month."""

    model_config = _FROZEN
    about: About
    traits: Traits
    n: int


class Row(BaseModel):
    model_config = _FROZEN
    key: str
    cells: tuple[int, ...]


class Table(BaseModel):
    """`columns` name the cells of every row, such as `in.L`; `all` is a sum, `?` what nobody knows."""

    model_config = _FROZEN
    code: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Line(NamedTuple):
    """So many, of this kind, in this step."""

    about: About
    step: str
    traits: Traits
    n: int


def lines(left: Sequence[Left], entries: Iterable[Entry]) -> list[Line]:
    before = [Line(each.about, "before", each.traits, each.n) for each in left]
    return [*before, *(Line(ABOUT[each.kind], STEP[each.kind], each.traits, each.n) for each in entries)]


def left_after(found: Sequence[Line]) -> tuple[Left, ...]:
    """Before and in, less done and out, by the traits they came with."""
    sums: Counter[tuple[About, str]] = Counter()
    known: dict[str, Traits] = {}
    for about, step, traits, n in found:
        came = traits.model_copy(update={"scope": None, "receiver": UNKNOWN})
        if about == "seekers":
            came = came.model_copy(update={"industry": UNKNOWN})
        key = came.model_dump_json()
        known[key] = came
        sums[about, key] += -n if step in ("done", "out") else n
    return tuple(Left(about=about, traits=known[key], n=n) for (about, key), n in sorted(sums.items()) if n)


def tables(found: Sequence[Line]) -> tuple[Table, ...]:
    seekers = [each for each in found if each.about == "seekers"]
    vacancies = [each for each in found if each.about == "vacancies"]
    placed = [each for each in seekers if each.step == "done"]
    return (
        _flow("III/1-I", seekers, _ages_by_sex),
        _flow("III/1-II", vacancies, _one_sum),
        _pairs("III/2", seekers, EDUCATIONS, lambda one: one.education, by_sex=True),
        _pairs("III/3", seekers, OCCUPATIONS, lambda one: one.occupation, by_sex=True),
        _pairs("III/4", vacancies, EDUCATIONS, lambda one: one.education, by_sex=False),
        _pairs("III/5", vacancies, OCCUPATIONS, lambda one: one.occupation, by_sex=False),
        _pairs("III/6", vacancies, INDUSTRIES, lambda one: one.industry, by_sex=False),
        _counted("III/7", placed, INDUSTRIES, lambda one: one.industry, _by_sex),
        _counted("III/8-education", placed, EDUCATIONS, lambda one: one.education, _scope_by_sex),
        _counted("III/8-receiver", placed, RECEIVERS, lambda one: one.receiver, _scope_by_sex),
    )


def _ages_by_sex(one: Traits) -> list[str]:
    return [f"{one.age}.{one.sex}", f"all.{one.sex}", "all"]


def _one_sum(_: Traits) -> list[str]:
    return ["all"]


def _by_sex(one: Traits) -> list[str]:
    return [one.sex, "all"]


def _scope_by_sex(one: Traits) -> list[str]:
    return [f"{one.scope}.{one.sex}", "all"]


_COLUMNS: dict[Callable[[Traits], list[str]], tuple[str, ...]] = {
    _ages_by_sex: (*(f"{age}.{sex}" for age in (*AGES, "all") for sex in SEXES), "all"),
    _one_sum: ("all",),
    _by_sex: (*SEXES, "all"),
    _scope_by_sex: (*(f"{scope}.{sex}" for scope in SCOPES for sex in SEXES), "all"),
}


def _flow(code: str, found: Sequence[Line], spread: Callable[[Traits], list[str]]) -> Table:
    """Five steps as rows, with the two sums A and B of the form between them."""
    cells: Counter[tuple[str, str]] = Counter()
    for _, step, traits, n in found:
        for column in spread(traits):
            cells[step, column] += n
            if step in ("before", "in"):
                cells["sum_in", column] += n
            else:
                cells["sum_out", column] += n
            cells["after", column] += -n if step in ("done", "out") else n
    rows = ("before", "in", "sum_in", "done", "out", "sum_out", "after")
    return _table(code, rows, _COLUMNS[spread], cells)


def _pairs(code: str, found: Sequence[Line], rows: Sequence[str], key: Key, *, by_sex: bool) -> Table:
    """What is counted by, as rows, and the five steps as columns."""
    cells: Counter[tuple[str, str]] = Counter()
    for _, step, traits, n in found:
        for row in (key(traits), "all"):
            for column, sign in ((step, 1), ("after", -1 if step in ("done", "out") else 1)):
                cells[row, f"{column}.{traits.sex}" if by_sex else column] += sign * n
    columns = tuple(f"{step}.{sex}" for step in STEPS for sex in SEXES) if by_sex else STEPS
    return _table(code, (*rows, UNKNOWN, "all"), columns, cells)


def _counted(
    code: str, found: Sequence[Line], rows: Sequence[str], key: Key, spread: Callable[[Traits], list[str]]
) -> Table:
    cells: Counter[tuple[str, str]] = Counter()
    for _, _, traits, n in found:
        for row in (key(traits), "all"):
            for column in spread(traits):
                cells[row, column] += n
    return _table(code, (*rows, UNKNOWN, "all"), _COLUMNS[spread], cells)


def _table(code: str, rows: Sequence[str], columns: Sequence[str], cells: Counter[tuple[str, str]]) -> Table:
    """With the columns and rows of what nobody knows only where there is something in them."""
    more = sorted({column for (_, column), n in cells.items() if n and column not in columns})
    wide = (*columns, *more)
    made = [Row(key=row, cells=tuple(cells[row, column] for column in wide)) for row in rows]
    return Table(code=code, columns=wide, rows=tuple(each for each in made if each.key != UNKNOWN or any(each.cells)))
