"""The passages a release can offer: single statements with their companions, and whole answers to questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from api.knowledge.views import Statement
from api.search.library import Library
from api.store.tables import SummaryLineRow
from api.vocabulary import Aspect, Audience, Basis, Region, Standing

_STANDINGS = {
    Standing.GUIDELINE: 1.0,
    Standing.PRIMARY: 1.0,
    Standing.SOCIETY_OR_HOSPITAL: 0.8,
    Standing.TEXTBOOK_OR_TEACHING: 0.6,
    Standing.SECONDARY: 0.5,
    Standing.WEAK: 0.0,
    Standing.FOUNDING: 0.0,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that could be shown. `rank` is its place in the release: the statement's, or the question's."""

    id: str
    statements: tuple[Statement, ...]
    concepts: tuple[str, ...]
    heads: tuple[str, ...]
    aspect: Aspect
    audience: Audience
    standing: float
    founding: bool
    in_summary: bool
    statement_rank: int | None = None
    question_rank: int | None = None

    @property
    def text(self) -> str:
        """The statements as one paragraph."""
        return " ".join(statement.text for statement in self.statements)

    @property
    def regions(self) -> set[Region]:
        """The regions its statements are bound to."""
        return {statement.region for statement in self.statements if statement.region}

    @property
    def region(self) -> Region | None:
        """The one region it holds in, None when it is not bound or its statements differ."""
        return next(iter(self.regions)) if len(self.regions) == 1 else None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every candidate, and which ones each concept heads."""

    candidates: tuple[Candidate, ...]
    headed_by: dict[str, tuple[int, ...]]


def load_summary_ids(session: Session) -> frozenset[str]:
    """The statements that stand in a summary: the ones curators chose to tell first."""
    return frozenset(session.exec(select(SummaryLineRow.statement_id)).all())


def shelve(library: Library, summary_ids: frozenset[str]) -> Shelf:
    """Work out every passage of a release once."""
    candidates = [_of_statement(library, rank, summary_ids) for rank in range(len(library.statement_ids))]
    candidates += _of_questions(library)
    headed: dict[str, list[int]] = {}
    for number, candidate in enumerate(candidates):
        for slug in candidate.heads:
            headed.setdefault(slug, []).append(number)
    return Shelf(tuple(candidates), {slug: tuple(numbers) for slug, numbers in headed.items()})


def _of_statement(library: Library, rank: int, summary_ids: frozenset[str]) -> Candidate:
    statement = library.statements[library.statement_ids[rank]]
    together = _with_companions(library, (statement,))
    return Candidate(
        id=statement.id,
        statements=together,
        concepts=statement.concepts,
        heads=statement.concepts[:1],
        aspect=statement.aspect,
        audience=statement.audience,
        standing=_standing(statement),
        founding=statement.basis is Basis.FOUNDING_DOCUMENT,
        in_summary=statement.id in summary_ids,
        statement_rank=rank,
    )


def _of_questions(library: Library) -> Iterable[Candidate]:
    for rank, question in enumerate(library.questions):
        heads = tuple(dict.fromkeys((question.topic.slug, *(concept.slug for concept in question.concepts))))
        for answer in question.answers:
            together = _with_companions(library, answer.statements)
            about = [slug for statement in together for slug in statement.concepts]
            yield Candidate(
                id=f"{question.slug}~{answer.audience}",
                statements=together,
                concepts=tuple(dict.fromkeys((*heads, *about))),
                heads=heads,
                aspect=together[0].aspect,
                audience=answer.audience,
                standing=min(map(_standing, together)),
                founding=False,
                in_summary=False,
                question_rank=rank,
            )


def _with_companions(library: Library, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    together = {statement.id: statement for statement in statements}
    waiting = list(statements)
    while waiting:
        for companion in waiting.pop(0).show_with:
            if companion not in together:
                together[companion] = library.statements[companion]
                waiting.append(library.statements[companion])
    return tuple(together.values())


def _standing(statement: Statement) -> float:
    return max((_STANDINGS[Standing(citation.source.standing)] for citation in statement.citations), default=0.0)
