"""Ranks concepts, statements and questions for words a person typed. An exact name always comes first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from api.knowledge.catalogue import Catalogue
from api.search.library import Library, load_library
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
    """What searching needs of a release."""

    library: Library
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

    hits: tuple["Ranked", ...]
    counts: dict[HitKind, int]
    corrections: tuple[Correction, ...]
    reading: Reading


@dataclass(frozen=True)
class Ranked:
    """A hit before its snippet is cut: cheap, so that all can be ranked and counted."""

    kind: HitKind
    rank: int
    key: str
    score: float
    why: str
    matched: str


def load_search(session: Session, catalogue: Catalogue) -> Search:
    """Read a release into memory for searching."""
    return Search(load_library(session, catalogue), load_intents(session, catalogue))


def find(search: Search, text: str, kind: HitKind | None = None, audience: Audience | None = None) -> Finds:
    """Every hit for a text, best first; the order does not depend on how many are asked for."""
    library = search.library
    reading = library.reader.read(text)
    evidence = gather(library, search.intents, reading)
    ranked = [
        *_concepts(library, text, reading, evidence),
        *_questions(library, evidence, audience),
        *_statements(library, evidence, audience),
    ]
    counts = Counter(hit.kind for hit in ranked)
    kept = [hit for hit in ranked if kind in (None, hit.kind)]
    kept.sort(key=lambda hit: (-hit.score, _KINDS.index(hit.kind), hit.rank, hit.key))
    return Finds(tuple(kept), {each: counts[each] for each in HitKind}, reading.corrections, reading)


def shown(search: Search, finds: Finds, hits: Sequence[Ranked]) -> list[Hit]:
    """The hits with title and snippet."""
    return [_hit(search.library, finds, hit) for hit in hits]


def _concepts(library: Library, text: str, reading: Reading, evidence: Evidence) -> list[Ranked]:
    exact = _exact(library, text, reading)
    found = []
    places = {slug: rank for rank, slug in enumerate(library.concepts)}
    for slug in sorted({*exact, *(slug for slug, score in evidence.scores.items() if score >= _LEAST_CONCEPT)}):
        rank = places[slug]
        if slug in exact:
            score, name = exact[slug]
            found.append(Ranked(HitKind.CONCEPT, rank, slug, round(score, 6), "exact name", name))
            continue
        sign = max(evidence.signs[slug], key=lambda sign: sign.strength)
        found.append(Ranked(HitKind.CONCEPT, rank, slug, round(evidence.scores[slug], 6), sign.channel, sign.matched))
    return found


def _exact(library: Library, text: str, reading: Reading) -> dict[str, tuple[float, str]]:
    tiers = (
        (_AS_WRITTEN, library.near_names.exactly(text)),
        (_AS_TYPED, library.names.exactly(library.reader.rewriter.words(text))),
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


def _questions(library: Library, evidence: Evidence, audience: Audience | None) -> list[Ranked]:
    found = []
    for rank, likeness in evidence.questions.items():
        question = library.questions[rank]
        if likeness >= _LEAST_LIKENESS and audience in (None, *(answer.audience for answer in question.answers)):
            found.append(Ranked(HitKind.QUESTION, rank, question.slug, round(likeness, 6), ASKED, question.text))
    return found


def _statements(library: Library, evidence: Evidence, audience: Audience | None) -> list[Ranked]:
    found = []
    for rank, share in evidence.statements.items():
        statement = library.statements[library.statement_ids[rank]]
        if share >= _LEAST_SHARE and audience in (None, statement.audience):
            found.append(Ranked(HitKind.STATEMENT, rank, statement.id, round(_STATEMENT * share, 6), TOLD, ""))
    return found


def _hit(library: Library, finds: Finds, ranked: Ranked) -> Hit:
    stems = frozenset(library.telling(finds.reading.stems))
    if ranked.kind is HitKind.CONCEPT:
        concept = library.concepts[ranked.key]
        title, body = concept.name, library.introductions.get(ranked.key, concept.plain_name)
    elif ranked.kind is HitKind.QUESTION:
        question = library.questions[ranked.rank]
        title, body = question.text, question.answers[0].text
    else:
        statement = library.statements[ranked.key]
        title, body = library.concepts[statement.concepts[0]].name, statement.text
    cut = snippet(body, stems, library.reader.rewriter)
    matched = ranked.matched or " ".join(dict.fromkeys(cut.text[mark[0] : mark[1]] for mark in cut.marks))
    return Hit(ranked.kind, ranked.key, title, ranked.score, ranked.why, matched, cut)
