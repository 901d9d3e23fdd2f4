"""The texts that search learns from: examples of what people type, and what else tells of concepts in other words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlmodel import Session

from api.knowledge.language import load_language_file
from api.knowledge.shared import Sentence
from api.knowledge.views import Question
from api.search.examples import Example
from api.search.labels import Name
from api.search.prototypes import Telling
from api.search.reader import Rewriter
from api.search.stems import stem

_BESIDE = 0.6
_IN_CUE = 0.3
_IN_STATEMENT = 0.3
_IN_SUMMARY = 0.3


def wordings_of(question: Question) -> tuple[str, ...]:
    """A question as its own text puts it, and in all other ways."""
    return (question.text, *question.variants)


def concepts_of(question: Question) -> tuple[str, ...]:
    """What a question is about, its topic first."""
    return tuple(dict.fromkeys((question.topic.slug, *(concept.slug for concept in question.concepts))))


def stems_of(text: str, rewriter: Rewriter) -> tuple[str, ...]:
    """The stems of a text, shorthand written out."""
    return tuple(map(stem, rewriter.words(text)))


def examples_of_names(names: Iterable[Name], rewriter: Rewriter) -> Iterator[Example]:
    """The English names."""
    return (Example(stems_of(name.text, rewriter), (name.slug,)) for name in names if name.language.startswith("en"))


def examples_typed(typed: dict[str, Any], rewriter: Rewriter) -> Iterator[Example]:
    """The examples of the language file."""
    for group in typed.get("inside", ()):
        yield from (Example(stems_of(wording, rewriter), tuple(group["concepts"])) for wording in group["wordings"])
    for group in typed.get("outside", ()):
        yield from (Example(stems_of(wording, rewriter), reason=group["reason"]) for wording in group["wordings"])


def typical_texts(examples: Iterable[Example]) -> Iterator[Telling]:
    """The examples, with how much each tells of its concepts."""
    for example in examples:
        weights = {slug: 1.0 if place == 0 else _BESIDE for place, slug in enumerate(example.concepts)}
        yield Telling(example.stems, weights, example.reason)


def told_of(sentence: Sentence, stems: Sequence[str]) -> Telling:
    """A statement as a text that tells of its own concept."""
    return Telling(stems, {sentence.concept_slug: _IN_STATEMENT}, loose=True)


def loose_texts(
    session: Session, statements: Iterable[Telling], introductions: Mapping[str, str], rewriter: Rewriter
) -> Iterator[Telling]:
    """What tells of concepts in other words than a question: cues, statements and introductions."""
    for group in load_language_file(session, "intents").get("intents", ()):
        weights = dict.fromkeys(group["concepts"], _IN_CUE / max(1, len(group["concepts"]) - 1))
        for cue in group["cues"]:
            text = re.sub(r"[|_*]", " ", " ".join(term for term in cue.split() if not term.startswith("-")))
            yield Telling(stems_of(text, rewriter), weights, loose=True)
    yield from statements
    for slug, text in introductions.items():
        yield Telling(stems_of(text, rewriter), {slug: _IN_SUMMARY}, loose=True)
