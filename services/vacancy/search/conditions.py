"""Wishes and places as queries of the index: as conditions that must hold, and as points for coming near."""

import math
from collections.abc import Iterator, Sequence

from tantivy import Occur, Query, Schema

from services.vacancy.search.filters import above, at_most, either, number_is
from services.vacancy.search.places import AROUND, Where
from services.vacancy.search.wishes import Wish
from services.vacancy.search.words import terms
from shared.reference.distance import by_distance
from shared.reference.tables import kelurahan

MET, HERE, NEARLY = 8.0, 14.0, 3.0  # points beside the score of a text, where a match in a title is worth some ten
_REACH = 2.0  # kilometres in which a place loses most of its points

# A wish that a vacancy says in the same word comes before one that only follows from its hours.
_SAID = {"night": "malam", "afternoon": "sore"}
_NAMED = {1: ("sd",), 2: ("smp",), 3: ("sma", "smk"), 5: ("d3",), 6: ("s1",)}

Points = list[tuple[Occur, Query]]


def worth(query: Query, points: float) -> tuple[Occur, Query]:
    return Occur.Should, Query.const_score_query(query, points)


def wish_query(wish: Wish, schema: Schema) -> Query:
    """What must hold for `wish`."""
    if wish.level is not None:
        return at_most(schema, "schooling", wish.level)
    if wish.wage is not None:
        return above(schema, "wage", wish.wage - 1)
    return either(schema, "mark", [wish.mark or ""])


def wish_points(wish: Wish, schema: Schema) -> Points:
    """Nearly is better than not: among vacancies that meet the wish and among those that do not."""
    points = [worth(wish_query(wish, schema), MET)]
    if wish.level is not None:
        points += list(_schooling_points(wish.level, schema))
    elif wish.wage is not None:
        inside = Query.boolean_query(
            [(Occur.Must, above(schema, "wage", wish.wage - 1)), (Occur.Must, at_most(schema, "wage", wish.wage * 2))]
        )
        points += [worth(inside, 1.0), worth(above(schema, "wage", int(wish.wage * 0.8)), NEARLY)]
    elif wish.mark == "no_night":
        by_day = Query.boolean_query(
            [(Occur.Must, Query.all_query()), (Occur.MustNot, either(schema, "mark", ["night"]))]
        )
        points.append(worth(by_day, NEARLY))
    elif wish.mark in _SAID:
        points.append(worth(Query.term_query(schema, "text", _SAID[wish.mark], index_option="basic"), NEARLY))
    elif wish.mark == "home":
        points.append(worth(either(schema, "mark", ["home_sure"]), NEARLY))
    elif wish.mark in ("morning", "school"):
        points += [worth(either(schema, "mark", ["school"]), 1.0), worth(either(schema, "mark", ["morning"]), NEARLY)]
    return points


def _schooling_points(level: int, schema: Schema) -> Iterator[tuple[Occur, Query]]:
    """Whoever has a diploma looks for work that asks for it; whoever has little may take what asks for less."""
    exact, below = (MET, 2.0) if level >= 5 else (NEARLY, 2.0)
    yield worth(number_is(schema, "schooling", level), exact)
    for word in _NAMED.get(level, ()):
        yield worth(Query.term_query(schema, "text", word, index_option="basic"), below)
    if level:
        yield worth(number_is(schema, "schooling", level - 1), below)
        yield worth(number_is(schema, "schooling", level - 2), 1.0) if level > 1 else worth(Query.empty_query(), 1.0)
    else:
        yield from (worth(at_most(schema, "schooling", more), 2.0) for more in (1, 2))


def place_query(place: Where, schema: Schema) -> Query:
    """What must hold to be in `place`."""
    found: list[tuple[Occur, Query]] = []
    if place.wards:
        found.append((Occur.Should, either(schema, "kelurahan", list(place.wards))))
    found += [(Occur.Should, _said(schema, terms(" ".join(words)))) for words in place.words]
    if place.wards and not place.words and (place.own is None or len(place.wards) > 1):
        found.append((Occur.Should, _said(schema, terms(f"{place.name} madiun"))))
    return Query.const_score_query(Query.boolean_query(found), 0.0)


def around_query(place: Where, schema: Schema) -> Query | None:
    """Where to look next, if that can be told: the city and what names it."""
    if place.wards or place.name.lower() in AROUND:
        return Query.const_score_query(
            Query.boolean_query(
                [
                    (Occur.Should, either(schema, "kelurahan", list(kelurahan()))),
                    (Occur.Should, _said(schema, ["madiun"])),
                ]
            ),
            0.0,
        )
    return None


def place_points(place: Where, schema: Schema) -> Points:
    """The place itself, then its neighbours by distance, then the city."""
    points = [worth(place_query(place, schema), HERE)]
    if place.own:
        points.append(worth(either(schema, "kelurahan", [place.own]), NEARLY))
    if centre := place.centre:
        points += [
            worth(either(schema, "kelurahan", [code]), NEARLY * math.exp(-km / _REACH))
            for code, km in by_distance(centre)
        ]
    if place.name.lower() in AROUND:
        points.append(worth(_said(schema, terms("kabupaten madiun")), NEARLY))
        points.append(worth(_said(schema, ["madiun"]), 1.0))
    return points


def _said(schema: Schema, words: Sequence[str]) -> Query:
    """All of these terms in the vacancy's words for its place."""
    named = [(Occur.Must, Query.term_query(schema, "place", word, index_option="basic")) for word in words]
    return Query.const_score_query(Query.boolean_query(named), 0.0) if named else Query.empty_query()
