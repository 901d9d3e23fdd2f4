"""Makes the index that search and grounding read, from the content of a release that is being built."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.knowledge.prepared import fetch
from api.knowledge.questions import each_question
from api.knowledge.references import all_references
from api.knowledge.shared import Sentence, each_sentence
from api.knowledge.views import ConceptReference, Question
from api.search.cues import cue_words
from api.search.documents import Documents
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
    Words,
    audience_mask,
    intent_cues,
    load_words,
)
from api.search.near import near_entries
from api.search.prototypes import Telling
from api.search.reader import Rewriter, reading_entries
from api.search.resolving import load_term_words, term_entries
from api.search.stems import stem
from api.search.suggest import suggestion_entries
from api.search.taught import concepts_of, examples_of_names, examples_typed, loose_texts, told_of, typical_texts, wordings_of
from api.search.terms import normal, words
from api.search.typical import prototype_entries
from api.store.tables import StatementRow, SummaryLineRow
from api.vocabulary import Audience, LabelKind

_KNOWN = 3
_CUED = 20
_NAMED = 30
_INTRODUCTIONS = (
    select(col(SummaryLineRow.concept_slug), col(StatementRow.text))
    .join_from(SummaryLineRow, StatementRow, col(StatementRow.id) == col(SummaryLineRow.statement_id))
    .where(col(SummaryLineRow.audience) == Audience.PATIENT)
    .order_by(col(SummaryLineRow.concept_slug), col(SummaryLineRow.position))
)


def search_entries(session: Session, catalogue: Catalogue) -> Iterator[Entry]:
    """Every entry of words, names, texts, examples and what they have in common."""
    typed = load_language_file(session, "wordings")
    reading = load_words(session)
    names = load_names(session)
    concepts = all_references(session)
    introductions = introductions_of(session)
    counted = _vocabulary(session, names, typed)
    statements, asked = _Statements(reading), _Questions(reading)
    for sentence in each_sentence(session):
        yield statements.entry(sentence, counted)
    for question in each_question(session):
        yield asked.entry(question, counted)
    yield from _reading(session, counted, names)
    yield from name_entries(MEANT, names, reading.rewriter.words)
    yield from near_entries(names)
    yield from statements.texts.entries(STATEMENT_TEXT, TOLD_TAGS, (statements.masks,))
    yield from asked.texts.entries(QUESTION_TEXT, ASKED_TAGS, (asked.ranks, asked.texts.wholes(), asked.masks))
    examples = partial(_examples, names, asked, typed, reading.rewriter)
    yield from example_entries(examples(), reading.stop_stems)
    loose = loose_texts(session, statements.tellings(session), introductions, reading.rewriter)
    yield from prototype_entries(chain(typical_texts(examples()), loose), reading.stop_stems)
    yield from suggestion_entries(names, ((text, slug) for slug, text, _ in asked.held))
    yield from _concepts(concepts, introductions)
    kinds = {slug: concept.kind for slug, concept in concepts.items()}
    yield from term_entries(names, kinds, load_term_words(session, catalogue))


class _Statements:
    """The statements as they are read: their stems on a tape, who is told."""

    def __init__(self, reading: Words) -> None:
        self._rewriter = reading.rewriter
        self.texts = Documents(reading.stop_stems)
        self.masks = array("B")

    def entry(self, sentence: Sentence, counted: Counter[str]) -> Entry:
        """Read a statement, count its words and give its entry."""
        found = words(sentence.text)
        counted.update(found)
        self.texts.add(map(stem, self._rewriter.folded(found)))
        self.masks.append(audience_mask((Audience(sentence.audience),)))
        return f"{STATEMENT}/{len(self.masks) - 1}", as_json([sentence.id, sentence.concept_slug])

    def tellings(self, session: Session) -> Iterator[Telling]:
        """Each statement as a text that tells of its own concept."""
        return map(told_of, each_sentence(session), self.texts.texts())


class _Questions:
    """The questions as they are read: the stems of every wording on a tape, with the question's rank and who is answered."""

    def __init__(self, reading: Words) -> None:
        self._rewriter = reading.rewriter
        self.texts = Documents(reading.stop_stems)
        self.ranks, self.masks = array("I"), array("B")
        self.held: list[tuple[str, str, tuple[str, ...]]] = []

    def entry(self, question: Question, counted: Counter[str]) -> Entry:
        """Read a question, count its words and give its entry."""
        rank, mask = len(self.held), audience_mask(answer.audience for answer in question.answers)
        for wording in wordings_of(question):
            found = words(wording)
            counted.update(found)
            self.texts.add(map(stem, self._rewriter.folded(found)))
            self.ranks.append(rank)
            self.masks.append(mask)
        self.held.append((question.slug, question.text, concepts_of(question)))
        about = [concept.slug for concept in question.concepts]
        return f"{QUESTION}/{rank}", as_json([question.slug, question.text, question.topic.slug, about, question.answers[0].text])

    def examples(self) -> Iterator[Example]:
        """Every wording with what its question is about."""
        for rank, stems in zip(self.ranks, self.texts.texts(), strict=True):
            yield Example(stems, self.held[rank][-1])


def _concepts(concepts: Mapping[str, ConceptReference], introductions: dict[str, str]) -> Iterator[Entry]:
    for position, (slug, concept) in enumerate(concepts.items()):
        introduction = introductions.get(slug, concept.plain_name)
        yield f"{CONCEPT}/{slug}", as_json([position, concept.kind, concept.name, introduction])


def _reading(session: Session, vocabulary: Counter[str], names: Iterable[Name]) -> Iterator[Entry]:
    abbreviations = [normal(name.text) for name in names if name.kind is LabelKind.ABBREVIATION and name.text.isalpha()]
    signs = cue_words(cue for rule in load_language_file(session, "safety").get("rules", ()) for cue in rule["cues"])
    return reading_entries(vocabulary, [*abbreviations, *signs])


def _examples(names: Iterable[Name], asked: _Questions, typed: dict[str, Any], rewriter: Rewriter) -> Iterator[Example]:
    """English names, the wordings of questions and the examples of the language file, each with what it is about."""
    yield from examples_of_names(names, rewriter)
    yield from asked.examples()
    yield from examples_typed(typed, rewriter)


def _typed_words(typed: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    groups = (*typed.get("inside", ()), *typed.get("outside", ()))
    return (words(wording) for group in groups for wording in group["wordings"])


def introductions_of(session: Session) -> dict[str, str]:
    """The patient's summary of each concept as one text."""
    lines: dict[str, list[str]] = defaultdict(list)
    for slug, text in fetch(session, _INTRODUCTIONS):
        lines[slug].append(text)
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


def _vocabulary(session: Session, names: Iterable[Name], typed: dict[str, Any]) -> Counter[str]:
    """How often each comparable word is written, but for statements and questions, which are counted as they are read."""
    language = load_language_file(session, "search")
    counted = Counter(word for found in _typed_words(typed) for word in found)
    for name in names:
        if name.language.startswith("en"):
            counted.update(dict.fromkeys(words(name.text), _NAMED))
    for group, weight in ((language.get("known_words", ()), _KNOWN), (language.get("stop_words", ()), _CUED)):
        counted.update({word: weight for phrase in group for word in words(phrase)})
    for rewrite in language.get("rewrites", ()):
        for form in (rewrite["meant"], *rewrite["written"]):
            counted.update(dict.fromkeys(words(form), _KNOWN))
    counted.update({word: _CUED for cue in cue_words(_cues(session)) for word in words(cue)})
    return counted
