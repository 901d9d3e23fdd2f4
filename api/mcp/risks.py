"""The tool `risk_lookup`: one place of the risk matrix with its published figures, or why there is none."""

from typing import Annotated

from pydantic import Field

from api.errors import BadQuery
from api.evidence.estimates import RiskEstimate
from api.evidence.matrix import Cell, load_evidence
from api.knowledge.references import filter_concept
from api.mcp.kit import Arguments, Detail, Reach, Result, Tool
from api.mcp.shared import ConflictResult, WorkResult, conflict_results, works_of
from api.vocabulary import ConceptKind

SlugArgument = Annotated[str, Field(min_length=1, max_length=80)]


class RiskArguments(Arguments):
    """A shape, a distribution, or both."""

    morphology: Annotated[SlugArgument | None, Field(description="Shape slug, e.g. amorphous.")] = None
    distribution: Annotated[SlugArgument | None, Field(description="Distribution slug, e.g. grouped.")] = None


class EstimateResult(Detail):
    """One published figure."""

    plain: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    events: int | None = None
    n: int | None = None
    endpoint: str
    caution: list[str] | None = None
    statement_id: str | None = None
    sources: list[str]


class RangeResult(Detail):
    """Lowest and highest comparable figure."""

    low: float
    high: float


class RiskResult(Result):
    """One place of the matrix."""

    estimates: list[EstimateResult]
    range: RangeResult | None = None
    usual_assessment: str | None = None
    conflict: list[ConflictResult]
    reason: Annotated[str | None, Field(description="Why there is no figure.")] = None
    sources: list[WorkResult]
    notice: str


def matrix_path(cell: Cell) -> str:
    """The path under which the matrix shows just this place."""
    named = (("distribution", cell.distribution), ("morphology", cell.morphology))
    return "/v1/risk-matrix?" + "&".join(f"{name}={slug}" for name, slug in named if slug)


def answer(reach: Reach, asked: RiskArguments) -> RiskResult:
    """The figures for just this place. Raises BadQuery for unknown slugs and for shapes outside the lexicon."""
    evidence = reach.store.part(load_evidence)
    named = (
        ("morphology", asked.morphology, ConceptKind.SUBTYPE),
        ("distribution", asked.distribution, ConceptKind.DISTRIBUTION),
    )
    with reach.session() as session:
        for name, slug, kind in named:
            if slug:
                filter_concept(session, name, slug, kind)
    cell = evidence.matrix.cell(asked.morphology, asked.distribution)
    if cell is None:
        raise BadQuery("morphology", "This place is not in the matrix.", near=evidence.matrix.morphologies)
    return _result(cell, evidence.wording.notice)


def _result(cell: Cell, notice: str) -> RiskResult:
    return RiskResult(
        estimates=[_estimate(item) for item in cell.estimates],
        range=RangeResult(low=cell.range.low, high=cell.range.high) if cell.range else None,
        usual_assessment=cell.usual_assessment.slug if cell.usual_assessment else None,
        conflict=conflict_results(cell.conflicts),
        reason=cell.reason.text if cell.reason else None,
        sources=works_of(citation for item in cell.estimates for citation in item.citations),
        notice=notice,
    )


def _estimate(item: RiskEstimate) -> EstimateResult:
    interval = item.interval
    return EstimateResult(
        plain=item.plain,
        value=item.figure.value,
        low=interval.low if interval else item.figure.low,
        high=interval.high if interval else item.figure.high,
        events=item.figure.events,
        n=item.figure.n,
        endpoint=item.endpoint,
        caution=[population.note for population in item.populations] or None,
        statement_id=item.statement_id,
        sources=list(dict.fromkeys(citation.source.id for citation in item.citations)),
    )


RISK_LOOKUP = Tool(
    name="risk_lookup",
    description="Published cancer risk figures for a shape, a distribution or the pair, never pooled; never one person's risk.",
    arguments=RiskArguments,
    result=RiskResult,
    answer=answer,
)
