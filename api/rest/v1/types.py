"""Types: the two broad size classes."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from api.knowledge.concepts import ConceptFilter
from api.knowledge.references import get_reference
from api.knowledge.views import Brief, Concept
from api.rest.v1 import subtypes
from api.rest.v1.cards import BriefOut, CardOut, LinkOut, brief_members, card_members, links
from api.rest.v1.figures import SizeOut, to_size_out
from api.rest.v1.nouns import CardParameters, ConceptListParameters, briefs_answer, card_answer
from api.vocabulary import ConceptKind, RelationKind
from api.web.deps import CatalogueDep, SessionDep
from api.web.envelope import Envelope
from api.web.problems import documented

router = APIRouter(tags=["types"])


class TypeOut(CardOut):
    """Everything about one size class."""

    size_mm: Annotated[SizeOut | None, Field(description="Size of single particles; null when no source gives it.")]
    conditions: Annotated[list[LinkOut], Field(description="What it is seen with.")]
    distributions: Annotated[list[LinkOut], Field(description="How it is usually spread.")]
    guidance: Annotated[list[LinkOut], Field(description="What usually follows.")]


def to_brief_out(brief: Brief) -> BriefOut:
    """A type as lists show it."""
    return BriefOut(**brief_members(brief))


def to_out(concept: Concept, include: list[str]) -> TypeOut:
    """A type's card as v1 shows it."""
    return TypeOut(
        **card_members(concept, include),
        size_mm=to_size_out(concept.attributes),
        conditions=links(concept, RelationKind.APPEARS_AS, outgoing=False),
        distributions=links(concept, RelationKind.DISTRIBUTED_AS, outgoing=True),
        guidance=links(concept, RelationKind.FOLLOWED_BY, outgoing=True),
    )


@router.get(
    "/types",
    name="list_types",
    summary="List types (size classes)",
    response_model=Envelope[list[BriefOut]],
    responses=documented(),
    openapi_extra={"x-example": "/v1/types?audience=patient"},
)
def list_all(session: SessionDep, catalogue: CatalogueDep, asked: Annotated[ConceptListParameters, Query()]) -> Response:
    """The two broad size classes: larger, mostly harmless calcifications, and tiny ones that sometimes need a closer look."""
    wanted = ConceptFilter(ConceptKind.TYPE)
    return briefs_answer(session, catalogue, "/v1/types", wanted, asked, BriefOut, to_brief_out)


@router.get(
    "/types/{slug}",
    name="get_type",
    summary="Read one type",
    response_model=Envelope[TypeOut],
    responses=documented(308, 404, 410),
    openapi_extra={"x-example": "/v1/types/microcalcification?audience=patient"},
)
def read_one(slug: str, session: SessionDep, catalogue: CatalogueDep, asked: Annotated[CardParameters, Query()]) -> Response:
    """Everything known about one size class. `/v1/types/{slug}/subtypes` lists its shapes."""
    return card_answer(session, catalogue, slug, ConceptKind.TYPE, asked, TypeOut, to_out)


@router.get(
    "/types/{slug}/subtypes",
    name="list_subtypes_of_type",
    summary="List the subtypes of a type",
    response_model=Envelope[list[subtypes.SubtypeBriefOut]],
    responses=documented(308, 404, 410),
    openapi_extra={"x-example": "/v1/types/microcalcification/subtypes?audience=patient"},
)
def list_subtypes(
    slug: str, session: SessionDep, catalogue: CatalogueDep, asked: Annotated[ConceptListParameters, Query()]
) -> Response:
    """The shapes that belong to one size class."""
    get_reference(session, slug, ConceptKind.TYPE)
    wanted = ConceptFilter(ConceptKind.SUBTYPE, (("type_slug", slug),))
    path = f"/v1/types/{slug}/subtypes"
    return briefs_answer(session, catalogue, path, wanted, asked, subtypes.SubtypeBriefOut, subtypes.to_brief_out)
