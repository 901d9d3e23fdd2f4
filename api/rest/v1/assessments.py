"""Assessments: the categories reports give, by system and region."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from api.knowledge.concepts import ConceptFilter
from api.knowledge.views import Attributes, Brief, Concept
from api.rest.v1.cards import BriefOut, CardOut, LinkOut, brief_members, card_members, links
from api.rest.v1.figures import LikelihoodOut, to_likelihood_out
from api.rest.v1.nouns import CardParameters, ConceptListParameters, briefs_answer, card_answer
from api.vocabulary import AssessmentSystem, ConceptKind, Region, RelationKind
from api.web.deps import CatalogueDep, SessionDep
from api.web.envelope import Envelope
from api.web.problems import documented

router = APIRouter(tags=["assessments"])

SystemField = Annotated[AssessmentSystem, Field(description="The reporting system.")]
RegionField = Annotated[Region, Field(description="Where the system is at home.")]
CategoryField = Annotated[
    str | None, Field(description="The category as reports write it; null: the system as a whole.", examples=["4B"])
]
LikelihoodField = Annotated[
    LikelihoodOut | None, Field(description="The band of the likelihood of cancer; null when the system gives none.")
]


class AssessmentBriefOut(BriefOut):
    """A category as lists show it."""

    system: SystemField
    region: RegionField
    category: CategoryField
    likelihood: LikelihoodField


class AssessmentOut(CardOut):
    """Everything about one category."""

    system: SystemField
    region: RegionField
    category: CategoryField
    likelihood: LikelihoodField
    guidance: Annotated[list[LinkOut], Field(description="What follows.")]
    kind_of: Annotated[list[LinkOut], Field(description="The broader category or system it belongs to.")]
    kinds: Annotated[list[LinkOut], Field(description="Narrower categories that belong to it.")]


class AssessmentListParameters(ConceptListParameters):
    """What a list of categories may be narrowed to. `region` here is the home of the system."""

    system: Annotated[AssessmentSystem | None, Field(description="Of this system.", examples=["bi-rads"])] = None


def _category(attributes: Attributes) -> dict[str, object]:
    return {
        "system": attributes.system,
        "region": attributes.region,
        "category": attributes.category,
        "likelihood": to_likelihood_out(attributes),
    }


def to_brief_out(brief: Brief) -> AssessmentBriefOut:
    """A category as lists show it."""
    return AssessmentBriefOut.model_validate({**brief_members(brief), **_category(brief.attributes)})


def to_out(concept: Concept, include: list[str]) -> AssessmentOut:
    """A category's card as v1 shows it."""
    return AssessmentOut.model_validate(
        {
            **card_members(concept, include),
            **_category(concept.attributes),
            "guidance": links(concept, RelationKind.FOLLOWED_BY, outgoing=True),
            "kind_of": links(concept, RelationKind.KIND_OF, outgoing=True),
            "kinds": links(concept, RelationKind.KIND_OF, outgoing=False),
        }
    )


@router.get(
    "/assessments",
    name="list_assessments",
    summary="List categories of reports",
    response_model=Envelope[list[AssessmentBriefOut]],
    responses=documented(),
    openapi_extra={"x-example": "/v1/assessments?system=bi-rads&audience=patient"},
)
def list_all(session: SessionDep, catalogue: CatalogueDep, asked: Annotated[AssessmentListParameters, Query()]) -> Response:
    """The categories a report may give: BI-RADS 0 to 6 (US), the UK scores 1 to 5, and the UK biopsy categories."""
    values = (("system", asked.system), ("region", asked.region))
    wanted = ConceptFilter(ConceptKind.ASSESSMENT, tuple((column, str(value)) for column, value in values if value))
    return briefs_answer(session, catalogue, "/v1/assessments", wanted, asked, AssessmentBriefOut, to_brief_out)


@router.get(
    "/assessments/{slug}",
    name="get_assessment",
    summary="Read one category",
    response_model=Envelope[AssessmentOut],
    responses=documented(308, 404, 410),
    openapi_extra={"x-example": "/v1/assessments/birads-4b?audience=patient"},
)
def read_one(slug: str, session: SessionDep, catalogue: CatalogueDep, asked: Annotated[CardParameters, Query()]) -> Response:
    """One category: what it means, the likelihood of cancer it stands for, and what follows."""
    return card_answer(session, catalogue, slug, ConceptKind.ASSESSMENT, asked, AssessmentOut, to_out)
