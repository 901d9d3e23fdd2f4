"""The tool `annotate_report`: the reading of POST /v1/annotate in few words."""

from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field

from api.annotation.findings import Finding, join_findings
from api.annotation.read import Annotation, read_report
from api.annotation.story import Explanation, load_story
from api.annotation.wording import load_wording
from api.evidence.matrix import Cell, Matrix, load_evidence
from api.knowledge.references import find_references
from api.mcp.kit import Arguments, Detail, Reach, Result, Tool
from api.mcp.risks import RangeResult, matrix_path
from api.mcp.shared import ConflictResult, conflict_results
from api.search.index import stored
from api.vocabulary import Audience, Region


class ReportArguments(Arguments):
    """The lines to read, and for whom to explain them."""

    text: Annotated[str, Field(min_length=1, max_length=20_000, description="Report lines as written.")]
    audience: Audience = Audience.PATIENT
    region: Region | None = None


class AnnotationResult(Result):
    """One concept named in the text."""

    concept: str
    text: str
    start: int
    end: int
    status: Annotated[str, Field(description="affirmed, negated, uncertain or historical")]
    laterality: str | None = None
    attributes: dict[str, Any] | None = None


class FindingRiskResult(Detail):
    """The place of the risk matrix a finding belongs to."""

    range: RangeResult | None = None
    usual_assessment: str | None = None
    conflict: list[ConflictResult]
    estimate_ids: list[str]
    reason: str | None = None
    url: str


class FindingResult(Detail):
    """Shape, spread, side and place that belong together."""

    morphology: str | None = None
    distribution: str | None = None
    laterality: str | None = None
    status: str
    attributes: dict[str, Any] | None = None
    risk: FindingRiskResult | None = None


class ExplanationResult(Detail):
    """A short account of one concept."""

    concept: str
    status: str
    text: str
    statement_ids: list[str]


class ReportResult(Result):
    """What a report names, settles and recommends."""

    annotations: list[AnnotationResult]
    assessments: list[str]
    recommendations: list[str]
    findings: list[FindingResult]
    explanation: Annotated[list[ExplanationResult], Field(description="Explain nothing else.")]
    questions_to_ask: list[str]
    unread_from: int | None = None
    notice: str


def answer(reach: Reach, asked: ReportArguments) -> ReportResult:
    """The concepts of a report with what it says of each."""
    wording = reach.store.part(load_wording)
    matrix = reach.store.part(load_evidence).matrix
    catalogue = reach.store.catalogue
    with reach.session() as session:
        read = read_report(asked.text, wording, stored(session))
        story = load_story(session, read.annotations)
        concepts = find_references(session, {item.concept for item in read.annotations})
    kinds = {slug: reference.kind for slug, reference in concepts.items()}
    explained = story.explain(read.annotations, asked.audience, asked.region)
    return ReportResult(
        annotations=[_annotation(item) for item in read.annotations],
        assessments=list(read.assessments),
        recommendations=list(read.recommendations),
        findings=[_finding(item, matrix, reach) for item in join_findings(read.annotations, kinds)],
        explanation=[_explanation(item) for item in explained],
        questions_to_ask=[question.text for question in story.questions_to_ask(read.annotations, asked.region)],
        unread_from=read.unread_from,
        notice=catalogue.release.notice,
    )


def _told(attributes: Any) -> dict[str, Any] | None:
    return {name: value for name, value in asdict(attributes).items() if value is not None} or None


def _annotation(item: Annotation) -> AnnotationResult:
    return AnnotationResult(
        concept=item.concept,
        text=item.span.text,
        start=item.span.start,
        end=item.span.end,
        status=item.status,
        laterality=item.laterality,
        attributes=_told(item.attributes),
    )


def _finding(item: Finding, matrix: Matrix, reach: Reach) -> FindingResult:
    cell = matrix.cell(item.morphology, item.distribution)
    return FindingResult(
        morphology=item.morphology,
        distribution=item.distribution,
        laterality=item.laterality,
        status=item.status,
        attributes=_told(item.attributes),
        risk=_risk(cell, reach) if cell else None,
    )


def _risk(cell: Cell, reach: Reach) -> FindingRiskResult:
    return FindingRiskResult(
        range=RangeResult(low=cell.range.low, high=cell.range.high) if cell.range else None,
        usual_assessment=cell.usual_assessment.slug if cell.usual_assessment else None,
        conflict=conflict_results(cell.conflicts),
        estimate_ids=[item.id for item in cell.estimates],
        reason=cell.reason.text if cell.reason else None,
        url=reach.url(matrix_path(cell)),
    )


def _explanation(item: Explanation) -> ExplanationResult:
    ids = [statement.id for statement in item.passage.statements]
    return ExplanationResult(concept=item.concept, status=item.status, text=item.passage.text, statement_ids=ids)


ANNOTATE_REPORT = Tool(
    name="annotate_report",
    description="Read lines of a mammogram report: each concept with status and side, category, next steps, plain explanation.",
    arguments=ReportArguments,
    result=ReportResult,
    answer=answer,
)
