"""From what somebody typed to a query of the index: concepts with their synonyms, weighed field by field.

Every concept must be found somewhere; where no open vacancy has them all, most of them will do.
"""

import math
from collections.abc import Sequence
from functools import cache

from tantivy import Occur, Query, Schema, Searcher

from services.vacancy.search.documents import TEXT_FIELDS
from services.vacancy.search.synonyms import Concept, Phrase
from services.vacancy.search.words import terms
from shared.reference.tables import kelurahan

BOOSTS = {"title": 3.0, "facts": 2.0, "place": 1.5, "employer": 1.0, "text": 0.5}
# For a condition of work the form knows better than a title: "di rumah" in a title may be the patient's home, and
# "SMA" the school of a teacher.
CONDITION_BOOSTS = {**BOOSTS, "title": 1.0, "facts": 4.0, "text": 1.0}
SYNONYM = 0.7  # what another word for the same is worth beside the one that was typed
APART = 0.5  # what the words of a phrase are worth where they do not stand together
TOGETHER = 6.0  # what all words side by side in the title add
_MANY_FIELDS = 0.1  # what a second field that matches adds


STRICT = 0


def levels(concepts: Sequence[Concept]) -> range:
    """How strictly concepts can be asked for: 0 all; 1 all, with synonyms in the description too; 2 all but one;
    3 any."""
    return range(min(len(concepts), 3) + 1)


def matching(concepts: Sequence[Concept], *, level: int, schema: Schema, searcher: Searcher) -> Query:
    build = _Builder(schema, searcher, widely=level > STRICT)
    if level < 2:
        clauses = [(Occur.Must, build.concept(concept)) for concept in concepts]
    else:
        clauses = _most(build, concepts, needed=len(concepts) - 1 if level == 2 else 1)
    whole = tuple(term for concept in concepts for term in concept.own)
    if len(whole) > 1 and (found := build.phrase("title", whole, TOGETHER)):
        clauses = [*clauses, (Occur.Should, found)]
    return Query.boolean_query(clauses)


def _most(build: "_Builder", concepts: Sequence[Concept], *, needed: int) -> list[tuple[Occur, Query]]:
    """A place alone is no answer to "penjahit madiun": places count for the order, not for what is needed."""
    places = [concept for concept in concepts if build.is_place(concept)]
    jobs = [concept for concept in concepts if concept not in places]
    if not jobs:
        jobs, places = places, []
    enough = Query.boolean_query(
        [(Occur.Should, build.concept(job)) for job in jobs], minimum_number_should_match=min(needed, len(jobs))
    )
    return [(Occur.Must, enough), *((Occur.Should, build.concept(place)) for place in places)]


@cache
def _places() -> frozenset[str]:
    """The terms that name places in and around the city."""
    names = [f"{ward.name} {ward.kecamatan}" for ward in kelurahan().values()]
    return frozenset(terms(" ".join(["kota kabupaten kecamatan kelurahan madiun", *names])))


class _Builder:
    """Queries against one state of the index; a term that the index does not have costs nothing."""

    def __init__(self, schema: Schema, searcher: Searcher, *, widely: bool) -> None:
        self._schema, self._searcher, self._widely = schema, searcher, widely
        self._count = max(searcher.num_docs, 1)

    def concept(self, concept: Concept) -> Query:
        others = ("title", "facts", "text") if concept.everywhere or self._widely else ("title", "facts")
        boosts = CONDITION_BOOSTS if concept.everywhere else BOOSTS
        found: list[Query] = []
        for field in TEXT_FIELDS:
            variants = concept.others if field in others else ()
            found += self._field(field, concept.own, variants, boosts[field])
        if len(concept.own) > 1:
            found.append(self._apart(concept.own))
        return Query.disjunction_max_query(found, _MANY_FIELDS) if found else Query.empty_query()

    def is_place(self, concept: Concept) -> bool:
        """Whether it names a place of the city, or a word that vacancies use for where rather than for what."""
        if len(concept.own) > 1:
            return False
        name = concept.own[0]
        where, what = self._searcher.doc_freq("place", name), self._searcher.doc_freq("title", name)
        return name in _places() or where > what

    def phrase(self, field: str, phrase: Phrase, boost: float) -> Query | None:
        """`phrase` in `field`, or None where it cannot be there."""
        if not all(self._searcher.doc_freq(field, term) for term in phrase):
            return None
        if len(phrase) == 1:
            query = Query.term_query(self._schema, field, phrase[0], index_option="freq")
        else:
            query = Query.phrase_query(self._schema, field, list(phrase))
        return Query.boost_query(query, boost)

    def _field(self, field: str, own: Phrase, others: Sequence[Phrase], boost: float) -> list[Query]:
        """A rare word scores more than a common one. Between words for the same that would put "kernet" before
        "sopir" in a search for sopir: each is scored as if it were as common as the commonest."""
        weighed = [(own, 1.0), *((other, SYNONYM) for other in others)]
        rarity = {phrase: self._rarity(field, phrase) for phrase, _ in weighed}
        common = min((rare for rare in rarity.values() if rare), default=1.0)
        queries = (
            self.phrase(field, phrase, boost * weight * common / (rarity[phrase] or 1.0))
            for phrase, weight in weighed
        )
        return [query for query in queries if query is not None]

    def _rarity(self, field: str, phrase: Phrase) -> float:
        """The idf of BM25 as the index will count it; 0 where a term is absent."""
        counts = [self._searcher.doc_freq(field, term) for term in phrase]
        if not all(counts):
            return 0.0
        return sum(math.log(1.0 + (self._count - min(n, self._count) + 0.5) / (n + 0.5)) for n in counts)

    def _apart(self, own: Phrase) -> Query:
        words = [self.concept(Concept(own=(term,))) for term in own]
        return Query.boost_query(Query.boolean_query([(Occur.Must, word) for word in words]), APART)
