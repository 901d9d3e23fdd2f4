"""Ranks concepts, statements and questions for words a person typed. An exact name always comes first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from api.knowledge.catalogue import Catalogue
from api.knowledge.statements import texts_of
from api.search.index import Index
from api.search.library import Library, Words, audience_mask, load_words
from api.search.meaning import ASKED, TOLD, Evidence, Intents, gather, load_intents
from api.search.reader import Correction, Reading
from api.search.snippets import Snippet, snippet
from api.vocabulary import Audience, LabelKind

_AS_WRITTEN = 10.0
_AS_TYPED = 9.0
_AS_MEANT = 8.0
_NEARLY = 7.0
_LEAST_CONCEPT = 0.25
_LEAST_LIKENESS = 0.25
_LEAST_SHARE = 0.3
_STATEMENT = 0.8
_LABEL_ORDER = {kind: place for place, kind in enumerate(LabelKind)}


class HitKind(StrEnum):
    """What a hit is."""

    CONCEPT = "concept"
    QUESTION = "question"
    STATEMENT = "statement"


_KINDS = list(HitKind)


@dataclass(frozen=True)
class Search:
    """What searching keeps of a release: how to read words. The rest is in the index."""

    words: Words
    intents: Intents


@dataclass(frozen=True)
class Hit:
    """One find: what, its slug or id, its title, why it matched and on which words, and a piece of its text."""

    kind: HitKind
    key: str
    title: str
    score: float
    why: str
    matched: str
    snippet: Snippet


@dataclass(frozen=True)
class Finds:
    """Every hit in order, how many of each kind there are, and what was read past."""

    library: Library
    hits: tuple["Ranked", ...]
    counts: dict[HitKind, int]
    corrections: tuple[Correction, ...]
    reading: Reading


@dataclass(frozen=True)
class Ranked:
    """A hit before its text is read: cheap, so that all can be ranked and counted. Concepts alone have their slug already."""

    kind: HitKind
    rank: int
    score: float
    why: str
    slug: str = ""
    matched: str = ""


def load_search(session: Session, catalogue: Catalogue) -> Search:
    """Read the language files of a release for searching."""
    return Search(load_words(session), load_intents(session, catalogue))


def find(search: Search, index: Index, text: str, kind: HitKind | None = None, audience: Audience | None = None) -> Finds:
    """Every hit for a text, best first; the order does not depend on how many are asked for."""
    library = Library(search.words, index)
    reading = library.reader.read(text)
    evidence = gather(library, search.intents, reading)
    ranked = [
        *_concepts(library, text, reading, evidence),
        *_questions(evidence, audience),
        *_statements(evidence, audience),
    ]
    counts = Counter(hit.kind for hit in ranked)
    kept = [hit for hit in ranked if kind in (None, hit.kind)]
    kept.sort(key=lambda hit: (-hit.score, _KINDS.index(hit.kind), hit.rank))
    return Finds(library, tuple(kept), {each: counts[each] for each in HitKind}, reading.corrections, reading)


def shown(session: Session, finds: Finds, hits: Sequence[Ranked]) -> list[Hit]:
    """The hits with title and snippet."""
    library = finds.library
    ranks = {kind: [hit.rank for hit in hits if hit.kind is kind] for kind in HitKind}
    statements = library.statements(ranks[HitKind.STATEMENT])
    texts = texts_of(session, [statement.id for statement in statements.values()])
    named = [hit.slug for hit in hits if hit.slug] + [statement.concept for statement in statements.values()]
    concepts, questions = library.concepts(named), library.questions(ranks[HitKind.QUESTION])
    found = []
    for hit in hits:
        if hit.kind is HitKind.CONCEPT:
            concept = concepts[hit.slug]
            found.append(_hit(finds, hit, hit.slug, concept.name, concept.introduction))
        elif hit.kind is HitKind.QUESTION:
            question = questions[hit.rank]
            found.append(_hit(finds, hit, question.slug, question.text, question.answer))
        else:
            statement = statements[hit.rank]
            found.append(_hit(finds, hit, statement.id, concepts[statement.concept].name, texts[statement.id]))
    return found


def _concepts(library: Library, text: str, reading: Reading, evidence: Evidence) -> list[Ranked]:
    exact = _exact(library, text, reading)
    slugs = {*exact, *(slug for slug, score in evidence.scores.items() if score >= _LEAST_CONCEPT)}
    found = []
    for slug, concept in library.concepts(sorted(slugs)).items():
        if slug in exact:
            score, name = exact[slug]
            found.append(Ranked(HitKind.CONCEPT, concept.position, round(score, 6), "exact name", slug, name))
            continue
        sign = max(evidence.signs[slug], key=lambda sign: sign.strength)
        score = round(evidence.scores[slug], 6)
        found.append(Ranked(HitKind.CONCEPT, concept.position, score, sign.channel, slug, sign.matched))
    return found


def _exact(library: Library, text: str, reading: Reading) -> dict[str, tuple[float, str]]:
    typed = library.reader.rewriter.words(text)
    library.index.want([*library.near_names.keys(text), *library.names.wanted((" ".join(typed), " ".join(reading.words)))])
    tiers = (
        (_AS_WRITTEN, library.near_names.exactly(text)),
        (_AS_TYPED, library.names.exactly(typed)),
        (_AS_MEANT, library.names.exactly(reading.words)),
        (_NEARLY, library.near_names.like(text)),
    )
    exact: dict[str, tuple[float, str]] = {}
    for score, names in tiers:
        for place, name in enumerate(names):
            near = score - _LABEL_ORDER[name.kind] / 10 - place / 1000
            if near > exact.get(name.slug, (0.0, ""))[0]:
                exact[name.slug] = (near, name.text)
    return exact


def _questions(evidence: Evidence, audience: Audience | None) -> list[Ranked]:
    wanted = audience_mask([audience] if audience else Audience)
    return [
        Ranked(HitKind.QUESTION, rank, round(likeness, 6), ASKED)
        for rank, likeness in evidence.questions.items()
        if likeness >= _LEAST_LIKENESS and evidence.answered[rank] & wanted
    ]


def _statements(evidence: Evidence, audience: Audience | None) -> list[Ranked]:
    wanted = audience_mask([audience] if audience else Audience)
    return [
        Ranked(HitKind.STATEMENT, rank, round(_STATEMENT * share, 6), TOLD)
        for rank, share in evidence.statements.items()
        if share >= _LEAST_SHARE and evidence.worded[rank] & wanted
    ]


def _hit(finds: Finds, ranked: Ranked, key: str, title: str, body: str) -> Hit:
    stems = frozenset(finds.library.telling(finds.reading.stems))
    cut = snippet(body, stems, finds.library.reader.rewriter)
    named = title if ranked.kind is HitKind.QUESTION else ranked.matched
    matched = named or " ".join(dict.fromkeys(cut.text[mark[0] : mark[1]] for mark in cut.marks))
    return Hit(ranked.kind, key, title, ranked.score, ranked.why, matched, cut)
