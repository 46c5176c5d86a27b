"""From what was understood to a query of the index: concepts with their synonyms, weighed field by field, and wishes
and places as conditions or as points."""

import math
from collections.abc import Sequence

from tantivy import Occur, Query, Schema, Searcher

from services.vacancy.search.conditions import (
    MET,
    around_query,
    place_points,
    place_query,
    wish_points,
    wish_query,
    worth,
)
from services.vacancy.search.documents import TEXT_FIELDS
from services.vacancy.search.filters import Clauses
from services.vacancy.search.synonyms import Concept, Phrase
from services.vacancy.search.understanding import Understood

BOOSTS = {"title": 3.0, "facts": 2.0, "place": 1.5, "employer": 1.0, "text": 0.5}
# For a condition of work the form knows better than a title: "di rumah" in a title may be the patient's home, and
# "SMA" the school of a teacher.
CONDITION_BOOSTS = {**BOOSTS, "title": 1.0, "facts": 4.0, "text": 1.0}
SYNONYM = 0.7  # what another word for the same is worth beside the one that was typed
SAME_WORD = 0.85  # and one that shares a word with it
VAGUE = 0.5  # what the typed word is worth where it says less than its phrase
SPHERE = 5.0  # points of a title that at least has to do with the trade: "pengawas bangunan" for a mason
NEXT_TRADE, LATER_TRADE = 4.0, 0.1  # points of the nearest trade of the family, and how fast they get fewer
PART = 0.5  # a word that is only part of what was typed: "desainer" for "desainer grafis"
APART = 0.5  # what the words of a phrase are worth where they do not stand together
TOGETHER = 6.0  # what all words side by side in the title add
NAMED = 6.0  # what it adds that the title names the trade, by whatever word: a text may speak of colleagues
TYPED = 4.0  # and more if by the word that was typed
HEAD = 8.0  # that it names what was typed first: in Indonesian that is who does it, the others say which
WHOLE = 20.0  # what it is worth to name the trade and meet every condition, where that is not a must
_MANY_FIELDS = 0.1  # what a second field that matches adds

STRICT, WIDELY, WISHED, MOST, RELATED, ANY = range(6)
"""How strictly is asked: everything; with synonyms in the description too; wishes, places and phrases only count for
the order; all words but one; other trades of the family too; any word."""


def matching(asked: Understood, *, level: int, schema: Schema, searcher: Searcher, named: bool = False) -> Query:
    """`named`: a trade counts only where the title or the facts name it."""
    build = _Builder(schema, searcher, widely=level > STRICT, named=named)
    clauses = [*_jobs(build, asked.concepts, level), *_conditions(build, asked, level, schema)]
    clauses += [(Occur.MustNot, build.concept(concept, ("title", "facts"))) for concept in asked.without]
    if not any(occur == Occur.Must for occur, _ in clauses):
        clauses.append((Occur.Must, Query.const_score_query(Query.all_query(), 1.0)))
    whole = tuple(term for concept in asked.concepts for term in concept.own)
    if len(whole) > 1 and (found := build.phrase("title", whole, TOGETHER)):
        clauses.append((Occur.Should, found))
    return Query.boolean_query(clauses)


def _jobs(build: "_Builder", concepts: Sequence[Concept], level: int) -> Clauses:
    if not concepts:
        return []
    titled = [(Occur.Should, query) for concept in concepts if (query := build.named(concept))]
    if level < WISHED:
        return [*((Occur.Must, build.concept(concept)) for concept in concepts), *titled]
    trades = [concept for concept in concepts if not concept.everywhere]
    if trades and len(trades) < len(concepts):
        points = [worth(build.concept(concept), MET) for concept in concepts if concept.everywhere]
        return [*_jobs(build, trades, level), *points]
    if level == WISHED:
        return [*((Occur.Must, build.concept(concept)) for concept in concepts), *titled]
    needed = max(len(concepts) - 1, 1) if level < ANY else 1
    each = [(Occur.Should, build.concept(concept)) for concept in concepts]
    if level >= RELATED:
        each += [(Occur.Should, build.related(concept)) for concept in concepts if concept.related]
    head = build.named(concepts[0]) if len(concepts) > 1 else None
    return [
        (Occur.Must, Query.boolean_query(each, minimum_number_should_match=needed)),
        *titled,
        *([worth(head, HEAD)] if head else []),
    ]


