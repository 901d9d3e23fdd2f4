"""The passages a release can offer: single statements with their companions, and whole answers to questions.

They are worked out when the release is built (`candidates`), and read by the concepts that head them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.knowledge.views import Statement
from api.search.index import Index
from api.vocabulary import Aspect, Audience, Region

PASSAGES = "headed"
_ASPECTS, _AUDIENCES = {item.value: item for item in Aspect}, {item.value: item for item in Audience}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that could be shown. `rank` is its place in the release: the statement's, or the question's.

    `tokens` is what it takes in the context. The statements themselves are read for the chosen ones only.
    """

    number: int
    id: str
    statement_ids: tuple[str, ...]
    concepts: tuple[str, ...]
    heads: tuple[str, ...]
    aspect: Aspect
    audience: Audience
    standing: float
    founding: bool
    in_summary: bool
    regions: frozenset[Region]
    tokens: int
    statement_rank: int | None = None
    question_rank: int | None = None

    @property
    def region(self) -> Region | None:
        """The one region it holds in, None when it is not bound or its statements differ."""
        return next(iter(self.regions)) if len(self.regions) == 1 else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A candidate as shown: with its statements, its concepts in order of bearing on the question, and its score."""

    candidate: Candidate
    concepts: tuple[str, ...]
    score: float
    statements: tuple[Statement, ...]

    @property
    def text(self) -> str:
        """The statements as one paragraph."""
        return " ".join(statement.text for statement in self.statements)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The candidates that some concepts head, by number, and which ones each concept heads."""

    candidates: Mapping[int, Candidate]
    headed_by: Mapping[str, Sequence[int]]


def load_shelf(index: Index, slugs: Iterable[str]) -> Shelf:
    """The candidates of these concepts."""
    wanted = list(slugs)
    index.want(f"{PASSAGES}/{slug}" for slug in wanted)
    headed = {slug: [_to_candidate(told) for told in index.told(f"{PASSAGES}/{slug}") or ()] for slug in wanted}
    candidates = {candidate.number: candidate for held in headed.values() for candidate in held}
    return Shelf(candidates, {slug: [candidate.number for candidate in held] for slug, held in headed.items()})


def _to_candidate(told: list[Any]) -> Candidate:
    number, name, statement_ids, concepts, heads, aspect, audience, standing, founding, in_summary, regions, *rest = told
    return Candidate(
        number,
        name,
        tuple(statement_ids),
        tuple(concepts),
        tuple(heads),
        _ASPECTS[aspect],
        _AUDIENCES[audience],
        standing,
        founding,
        in_summary,
        frozenset(map(Region, regions)),
        *rest,
    )
