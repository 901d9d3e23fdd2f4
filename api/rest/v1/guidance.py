"""Guidance: the steps of follow-up, from screening to second opinion."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from api.knowledge.concepts import ConceptFilter
from api.knowledge.references import filter_concept
from api.knowledge.views import Brief, Concept
from api.rest.v1.cards import BriefOut, CardOut, LinkOut, brief_members, card_members, links
from api.rest.v1.nouns import CardParameters, ConceptListParameters, briefs_answer, card_answer
from api.vocabulary import ConceptKind, RelationKind, Stage
from api.web.deps import CatalogueDep, SessionDep
from api.web.envelope import Envelope
from api.web.parameters import SlugText
from api.web.problems import documented

router = APIRouter(tags=["guidance"])

StageField = Annotated[Stage, Field(description="Where on the path from screening to follow-up the step stands.")]


class GuidanceBriefOut(BriefOut):
    """A step as lists show it."""

    stage: StageField


class GuidanceOut(CardOut):
    """Everything about one step of follow-up."""

    stage: StageField
    follows: Annotated[list[LinkOut], Field(description="Findings, categories and steps after which it usually comes.")]
    guidance: Annotated[list[LinkOut], Field(description="Steps that usually come next.")]
    kind_of: Annotated[list[LinkOut], Field(description="The broader step it belongs to.")]
    kinds: Annotated[list[LinkOut], Field(description="Narrower steps that belong to it.")]


class GuidanceListParameters(ConceptListParameters):
    """What a list of steps may be narrowed to."""

    stage: Annotated[Stage | None, Field(description="At this stage.", examples=["biopsy"])] = None
    condition: Annotated[SlugText | None, Field(description="Following this condition.", examples=["dcis"])] = None


def to_brief_out(brief: Brief) -> GuidanceBriefOut:
    """A step as lists show it."""
    return GuidanceBriefOut.model_validate({**brief_members(brief), "stage": brief.attributes.stage})


def to_out(concept: Concept, include: list[str]) -> GuidanceOut:
    """A step's card as v1 shows it."""
    return GuidanceOut.model_validate(
        {
            **card_members(concept, include),
            "stage": concept.attributes.stage,
            "follows": links(concept, RelationKind.FOLLOWED_BY, outgoing=False),
            "guidance": links(concept, RelationKind.FOLLOWED_BY, outgoing=True),
            "kind_of": links(concept, RelationKind.KIND_OF, outgoing=True),
            "kinds": links(concept, RelationKind.KIND_OF, outgoing=False),
        }
    )


@router.get(
    "/guidance",
    name="list_guidance",
    summary="List steps of follow-up",
    response_model=Envelope[list[GuidanceBriefOut]],
    responses=documented(),
    openapi_extra={"x-example": "/v1/guidance?stage=biopsy&audience=patient&region=UK"},
)
def list_all(session: SessionDep, catalogue: CatalogueDep, asked: Annotated[GuidanceListParameters, Query()]) -> Response:
    """The steps of follow-up: what each is, when it comes, what it is like. `region` leaves out what holds elsewhere only."""
    if asked.condition:
        filter_concept(session, "condition", asked.condition, ConceptKind.CONDITION)
    attributes = (("stage", asked.stage.value),) if asked.stage else ()
    wanted = ConceptFilter(ConceptKind.GUIDANCE, attributes, (asked.condition,) if asked.condition else ())
    return briefs_answer(session, catalogue, "/v1/guidance", wanted, asked, GuidanceBriefOut, to_brief_out)


@router.get(
    "/guidance/{slug}",
    name="get_guidance",
    summary="Read one step of follow-up",
    response_model=Envelope[GuidanceOut],
    responses=documented(308, 404, 410),
    openapi_extra={"x-example": "/v1/guidance/magnification-views?audience=patient"},
)
def read_one(slug: str, session: SessionDep, catalogue: CatalogueDep, asked: Annotated[CardParameters, Query()]) -> Response:
    """One step: what it is, when it comes, what it is like, what to ask."""
    return card_answer(session, catalogue, slug, ConceptKind.GUIDANCE, asked, GuidanceOut, to_out)
