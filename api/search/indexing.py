"""Makes the index that search and grounding read, from the content of a release that is being built."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select

from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.knowledge.questions import all_questions
from api.knowledge.references import all_references
from api.knowledge.shared import all_statements
from api.knowledge.views import ConceptReference, Question, Statement
from api.search.bm25 import rarities, text_entries
from api.search.cues import cue_words
from api.search.examples import Example, example_entries
from api.search.index import Entry, as_json
from api.search.labels import Name, load_names, name_entries
from api.search.library import (
    ASKED_TAGS,
    CONCEPT,
    MEANT,
    QUESTION,
    QUESTION_TEXT,
    STATEMENT,
    STATEMENT_TEXT,
    TOLD_TAGS,
    audience_mask,
    intent_cues,
    load_words,
)
from api.search.near import near_entries
from api.search.prototypes import Telling, prototype_entries
from api.search.reader import Rewriter, reading_entries
from api.search.resolving import load_term_words, term_entries
from api.search.stems import stem
from api.search.suggest import suggestion_entries
from api.search.terms import normal, words
from api.store.tables import SummaryLineRow
from api.vocabulary import Audience, LabelKind

_KNOWN = 3
_CUED = 20
_NAMED = 30
_BESIDE = 0.6
_IN_CUE = 0.3
_IN_STATEMENT = 0.3
_IN_SUMMARY = 0.3


def search_entries(session: Session, catalogue: Catalogue) -> Iterator[Entry]:
    """Every entry of words, names, texts, examples and what they have in common."""
    language, typed = load_language_file(session, "search"), load_language_file(session, "wordings")
    reading = load_words(session)
    shelf = all_statements(session, catalogue)
    statements = list(shelf.values())
    questions = all_questions(session, shelf)
    names = load_names(session)
    concepts = all_references(session)
    introductions = introductions_of(session, statements)

    def stems(text: str) -> list[str]:
        return [folded for word in reading.rewriter.words(text) if (folded := stem(word)) not in reading.stop_stems]

    examples = examples_of(questions, names, typed, reading.rewriter)
    loose = loose_texts(session, statements, introductions, reading.rewriter)
    asked = [(rank, question, stems(text)) for rank, question in enumerate(questions) for text in _wordings(question)]
    yield from _reading(session, language, typed, names, statements, questions)
    yield from name_entries(MEANT, names, reading.rewriter.words)
    yield from near_entries(names)
    yield from _statement_texts([stems(statement.text) for statement in statements], statements)
    yield from _question_texts(asked)
    yield from example_entries(examples, reading.stop_stems)
    yield from prototype_entries([*typical_texts(examples), *loose], reading.stop_stems)
    yield from suggestion_entries(names, questions)
    yield from _concepts(concepts, introductions)
    kinds = {slug: concept.kind for slug, concept in concepts.items()}
    yield from term_entries(names, kinds, load_term_words(session, catalogue))


def _wordings(question: Question) -> tuple[str, ...]:
    return (question.text, *question.variants)


def _statement_texts(texts: Sequence[list[str]], statements: Sequence[Statement]) -> Iterator[Entry]:
    masks = [audience_mask((statement.audience,)) for statement in statements]
    yield from text_entries(STATEMENT_TEXT, texts, TOLD_TAGS, (masks,))
    for rank, statement in enumerate(statements):
        yield f"{STATEMENT}/{rank}", as_json([statement.id, statement.concepts[0]])


def _question_texts(asked: Sequence[tuple[int, Question, list[str]]]) -> Iterator[Entry]:
    """Every wording of every question, with the question's rank, the wording's whole rarity and who is answered."""
    texts = [found for _, _, found in asked]
    rarity = rarities(texts)
    wholes = [sum(rarity[term] for term in sorted(set(found))) for found in texts]
    masks = [audience_mask(answer.audience for answer in question.answers) for _, question, _ in asked]
    yield from text_entries(QUESTION_TEXT, texts, ASKED_TAGS, ([rank for rank, _, _ in asked], wholes, masks))
    for rank, question in {rank: question for rank, question, _ in asked}.items():
        about = [concept.slug for concept in question.concepts]
        yield f"{QUESTION}/{rank}", as_json([question.slug, question.text, question.topic.slug, about, question.answers[0].text])


def _concepts(concepts: Mapping[str, ConceptReference], introductions: dict[str, str]) -> Iterator[Entry]:
    for position, (slug, concept) in enumerate(concepts.items()):
        introduction = introductions.get(slug, concept.plain_name)
        yield f"{CONCEPT}/{slug}", as_json([position, concept.kind, concept.name, introduction])


def _reading(
    session: Session,
    language: dict[str, Any],
    typed: dict[str, Any],
    names: Iterable[Name],
    statements: Iterable[Statement],
    questions: Iterable[Question],
) -> Iterator[Entry]:
    told = [words(statement.text) for statement in statements]
    asked = [words(wording) for question in questions for wording in _wordings(question)]
    vocabulary = _vocabulary([*told, *asked, *_typed_words(typed)], names, language, _cues(session))
    abbreviations = [normal(name.text) for name in names if name.kind is LabelKind.ABBREVIATION and name.text.isalpha()]
    signs = cue_words(cue for rule in load_language_file(session, "safety").get("rules", ()) for cue in rule["cues"])
    return reading_entries(vocabulary, [*abbreviations, *signs])


def examples_of(questions: Iterable[Question], names: Iterable[Name], typed: dict[str, Any], rewriter: Rewriter) -> list[Example]:
    """The wordings of questions, English names and the examples of the language file, each with what it is about."""

    def stems(text: str) -> tuple[str, ...]:
        return tuple(map(stem, rewriter.words(text)))

    found = [Example(stems(name.text), (name.slug,)) for name in names if name.language.startswith("en")]
    for question in questions:
        slugs = tuple(dict.fromkeys((question.topic.slug, *(concept.slug for concept in question.concepts))))
        found += [Example(stems(wording), slugs) for wording in _wordings(question)]
    for group in typed.get("inside", ()):
        found += [Example(stems(wording), tuple(group["concepts"])) for wording in group["wordings"]]
    for group in typed.get("outside", ()):
        found += [Example(stems(wording), reason=group["reason"]) for wording in group["wordings"]]
    return found


def typical_texts(examples: Iterable[Example]) -> Iterator[Telling]:
    """The examples, with how much each tells of its concepts."""
    for example in examples:
        weights = {slug: 1.0 if place == 0 else _BESIDE for place, slug in enumerate(example.concepts)}
        yield Telling(example.stems, weights, example.reason)


def loose_texts(
    session: Session, statements: Iterable[Statement], introductions: Mapping[str, str], rewriter: Rewriter
) -> Iterator[Telling]:
    """What tells of concepts in other words than a question: cues, statements and introductions."""

    def stems(text: str) -> tuple[str, ...]:
        return tuple(map(stem, rewriter.words(text)))

    for group in load_language_file(session, "intents").get("intents", ()):
        weights = dict.fromkeys(group["concepts"], _IN_CUE / max(1, len(group["concepts"]) - 1))
        for cue in group["cues"]:
            text = re.sub(r"[|_*]", " ", " ".join(term for term in cue.split() if not term.startswith("-")))
            yield Telling(stems(text), weights, loose=True)
    for statement in statements:
        yield Telling(stems(statement.text), {statement.concepts[0]: _IN_STATEMENT}, loose=True)
    for slug, text in introductions.items():
        yield Telling(stems(text), {slug: _IN_SUMMARY}, loose=True)


def _typed_words(typed: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    groups = (*typed.get("inside", ()), *typed.get("outside", ()))
    return (words(wording) for group in groups for wording in group["wordings"])


def introductions_of(session: Session, statements: Iterable[Statement]) -> dict[str, str]:
    """The patient's summary of each concept as one text."""
    texts = {statement.id: statement.text for statement in statements}
    query = select(SummaryLineRow).order_by(
        col(SummaryLineRow.concept_slug), col(SummaryLineRow.audience), col(SummaryLineRow.position)
    )
    lines: dict[str, list[str]] = defaultdict(list)
    for line in session.exec(query).all():
        if line.audience == Audience.PATIENT:
            lines[line.concept_slug].append(texts[line.statement_id])
    return {slug: " ".join(found) for slug, found in lines.items()}


def _cues(session: Session) -> list[str]:
    refusal = load_language_file(session, "refusal")
    groups = [group for refused in refusal.get("classes", ()) for group in refused.get("groups", ())]
    groups += load_language_file(session, "safety").get("rules", ())
    return [
        *intent_cues(session),
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
