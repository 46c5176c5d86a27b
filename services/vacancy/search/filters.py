"""What a search is narrowed to, as queries of the index that do not touch the score."""

from collections.abc import Sequence

from tantivy import FieldType, Occur, Query, Schema

from services.vacancy.search.documents import seconds
from services.vacancy.search.query import EDUCATION, SearchQuery
from shared.clock import start_of
from shared.reference.distance import by_distance

Clauses = list[tuple[Occur, Query]]


def always(query: SearchQuery, schema: Schema) -> Clauses:
    """What no facet ignores: still open, paid at least so much, published since, within so far."""
    clauses = [_must(above(schema, "closes", seconds(query.now)))]
    if query.wage_min is not None:
        clauses.append(_must(above(schema, "wage", max(query.wage_min, 1) - 1)))
    if query.published_since is not None:
        since = seconds(start_of(query.published_since))
        clauses.append(_must(above(schema, "published", since - 1)))
    if query.near and query.within_km is not None:
        reached = [code for code, km in by_distance(query.near) if km <= query.within_km]
        clauses.append(_must(either(schema, "kelurahan", reached)))
    return clauses


def chosen(query: SearchQuery, schema: Schema) -> dict[str, Query]:
    """The facets that were chosen, each as a query for any of its values; of `hours` for all of them."""
    found: dict[str, Query] = {}
    for name in ("kelurahan", "kind", "bidang", "workplace"):
        if values := getattr(query, name):
            found[name] = either(schema, name, list(values))
    if query.hours:
        wanted = [(Occur.Must, either(schema, "mark", [mark])) for mark in query.hours]
        found["hours"] = Query.const_score_query(Query.boolean_query(wanted), 0.0)
    if query.education is not None:
        found["education"] = at_most(schema, "schooling", EDUCATION[query.education])
    if query.may_bring_child:
        found["may_bring_child"] = either(schema, "mark", ["child"])
    return found


def either(schema: Schema, field: str, values: Sequence[str]) -> Query:
    return Query.const_score_query(Query.term_set_query(schema, field, list(values)), 0.0)


def above(schema: Schema, field: str, number: int) -> Query:
    return _range(schema, field, lower_bound=number, include_lower=False) if number >= 0 else Query.all_query()


def below(schema: Schema, field: str, number: int) -> Query:
    return _range(schema, field, upper_bound=number, include_upper=False)


def at_most(schema: Schema, field: str, number: int) -> Query:
    return _range(schema, field, upper_bound=number, include_upper=True)


def number_is(schema: Schema, field: str, number: int) -> Query:
    return _range(schema, field, lower_bound=number, upper_bound=number, include_lower=True, include_upper=True)


def _range(schema: Schema, field: str, **bounds: int | bool) -> Query:
    query = Query.range_query(schema, field, FieldType.Unsigned, **bounds)  # type: ignore[arg-type]
    return Query.const_score_query(query, 0.0)


def _must(query: Query) -> tuple[Occur, Query]:
    return Occur.Must, query