def _conditions(build: "_Builder", asked: Understood, level: int, schema: Schema) -> Clauses:
    """Wishes, places and phrases: what must hold, and points for it. Where there is no job to look for, the widest
    answer still has one of them, or lies near."""
    musts = [wish_query(wish, schema) for wish in asked.wishes]
    musts += [place_query(place, schema) for place in asked.places]
    musts += [build.quoted(phrase) for phrase in asked.phrases]
    points = [point for wish in asked.wishes for point in wish_points(wish, schema)]
    points += [point for place in asked.places for point in place_points(place, schema)]
    points += [(Occur.Should, build.concept(Concept(own=phrase))) for phrase in asked.phrases]
    if level < WISHED:
        return [*((Occur.Must, must) for must in musts), *points]
    if musts and not asked.concepts:
        around = [query for place in asked.places if (query := around_query(place, schema))]
        nearly = [(Occur.Should, query) for query in (*musts, *around)]
        return [(Occur.Must, Query.const_score_query(Query.boolean_query(nearly), 1.0)), *points]
    return [*points, *_whole(build, asked.concepts, musts)]


def _whole(build: "_Builder", concepts: Sequence[Concept], musts: Sequence[Query]) -> Clauses:
    titled = [query for concept in concepts if (query := build.named(concept))]
    said = [build.concept(concept) for concept in concepts if concept.everywhere]
    if len(titled) + len(said) < len(concepts) or not (musts or said):
        return []
    return [worth(Query.boolean_query([(Occur.Must, part) for part in (*titled, *said, *musts)]), WHOLE)]


def _likeness(own: Phrase, other: Phrase) -> float:
    """The first word of an Indonesian phrase is what the thing is, the others say which."""
    if set(other) < set(own):
        return SAME_WORD if other == own[:1] else PART
    return SAME_WORD if set(own) & set(other) else SYNONYM


def _is_trade(concept: Concept) -> bool:
    return bool(concept.others) and not concept.everywhere


class _Builder:
    """Queries against one state of the index; a term that the index does not have costs nothing."""

    def __init__(self, schema: Schema, searcher: Searcher, *, widely: bool, named: bool = False) -> None:
        self._schema, self._searcher, self._widely, self._named = schema, searcher, widely, named
        self._count = max(searcher.num_docs, 1)

    def concept(self, concept: Concept, fields: Sequence[str] = TEXT_FIELDS) -> Query:
        others = ("title", "facts", "text") if concept.everywhere or self._widely else ("title", "facts")
        boosts = CONDITION_BOOSTS if concept.everywhere else BOOSTS
        if self._named and _is_trade(concept):
            fields = [field for field in fields if field in ("title", "facts")]
        found: list[Query] = []
        for field in fields:
            variants = concept.others if field in others else ()
            found += self._field(field, concept, variants, boosts[field])
        if len(concept.own) > 1 and not (concept.others and (concept.everywhere or concept.vague)):
            found.append(self._apart(concept.own))
        return Query.disjunction_max_query(found, _MANY_FIELDS) if found else Query.empty_query()

    def named(self, concept: Concept) -> Query | None:
        """Points for a trade that the title names."""
        if not _is_trade(concept):
            return None
        typed = {concept.own, *({concept.own[:1]} & set(concept.others))}
        said = [
            Query.const_score_query(query, NAMED + (TYPED if phrase in typed else 0.0))
            for phrase in (concept.own, *concept.others)
            if (query := self.phrase("title", phrase, 1.0))
        ]
        return Query.disjunction_max_query(said, 0.0) if said else None

    def related(self, concept: Concept) -> Query:
        """What has to do with it and other trades of the family, by their titles only."""
        found = [
            Query.const_score_query(query, SPHERE)
            for word in concept.sphere
            if (query := self.phrase("title", (word,), 1.0))
        ]
        found += [
            Query.const_score_query(query, max(NEXT_TRADE - LATER_TRADE * at, LATER_TRADE))
            for at, phrase in enumerate(concept.related)
            if (query := self.phrase("title", phrase, 1.0))
        ]
        return Query.disjunction_max_query(found, 0.0) if found else Query.empty_query()

    def quoted(self, phrase: Phrase) -> Query:
        """`phrase` word for word, wherever."""
        found = [(Occur.Should, query) for field in TEXT_FIELDS if (query := self.phrase(field, phrase, 1.0))]
        return Query.const_score_query(Query.boolean_query(found), 0.0) if found else Query.empty_query()

    def phrase(self, field: str, phrase: Phrase, boost: float) -> Query | None:
        """`phrase` in `field`, or None where it cannot be there."""
        if not all(self._searcher.doc_freq(field, term) for term in phrase):
            return None
        if len(phrase) == 1:
            query = Query.term_query(self._schema, field, phrase[0], index_option="freq")
        else:
            query = Query.phrase_query(self._schema, field, list(phrase))
        return Query.boost_query(query, boost)

    def _field(self, field: str, concept: Concept, others: Sequence[Phrase], boost: float) -> list[Query]:
        """A rare word scores more than a common one. Between words for the same that would put "kernet" before
        "sopir" in a search for sopir: each is scored as if it were as common as the commonest."""
        own = concept.own
        weighed = [(own, VAGUE if concept.vague and others else 1.0)]
        weighed += [(other, SYNONYM if concept.vague else _likeness(own, other)) for other in others]
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
