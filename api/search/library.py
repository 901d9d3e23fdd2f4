"""What search and grounding keep of a release in memory: statements, questions, names, and how to read typed text."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.knowledge.questions import all_questions
from api.knowledge.references import all_references
from api.knowledge.shared import all_statements
from api.knowledge.views import ConceptReference, Question, Statement
from api.search.bm25 import TextIndex
from api.search.cues import cue_words
from api.search.examples import Example, Examples
from api.search.labels import LabelIndex, Name, load_names
from api.search.near import NearNames
from api.search.profiles import Profiles
from api.search.reader import Reader, Rewriter
from api.search.stems import stem
from api.search.terms import normal, words
from api.store.tables import SummaryLineRow
from api.vocabulary import Audience, LabelKind

_KNOWN = 3
_CUED = 20
_NAMED = 30
_IN_NAME = 2.0
_IN_CUE = 0.6
_IN_QUESTION = 0.4
_BESIDE_QUESTION = 0.1
_IN_STATEMENT = 0.05
_IN_SUMMARY = 0.2


@dataclass(frozen=True)
class Library:
    """The release as search needs it."""

    concepts: Mapping[str, ConceptReference]
    reader: Reader
    names: LabelIndex
    near_names: NearNames
    all_names: tuple[Name, ...]
    stop_stems: frozenset[str]
    ordinary_stems: frozenset[str]
    introductions: dict[str, str]
    statements: Mapping[str, Statement]
    statement_ids: tuple[str, ...]
    statement_texts: TextIndex
    questions: tuple[Question, ...]
    wordings: tuple[tuple[int, str], ...]
    wording_texts: TextIndex
    wording_weights: tuple[float, ...]
    profiles: Profiles
    examples: Examples

    def telling(self, stems: Iterable[str]) -> dict[str, float]:
        """The stems worth searching for, each with how often it counts."""
        return {word: 1.0 for word in stems if word not in self.stop_stems}


def load_library(session: Session, catalogue: Catalogue) -> Library:
    """Read the release into memory."""
    language = load_language_file(session, "search")
    rewriter = Rewriter({rewrite["meant"]: rewrite["written"] for rewrite in language.get("rewrites", ())})
    shelf = all_statements(session, catalogue)
    statements = list(shelf.values())
    questions = all_questions(session, shelf)
    names = load_names(session, catalogue)
    told = [words(statement.text) for statement in statements]
    asked = [words(wording) for question in questions for wording in (question.text, *question.variants)]
    typed = load_language_file(session, "wordings")
    vocabulary = _vocabulary([*told, *asked, *_typed_words(typed)], names, language, _cues(session))
    abbreviations = [normal(name.text) for name in names if name.kind is LabelKind.ABBREVIATION and name.text.isalpha()]
    signs = cue_words(cue for rule in load_language_file(session, "safety").get("rules", ()) for cue in rule["cues"])
    wordings = tuple(
        (number, wording) for number, question in enumerate(questions) for wording in (question.text, *question.variants)
    )
    stop_stems = frozenset(stem(word) for phrase in language.get("stop_words", ()) for word in words(phrase))

    def stems(given: tuple[str, ...]) -> list[str]:
        return [folded for word in rewriter.folded(given) if (folded := stem(word)) not in stop_stems]

    wording_stems = [stems(found) for found in asked]
    wording_texts = TextIndex(wording_stems)
    introductions = _introductions(session, statements)
    bags: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for slug, text, weight in _spoken(session, names, questions, statements, introductions):
        bags[slug] += [(found, weight) for found in stems(words(text))]
    return Library(
        concepts=all_references(session),
        reader=Reader(rewriter, vocabulary, [*abbreviations, *signs]),
        names=LabelIndex(names, rewriter.words),
        near_names=NearNames(names),
        all_names=tuple(names),
        stop_stems=stop_stems,
        ordinary_stems=_ordinary(session, language, rewriter),
        introductions=introductions,
        statements=shelf,
        statement_ids=tuple(statement.id for statement in statements),
        statement_texts=TextIndex([stems(found) for found in told]),
        questions=questions,
        wordings=wordings,
        wording_texts=wording_texts,
        wording_weights=tuple(sum(map(wording_texts.rarity, sorted(set(found)))) for found in wording_stems),
        profiles=Profiles(bags),
        examples=_examples(questions, names, typed, rewriter, stop_stems),
    )


def _spoken(
    session: Session,
    names: Iterable[Name],
    questions: Iterable[Question],
    statements: Iterable[Statement],
    introductions: dict[str, str],
) -> Iterator[tuple[str, str, float]]:
    """Every text a concept is spoken of with, and how much it counts in the concept's profile."""
    for name in names:
        if name.language.startswith("en"):
            yield name.slug, name.text, _IN_NAME
    for group in load_language_file(session, "intents").get("intents", ()):
        share = _IN_CUE / max(1, len(group["concepts"]) - 1)
        for cue in group["cues"]:
            text = re.sub(r"[|_*]", " ", " ".join(term for term in cue.split() if not term.startswith("-")))
            yield from ((slug, text, share) for slug in group["concepts"])
    for question in questions:
        for wording in (question.text, *question.variants):
            yield question.topic.slug, wording, _IN_QUESTION
            yield from ((concept.slug, wording, _BESIDE_QUESTION) for concept in question.concepts)
    yield from ((statement.concepts[0], statement.text, _IN_STATEMENT) for statement in statements)
    yield from ((slug, text, _IN_SUMMARY) for slug, text in introductions.items())


