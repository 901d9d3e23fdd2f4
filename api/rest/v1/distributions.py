"""Distributions: how the particles are spread through the breast."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from api.knowledge.concepts import ConceptFilter
from api.knowledge.views import Brief, Concept
from api.rest.v1.cards import BriefOut, CardOut, LinkOut, brief_members, card_members, links
from api.rest.v1.figures import RiskEstimateOut, risk_estimates
from api.rest.v1.nouns import CardParameters, ConceptListParameters, briefs_answer, card_answer
from api.vocabulary import ConceptKind, RelationKind
from api.web.deps import CatalogueDep, SessionDep
from api.web.envelope import Envelope
from api.web.problems import documented

router = APIRouter(tags=["distributions"])


class DistributionOut(CardOut):
    """Everything about one way of spreading."""

    risk_estimates: Annotated[list[RiskEstimateOut], Field(description="Published shares that proved malignant, study by study.")]
    subtypes: Annotated[list[LinkOut], Field(description="Shapes that are usually spread like this.")]
    conditions: Annotated[list[LinkOut], Field(description="Conditions whose calcifications are spread like this.")]
    guidance: Annotated[list[LinkOut], Field(description="What usually follows.")]
    commonly_confused_with: Annotated[list[LinkOut], Field(description="What it is mistaken for.")]


def to_brief_out(brief: Brief) -> BriefOut:
    """A distribution as lists show it."""
    return BriefOut(**brief_members(brief))


def to_out(concept: Concept, include: list[str]) -> DistributionOut:
    """A distribution's card as v1 shows it."""
    return DistributionOut(
        **card_members(concept, include),
        risk_estimates=risk_estimates(concept),
        subtypes=links(concept, RelationKind.DISTRIBUTED_AS, outgoing=False, to=ConceptKind.SUBTYPE),
        conditions=links(concept, RelationKind.DISTRIBUTED_AS, outgoing=False, to=ConceptKind.CONDITION),
        guidance=links(concept, RelationKind.FOLLOWED_BY, outgoing=True),
        commonly_confused_with=links(concept, RelationKind.CONFUSED_WITH),
    )


@router.get(
    "/distributions",
    name="list_distributions",
    summary="List distributions",
    response_model=Envelope[list[BriefOut]],
    responses=documented(),
    openapi_extra={"x-example": "/v1/distributions?sort=name"},
)
def list_all(session: SessionDep, catalogue: CatalogueDep, asked: Annotated[ConceptListParameters, Query()]) -> Response:
    """The five ways calcifications are spread. A separate axis: any shape can come in any of them."""
    wanted = ConceptFilter(ConceptKind.DISTRIBUTION)
    return briefs_answer(session, catalogue, "/v1/distributions", wanted, asked, BriefOut, to_brief_out)


@router.get(
    "/distributions/{slug}",
    name="get_distribution",
    summary="Read one distribution",
    response_model=Envelope[DistributionOut],
    responses=documented(308, 404, 410),
    openapi_extra={"x-example": "/v1/distributions/segmental?audience=patient"},
)
def read_one(slug: str, session: SessionDep, catalogue: CatalogueDep, asked: Annotated[CardParameters, Query()]) -> Response:
    """Everything known about one way of spreading."""
    return card_answer(session, catalogue, slug, ConceptKind.DISTRIBUTION, asked, DistributionOut, to_out)
