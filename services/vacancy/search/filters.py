"""What a search is narrowed to, as queries of the index that do not touch the score."""

from collections.abc import Mapping, Sequence

from tantivy import FieldType, Occur, Query, Schema

from services.vacancy.search.documents import seconds
from services.vacancy.search.query import SearchQuery
from shared.clock import start_of

FACETS = ("kelurahan", "kind")

Clauses = list[tuple[Occur, Query]]


def always(query: SearchQuery, schema: Schema) -> Clauses:
    """What no facet ignores: still open, paid at least so much, published since."""
    clauses = [_must(above(schema, "closes", seconds(query.now)))]
    if query.wage_min is not None:
        clauses.append(_must(above(schema, "wage", max(query.wage_min, 1) - 1)))
    if query.published_since is not None:
        since = seconds(start_of(query.published_since))
        clauses.append(_must(above(schema, "published", since - 1)))
    return clauses


def chosen(query: SearchQuery, schema: Schema) -> dict[str, Query]:
    """The facets that were chosen, each as a query for any of its values."""
    wanted: Mapping[str, Sequence[str]] = {"kelurahan": query.kelurahan, "kind": query.kind}
    return {
        name: Query.const_score_query(Query.term_set_query(schema, name, list(values)), 0.0)
        for name, values in wanted.items()
        if values
    }


def above(schema: Schema, field: str, number: int) -> Query:
    return _range(schema, field, lower_bound=number, include_lower=False) if number >= 0 else Query.all_query()


def below(schema: Schema, field: str, number: int) -> Query:
    return _range(schema, field, upper_bound=number, include_upper=False)


def _range(schema: Schema, field: str, **bounds: int | bool) -> Query:
    query = Query.range_query(schema, field, FieldType.Unsigned, **bounds)  # type: ignore[arg-type]
    return Query.const_score_query(query, 0.0)


def _must(query: Query) -> tuple[Occur, Query]:
    return Occur.Must, query
