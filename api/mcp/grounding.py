"""The tool `ground`: the selection of POST /v1/ground in few words."""

from typing import Annotated

from pydantic import Field

from api.grounding.context import passage_url
from api.grounding.ground import ground, load_grounding
from api.grounding.passages import Passage
from api.grounding.safety import SafetyNote
from api.grounding.select import Wish
from api.mcp.kit import Arguments, Detail, Reach, Result, Tool
from api.mcp.shared import (
    CitationResult,
    ConflictResult,
    WorkResult,
    citations_of,
    conflicts_of,
    works_of,
)
from api.vocabulary import Audience, Region


class GroundArguments(Arguments):
    """A question and for whom the answer is."""

    question: Annotated[str, Field(min_length=1, max_length=2000, description="As the person wrote it.")]
    audience: Audience = Audience.PATIENT
    region: Region | None = None
    max_passages: Annotated[int, Field(ge=1, le=20)] = 5
    max_tokens: Annotated[int | None, Field(ge=1, le=20_000, description="Budget for the passages.")] = None


class PassageResult(Result):
    """One citable passage."""

    id: str
    text: str
    concepts: list[str]
    statement_ids: list[str]
    region: str | None = None
    citations: list[CitationResult]
    conflict: list[ConflictResult] | None = None
    url: str


class SafetyResult(Detail):
    """Something that must be said."""

    code: str
    text: str
    statement_ids: list[str]
    citations: list[CitationResult] | None = None


class GroundResult(Result):
    """Passages, or a refusal."""

    answerable: bool
    confidence: float
    reason: str | None = None
    next_step: Annotated[str | None, Field(description="If refused: say this instead.")] = None
    passages: list[PassageResult]
    safety: Annotated[list[SafetyResult], Field(description="Always say these.")]
    sources: list[WorkResult]
    notice: str


def answer(reach: Reach, asked: GroundArguments) -> GroundResult:
    """Passages that answer a question, or why there are none."""
    wish = Wish(asked.audience, asked.region, asked.max_passages, asked.max_tokens)
    kept = reach.store.part(load_grounding)
    with reach.session() as session:
        outcome = ground(kept, session, asked.question, wish)
    told = [statement for item in outcome.passages for statement in item.statements]
    told += [statement for note in outcome.safety for statement in note.statements]
    return GroundResult(
        answerable=outcome.refusal is None,
        confidence=outcome.confidence,
        reason=outcome.refusal.reason if outcome.refusal else None,
        next_step=outcome.refusal.next_step if outcome.refusal else None,
        passages=[_passage(reach, item) for item in outcome.passages],
        safety=[_safety(note) for note in outcome.safety],
        sources=works_of(citation for statement in told for citation in statement.citations),
        notice=reach.store.catalogue.release.notice,
    )


def _passage(reach: Reach, item: Passage) -> PassageResult:
    candidate = item.candidate
    return PassageResult(
        id=candidate.id,
        text=item.text,
        concepts=list(item.concepts),
        statement_ids=[statement.id for statement in item.statements],
        region=candidate.region,
        citations=citations_of(item.statements),
        conflict=conflicts_of(item.statements) or None,
        url=reach.url(passage_url(candidate)),
    )


def _safety(note: SafetyNote) -> SafetyResult:
    ids = [statement.id for statement in note.statements]
    return SafetyResult(code=note.code, text=note.text, statement_ids=ids, citations=citations_of(note.statements) or None)


GROUND = Tool(
    name="ground",
    description=(
        "Few citable passages that answer a question about breast calcifications, or a refusal with a next step. "
        "Use before answering; answer only from the passages and cite their statement ids."
    ),
    arguments=GroundArguments,
    result=GroundResult,
    answer=answer,
)