def _examples(
    questions: Iterable[Question], names: Iterable[Name], typed: dict[str, Any], rewriter: Rewriter, stop_stems: frozenset[str]
) -> Examples:
    """The wordings of questions, English names and the examples of the language file, each with what it is about."""

    def stems(text: str) -> tuple[str, ...]:
        return tuple(map(stem, rewriter.words(text)))

    found = [Example(stems(name.text), (name.slug,)) for name in names if name.language.startswith("en")]
    for question in questions:
        slugs = tuple(dict.fromkeys((question.topic.slug, *(concept.slug for concept in question.concepts))))
        found += [Example(stems(wording), slugs) for wording in (question.text, *question.variants)]
    for group in typed.get("inside", ()):
        found += [Example(stems(wording), tuple(group["concepts"])) for wording in group["wordings"]]
    for group in typed.get("outside", ()):
        found += [Example(stems(wording), reason=group["reason"]) for wording in group["wordings"]]
    return Examples(found, stop_stems)


def _typed_words(typed: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    groups = (*typed.get("inside", ()), *typed.get("outside", ()))
    return (words(wording) for group in groups for wording in group["wordings"])


def _ordinary(session: Session, language: dict[str, Any], rewriter: Rewriter) -> frozenset[str]:
    phrases = [*language.get("known_words", ()), *cue_words(_intent_cues(session))]
    return frozenset(stem(word) for phrase in phrases for word in rewriter.words(phrase))


def _introductions(session: Session, statements: Iterable[Statement]) -> dict[str, str]:
    texts = {statement.id: statement.text for statement in statements}
    query = select(SummaryLineRow).order_by(
        col(SummaryLineRow.concept_slug), col(SummaryLineRow.audience), col(SummaryLineRow.position)
    )
    lines: dict[str, list[str]] = defaultdict(list)
    for line in session.exec(query).all():
        if line.audience == Audience.PATIENT:
            lines[line.concept_slug].append(texts[line.statement_id])
    return {slug: " ".join(found) for slug, found in lines.items()}


def _intent_cues(session: Session) -> list[str]:
    intents = load_language_file(session, "intents")
    groups = [*intents.get("intents", ()), *intents.get("aspects", ()), *intents.get("regions", ())]
    return [cue for group in groups for cue in group["cues"]]


def _cues(session: Session) -> list[str]:
    refusal = load_language_file(session, "refusal")
    groups = [group for refused in refusal.get("classes", ()) for group in refused.get("groups", ())]
    groups += load_language_file(session, "safety").get("rules", ())
    return [
        *_intent_cues(session),
        *(cue for group in groups for cue in group["cues"]),
        *refusal.get("field", ()),
        *refusal.get("organs", ()),
    ]


def _vocabulary(
    texts: Iterable[tuple[str, ...]], names: Iterable[Name], language: dict[str, Any], cues: Iterable[str]
) -> Counter[str]:
    counted = Counter(word for found in texts for word in found)
    for name in names:
        if name.language.startswith("en"):
            counted.update(dict.fromkeys(words(name.text), _NAMED))
    for group, weight in ((language.get("known_words", ()), _KNOWN), (language.get("stop_words", ()), _CUED)):
        counted.update({word: weight for phrase in group for word in words(phrase)})
    for rewrite in language.get("rewrites", ()):
        for form in (rewrite["meant"], *rewrite["written"]):
            counted.update(dict.fromkeys(words(form), _KNOWN))
    counted.update({word: _CUED for cue in cue_words(cues) for word in words(cue)})
    return counted
