"""Annotate: the lines of a mammogram report turned into concepts with status, side, findings and a plain explanation."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.annotation.attributes import Attributes
from api.annotation.findings import join_findings
from api.annotation.read import Annotation, Span, read_report
from api.annotation.story import Explanation, load_story
from api.annotation.wording import load_wording
from api.evidence.matrix import load_evidence
from api.knowledge.references import find_references
from api.knowledge.views import ConceptReference
from api.rest.v1.annotations_out import (
    AnnotatedReportOut,
    AnnotationOut,
    AttributesOut,
    ExplanationOut,
    QuestionToAskWithConceptOut,
    SpanOut,
)
from api.rest.v1.cards import ConceptReferenceOut, concept_url, to_reference_out
from api.rest.v1.findings import findings_out
from api.rest.v1.statements import statement_url
from api.search.index import stored
from api.vocabulary import Audience, Laterality, MentionStatus, Region
from api.web.deps import SessionDep, StoreDep
from api.web.envelope import Envelope, answer
from api.web.parameters import NoParameters
from api.web.problems import documented

router = APIRouter(tags=["annotate"])
_LONGEST = 20_000
_NOTHING = Attributes()
_NOTHING_OUT = AttributesOut.model_validate(_NOTHING, from_attributes=True)
_EXAMPLE = "R br UOQ grp amorph ca++, 4B, rec stereo bx"


class ReportIn(BaseModel):
    """The lines to read, and for whom to explain them."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[
        str,
        Field(min_length=1, max_length=_LONGEST, description="Lines of a mammogram report as written.", examples=[_EXAMPLE]),
    ]
    audience: Annotated[Audience, Field(description="For whom `explanation` is worded.")] = Audience.PATIENT
    region: Annotated[Region | None, Field(description="Leave out of `explanation` what holds only in other countries.")] = None


@router.post(
    "/annotate",
    name="annotate_report",
    summary="Read the lines of a report",
    response_model=Envelope[AnnotatedReportOut],
    responses=documented(),
    openapi_extra={"x-example": {"url": "/v1/annotate", "body": {"text": _EXAMPLE}}},
)
def annotate(report: ReportIn, store: StoreDep, session: SessionDep, _asked: Annotated[NoParameters, Query()]) -> Response:
    """Every concept a report names, each with what the report says of it: affirmed, negated, uncertain or historical.

    Reads US and UK reports, dictation without punctuation, shorthand, templates with headings, letters, and typing errors.
    Knows final categories, next steps, sides, sizes and places, and what is not about breast calcifications. Explains only
    what is affirmed or uncertain, never what the report denies. It reads words, never images, and does not diagnose. The
    text is not stored and not logged.
    """
    read = read_report(report.text, store.part(load_wording), stored(session))
    story = load_story(session, read.annotations)
    explained = story.explain(read.annotations, report.audience, report.region)
    named = {item.concept for item in read.annotations} | {item.concept for item in explained}
    concepts = find_references(session, named)
    references = {slug: to_reference_out(concept) for slug, concept in concepts.items()}
    kinds = {slug: concept.kind for slug, concept in concepts.items()}
    data = AnnotatedReportOut(
        annotations=[_annotation(item, references[item.concept]) for item in read.annotations],
        assessments=list(read.assessments),
        recommendations=list(read.recommendations),
        findings=findings_out(join_findings(read.annotations, kinds), store.part(load_evidence).matrix),
        explanation=[_explanation(item, concepts[item.concept]) for item in explained],
        questions_to_ask=[
            QuestionToAskWithConceptOut(text=question.text, because=question.because, url=statement_url(question.because))
            for question in story.questions_to_ask(read.annotations, report.region)
        ],
        unread_from=read.unread_from,
    )
    return answer(data, store.catalogue.release, {"self": "/v1/annotate"})


def _annotation(item: Annotation, reference: ConceptReferenceOut) -> AnnotationOut:
    return AnnotationOut(
        concept=reference,
        text=item.span.text,
        start=item.span.start,
        end=item.span.end,
        status=MentionStatus(item.status),
        cue=_span(item.cue) if item.cue else None,
        laterality=Laterality(item.laterality) if item.laterality else None,
        attributes=_attributes(item.attributes),
    )


def _attributes(told: Attributes) -> AttributesOut:
    return AttributesOut.model_validate(told, from_attributes=True) if told != _NOTHING else _NOTHING_OUT


def _span(span: Span) -> SpanOut:
    return SpanOut(text=span.text, start=span.start, end=span.end)


def _explanation(item: Explanation, reference: ConceptReference) -> ExplanationOut:
    return ExplanationOut(
        concept=item.concept,
        url=concept_url(reference),
        status=MentionStatus(item.status),
        audience=item.passage.audience,
        text=item.passage.text,
        statement_ids=[statement.id for statement in item.passage.statements],
    )
