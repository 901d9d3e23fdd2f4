"""Subtypes: the shapes of the particles, in the lexicon's words and in the founding document's."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from api.knowledge.concepts import ConceptFilter
from api.knowledge.references import filter_concept
from api.knowledge.views import Attributes, Brief, Concept
from api.rest.v1.cards import BriefOut, CardOut, LinkOut, brief_members, card_members, links
from api.rest.v1.figures import (
    RiskEstimateOut,
    SizeOut,
    UsualAssessmentOut,
    risk_estimates,
    to_size_out,
    to_usual_assessment_out,
)
from api.rest.v1.nouns import CardParameters, ConceptListParameters, briefs_answer, card_answer
from api.vocabulary import ConceptKind, RelationKind, Scheme, Suspicion
from api.web.deps import CatalogueDep, SessionDep
from api.web.envelope import Envelope
from api.web.parameters import SlugText
from api.web.problems import documented

router = APIRouter(tags=["subtypes"])

SchemeField = Annotated[Scheme, Field(description="`lexicon`: the accepted names; `founding`: the founding document's four.")]
TypeField = Annotated[
    str | None, Field(description="Slug of the size class; null when both occur.", examples=["microcalcification"])
]
SuspicionField = Annotated[
    Suspicion | None,
    Field(description="How the lexicon groups the shape; null for founding names that mix both groups."),
]


class SubtypeBriefOut(BriefOut):
    """A subtype as lists show it."""

    scheme: SchemeField
    type: TypeField
    suspicion: SuspicionField


class SubtypeOut(CardOut):
    """Everything about one shape."""

    scheme: SchemeField
    type: TypeField
    suspicion: SuspicionField
    size_mm: Annotated[SizeOut | None, Field(description="Size of single particles; null when no source gives it.")]
    usual_assessment: Annotated[UsualAssessmentOut | None, Field(description="The category it usually gets.")]
    risk_estimates: Annotated[list[RiskEstimateOut], Field(description="Published shares that proved malignant, study by study.")]
    conditions: Annotated[list[LinkOut], Field(description="What can look like this.")]
    distributions: Annotated[list[LinkOut], Field(description="How it is usually spread.")]
    guidance: Annotated[list[LinkOut], Field(description="What usually follows.")]
    broader: Annotated[list[LinkOut], Field(description="Founding names that take this shape in.")]
    narrower: Annotated[list[LinkOut], Field(description="Lexicon shapes that this founding name takes in.")]
    commonly_confused_with: Annotated[list[LinkOut], Field(description="What it is mistaken for.")]


class SubtypeListParameters(ConceptListParameters):
    """What a list of subtypes may be narrowed to."""

    type: Annotated[SlugText | None, Field(description="Of this size class.", examples=["microcalcification"])] = None
    scheme: Annotated[Scheme | None, Field(description="Of this naming scheme.", examples=["lexicon"])] = None
    suspicion: Annotated[Suspicion | None, Field(description="Of this group.", examples=["suspicious"])] = None
    condition: Annotated[SlugText | None, Field(description="Linked to this condition.", examples=["dcis"])] = None
    distribution: Annotated[SlugText | None, Field(description="Linked to this distribution.", examples=["grouped"])] = None


def _shape(attributes: Attributes) -> dict[str, Any]:
    return {"scheme": attributes.scheme, "type": attributes.type_slug, "suspicion": attributes.suspicion}


def to_brief_out(brief: Brief) -> SubtypeBriefOut:
    """A subtype as lists show it."""
    return SubtypeBriefOut(**brief_members(brief), **_shape(brief.attributes))


def to_out(concept: Concept, include: list[str]) -> SubtypeOut:
    """A subtype's card as v1 shows it."""
    return SubtypeOut(
        **card_members(concept, include),
        **_shape(concept.attributes),
        size_mm=to_size_out(concept.attributes),
        usual_assessment=to_usual_assessment_out(concept.attributes),
        risk_estimates=risk_estimates(concept),
        conditions=links(concept, RelationKind.APPEARS_AS, outgoing=False),
        distributions=links(concept, RelationKind.DISTRIBUTED_AS, to=ConceptKind.DISTRIBUTION),
        guidance=links(concept, RelationKind.FOLLOWED_BY, outgoing=True),
        broader=links(concept, RelationKind.MAPS_TO, outgoing=False),
        narrower=links(concept, RelationKind.MAPS_TO, outgoing=True),
        commonly_confused_with=links(concept, RelationKind.CONFUSED_WITH),
    )


@router.get(
    "/subtypes",
    name="list_subtypes",
    summary="List subtypes (shapes)",
    response_model=Envelope[list[SubtypeBriefOut]],
    responses=documented(),
    openapi_extra={"x-example": "/v1/subtypes?suspicion=suspicious&audience=patient"},
)
def list_all(session: SessionDep, catalogue: CatalogueDep, asked: Annotated[SubtypeListParameters, Query()]) -> Response:
    """The shapes calcifications take: fourteen of the accepted lexicon, and four names of the founding document."""
    if asked.type:
        filter_concept(session, "type", asked.type, ConceptKind.TYPE)
    if asked.condition:
        filter_concept(session, "condition", asked.condition, ConceptKind.CONDITION)
    if asked.distribution:
        filter_concept(session, "distribution", asked.distribution, ConceptKind.DISTRIBUTION)
    values = (("type_slug", asked.type), ("scheme", asked.scheme), ("suspicion", asked.suspicion))
    wanted = ConceptFilter(
        ConceptKind.SUBTYPE,
        tuple((column, value) for column, value in values if value),
        tuple(slug for slug in (asked.condition, asked.distribution) if slug),
    )
    return briefs_answer(session, catalogue, "/v1/subtypes", wanted, asked, SubtypeBriefOut, to_brief_out)


@router.get(
    "/subtypes/{slug}",
    name="get_subtype",
    summary="Read one subtype",
    response_model=Envelope[SubtypeOut],
    responses=documented(308, 404, 410),
    openapi_extra={"x-example": "/v1/subtypes/fine-pleomorphic?include=statements&audience=clinician"},
)
def read_one(slug: str, session: SessionDep, catalogue: CatalogueDep, asked: Annotated[CardParameters, Query()]) -> Response:
    """Everything known about one shape: how it looks, what it means, how likely cancer is by study, what happens next.

    With `include=statements` the answer holds every statement in full with its sources, enough for one screen in one request.
    """
    return card_answer(session, catalogue, slug, ConceptKind.SUBTYPE, asked, SubtypeOut, to_out)
