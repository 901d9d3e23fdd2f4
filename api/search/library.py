"""What search and grounding keep of a release in memory: statements, questions, names, and how to read typed text."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.knowledge.lens import Lens
from api.knowledge.listing import Window
from api.knowledge.questions import list_questions
from api.knowledge.statements import load_statements
from api.knowledge.views import Question, Statement
from api.search.bm25 import TextIndex
from api.search.cues import cue_words
from api.search.labels import LabelIndex, Name, load_names
from api.search.reader import Reader, Rewriter
from api.search.stems import stem
from api.search.terms import normal, words
from api.store.tables import StatementRow
from api.vocabulary import LabelKind

_ALL = Window(1_000_000)
_KNOWN = 3
_CUED = 20
_NAMED = 30


@dataclass(frozen=True)
class Library:
    """The release as search needs it."""

    catalogue: Catalogue
    reader: Reader
    names: LabelIndex
    all_names: tuple[Name, ...]
    stop_stems: frozenset[str]
    statements: dict[str, Statement]
    statement_ids: tuple[str, ...]
    statement_texts: TextIndex
    questions: tuple[Question, ...]
    wordings: tuple[tuple[int, str], ...]
    wording_texts: TextIndex
    wording_weights: tuple[float, ...]

    def telling(self, stems: Iterable[str]) -> dict[str, float]:
        """The stems worth searching for, each with how often it counts."""
        return {word: 1.0 for word in stems if word not in self.stop_stems}


def load_library(session: Session, catalogue: Catalogue) -> Library:
    """Read the release into memory."""
    language = load_language_file(session, "search")
    rewriter = Rewriter({rewrite["meant"]: rewrite["written"] for rewrite in language.get("rewrites", ())})
    statements = load_statements(session, select(StatementRow.id))
    questions = list_questions(session, catalogue, None, (), _ALL, Lens()).items
    names = load_names(session, catalogue)
    vocabulary = _vocabulary(statements, questions, names, language, _cues(session))
    abbreviations = [normal(name.text) for name in names if name.kind is LabelKind.ABBREVIATION and name.text.isalpha()]
    wordings = tuple(
        (number, wording) for number, question in enumerate(questions) for wording in (question.text, *question.variants)
    )
    stop_stems = frozenset(stem(word) for phrase in language.get("stop_words", ()) for word in words(phrase))

    def stems(text: str) -> list[str]:
        return [folded for word in rewriter.words(text) if (folded := stem(word)) not in stop_stems]

    wording_stems = [stems(wording) for _, wording in wordings]
    wording_texts = TextIndex(wording_stems)
    return Library(
        catalogue=catalogue,
        reader=Reader(rewriter, vocabulary, abbreviations),
        names=LabelIndex(names, rewriter.words),
        all_names=tuple(names),
        stop_stems=stop_stems,
        statements={statement.id: statement for statement in statements},
        statement_ids=tuple(statement.id for statement in statements),
        statement_texts=TextIndex([stems(statement.text) for statement in statements]),
        questions=questions,
        wordings=wordings,
        wording_texts=wording_texts,
        wording_weights=tuple(sum(map(wording_texts.rarity, sorted(set(found)))) for found in wording_stems),
    )


def _cues(session: Session) -> list[str]:
    intents, refusal = load_language_file(session, "intents"), load_language_file(session, "refusal")
    groups = [*intents.get("intents", ()), *intents.get("aspects", ()), *intents.get("regions", ())]
    groups += [group for refused in refusal.get("classes", ()) for group in refused.get("groups", ())]
    return [cue for group in groups for cue in group["cues"]] + list(refusal.get("field", ()))


def _vocabulary(
    statements: Iterable[Statement],
    questions: Iterable[Question],
    names: Iterable[Name],
    language: dict[str, Any],
    cues: Iterable[str],
) -> Counter[str]:
    counted: Counter[str] = Counter()
    for statement in statements:
        counted.update(words(statement.text))
    for question in questions:
        for wording in (question.text, *question.variants):
            counted.update(words(wording))
    for name in names:
        if name.language.startswith("en"):
            counted.update({word: _NAMED for word in words(name.text)})
    for group, weight in ((language.get("known_words", ()), _KNOWN), (language.get("stop_words", ()), _CUED)):
        counted.update({word: weight for phrase in group for word in words(phrase)})
    for rewrite in language.get("rewrites", ()):
        counted.update({word: _KNOWN for word in words(rewrite["meant"])})
    counted.update({word: _CUED for cue in cue_words(cues) for word in words(cue)})
    return counted
