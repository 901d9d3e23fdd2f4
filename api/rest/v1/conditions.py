"""Conditions: what calcifications are associated with."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from api.knowledge.concepts import ConceptFilter
from api.knowledge.references import filter_concept
from api.knowledge.views import Brief, Concept
from api.rest.v1.cards import BriefOut, CardOut, LinkOut, brief_members, card_members, links
from api.rest.v1.nouns import CardParameters, ConceptListParameters, briefs_answer, card_answer
from api.vocabulary import ConceptKind, Nature, RelationKind
from api.web.deps import CatalogueDep, SessionDep
from api.web.envelope import Envelope
from api.web.parameters import SlugText
from api.web.problems import documented

router = APIRouter(tags=["conditions"])

NatureField = Annotated[Nature, Field(description="What it is: normal, benign, high-risk, in-situ, invasive or mimic.")]


class ConditionBriefOut(BriefOut):
    """A condition as lists show it."""

    nature: NatureField


class ConditionOut(CardOut):
    """Everything about one condition, as far as calcifications go."""

    nature: NatureField
    subtypes: Annotated[list[LinkOut], Field(description="Shapes and size classes its calcifications take.")]
    distributions: Annotated[list[LinkOut], Field(description="How its calcifications are spread.")]
    guidance: Annotated[list[LinkOut], Field(description="What usually follows.")]
    kind_of: Annotated[list[LinkOut], Field(description="The broader condition it belongs to.")]
    kinds: Annotated[list[LinkOut], Field(description="Narrower conditions that belong to it.")]
    commonly_confused_with: Annotated[list[LinkOut], Field(description="What it is mistaken for.")]


class ConditionListParameters(ConceptListParameters):
    """What a list of conditions may be narrowed to."""

    nature: Annotated[Nature | None, Field(description="Of this nature.", examples=["high-risk"])] = None
    subtype: Annotated[SlugText | None, Field(description="Linked to this shape.", examples=["round"])] = None
    distribution: Annotated[SlugText | None, Field(description="Linked to this distribution.", examples=["segmental"])] = None


def to_brief_out(brief: Brief) -> ConditionBriefOut:
    """A condition as lists show it."""
    return ConditionBriefOut.model_validate({**brief_members(brief), "nature": brief.attributes.nature})


def to_out(concept: Concept, include: list[str]) -> ConditionOut:
    """A condition's card as v1 shows it."""
    return ConditionOut.model_validate(
        {
            **card_members(concept, include),
            "nature": concept.attributes.nature,
            "subtypes": links(concept, RelationKind.APPEARS_AS, outgoing=True),
            "distributions": links(concept, RelationKind.DISTRIBUTED_AS, outgoing=True),
            "guidance": links(concept, RelationKind.FOLLOWED_BY, outgoing=True),
            "kind_of": links(concept, RelationKind.KIND_OF, outgoing=True),
            "kinds": links(concept, RelationKind.KIND_OF, outgoing=False),
            "commonly_confused_with": links(concept, RelationKind.CONFUSED_WITH),
        }
    )


@router.get(
    "/conditions",
    name="list_conditions",
    summary="List conditions",
    response_model=Envelope[list[ConditionBriefOut]],
    responses=documented(),
    openapi_extra={"x-example": "/v1/conditions?nature=high-risk&limit=5"},
)
def list_all(session: SessionDep, catalogue: CatalogueDep, asked: Annotated[ConditionListParameters, Query()]) -> Response:
    """What calcifications are associated with, from normal ageing to invasive cancer."""
    if asked.subtype:
        filter_concept(session, "subtype", asked.subtype, ConceptKind.SUBTYPE)
    if asked.distribution:
        filter_concept(session, "distribution", asked.distribution, ConceptKind.DISTRIBUTION)
    attributes = (("nature", asked.nature.value),) if asked.nature else ()
    linked = tuple(slug for slug in (asked.subtype, asked.distribution) if slug)
    wanted = ConceptFilter(ConceptKind.CONDITION, attributes, linked)
    return briefs_answer(session, catalogue, "/v1/conditions", wanted, asked, ConditionBriefOut, to_brief_out)


@router.get(
    "/conditions/{slug}",
    name="get_condition",
    summary="Read one condition",
    response_model=Envelope[ConditionOut],
    responses=documented(308, 404, 410),
    openapi_extra={"x-example": "/v1/conditions/fat-necrosis?audience=patient"},
)
def read_one(slug: str, session: SessionDep, catalogue: CatalogueDep, asked: Annotated[CardParameters, Query()]) -> Response:
    """Everything known about one condition as far as calcifications go."""
    return card_answer(session, catalogue, slug, ConceptKind.CONDITION, asked, ConditionOut, to_out)
