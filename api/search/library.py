"""What search and grounding know of a release: how to read typed text, and what the index holds, as one request reads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from api.knowledge.language import load_language_file
from api.search.bm25 import TextIndex
from api.search.cues import cue_words
from api.search.examples import Examples
from api.search.index import Index
from api.search.labels import LabelIndex
from api.search.near import NearNames
from api.search.prototypes import Prototypes
from api.search.reader import Reader, Rewriter
from api.search.stems import stem
from api.search.terms import words
from api.vocabulary import Audience, ConceptKind

MEANT = "meant"
STATEMENT_TEXT, TOLD_TAGS, STATEMENT = "told", "B", "statement"
QUESTION_TEXT, ASKED_TAGS, QUESTION = "asked", "IdB", "question"
CONCEPT = "concept"
_AUDIENCES = tuple(Audience)


@dataclass(frozen=True)
class Words:
    """How a release reads words: its language files, which do not grow with the content."""

    rewriter: Rewriter
    stop_stems: frozenset[str]
    ordinary_stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class KnownConcept:
    """A concept as search shows it; `position` is its place in the release."""

    position: int
    kind: ConceptKind
    name: str
    introduction: str


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question as search shows it, with the text of its first answer."""

    slug: str
    text: str
    topic: str
    concepts: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class KnownStatement:
    """A statement by its id and its own concept."""

    id: str
    concept: str


class Library:
    """The release as search needs it for one text."""

    def __init__(self, known: Words, index: Index) -> None:
        self.index = index
        self.stop_stems, self.ordinary_stems = known.stop_stems, known.ordinary_stems
        self.reader = Reader(known.rewriter, index)
        self.names = LabelIndex(index, MEANT)
        self.near_names = NearNames(index)
        self.statement_texts = TextIndex(index, STATEMENT_TEXT, TOLD_TAGS)
        self.wording_texts = TextIndex(index, QUESTION_TEXT, ASKED_TAGS)
        self.examples = Examples(index, known.stop_stems)
        self.prototypes = Prototypes(index, known.stop_stems)

    def telling(self, stems: Iterable[str]) -> dict[str, float]:
        """The stems worth searching for, each with how often it counts."""
        return {word: 1.0 for word in stems if word not in self.stop_stems}

    def foresee(self, norms: Sequence[str], texts: Sequence[Sequence[str]]) -> None:
        """Read what weighing a text needs: its comparable words, and the stems of it and of its sentences."""
        terms = [term for stems in texts for term in self.telling(stems)]
        keys = [*self.names.wanted(norms), *self.statement_texts.keys(terms), *self.wording_texts.keys(terms)]
        self.index.want([*keys, *self.examples.keys(texts), *self.prototypes.keys(texts)])

    def knows(self, stemmed: str) -> bool:
        """Whether a stem occurs in any statement or question."""
        return self.statement_texts.knows(stemmed) or self.wording_texts.knows(stemmed)

    def concepts(self, slugs: Iterable[str]) -> dict[str, KnownConcept]:
        """These concepts."""
        wanted = list(dict.fromkeys(slugs))
        self.index.want(f"{CONCEPT}/{slug}" for slug in wanted)
        told = {slug: self.index.told(f"{CONCEPT}/{slug}") for slug in wanted}
        return {slug: KnownConcept(place, ConceptKind(kind), *texts) for slug, (place, kind, *texts) in told.items()}

    def questions(self, ranks: Iterable[int]) -> dict[int, KnownQuestion]:
        """The questions of these ranks."""
        wanted = list(ranks)
        self.index.want(f"{QUESTION}/{rank}" for rank in wanted)
        told = {rank: self.index.told(f"{QUESTION}/{rank}") for rank in wanted}
        return {
            rank: KnownQuestion(slug, text, topic, tuple(concepts), answer)
            for rank, (slug, text, topic, concepts, answer) in told.items()
        }

    def statements(self, ranks: Iterable[int]) -> dict[int, KnownStatement]:
        """The statements of these ranks."""
        wanted = list(ranks)
        self.index.want(f"{STATEMENT}/{rank}" for rank in wanted)
        return {rank: KnownStatement(*self.index.told(f"{STATEMENT}/{rank}")) for rank in wanted}


def load_words(session: Session) -> Words:
    """Read the language files."""
    language = load_language_file(session, "search")
    rewriter = Rewriter({rewrite["meant"]: rewrite["written"] for rewrite in language.get("rewrites", ())})
    phrases = [*language.get("known_words", ()), *cue_words(intent_cues(session))]
    return Words(
        rewriter,
        frozenset(stem(word) for phrase in language.get("stop_words", ()) for word in words(phrase)),
        frozenset(stem(word) for phrase in phrases for word in rewriter.words(phrase)),
    )


def intent_cues(session: Session) -> list[str]:
    """Every cue that tells what a text is about, as written."""
    intents = load_language_file(session, "intents")
    groups = [*intents.get("intents", ()), *intents.get("aspects", ()), *intents.get("regions", ())]
    return [cue for group in groups for cue in group["cues"]]


def audience_mask(audiences: Iterable[Audience]) -> int:
    """Readers as bits of a number."""
    return sum(1 << _AUDIENCES.index(audience) for audience in set(audiences))
