"""Concepts: every noun, topic, mimic and question topic in one shape."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from api.knowledge.concepts import ConceptFilter
from api.knowledge.views import Brief, Concept
from api.rest.v1.cards import BriefOut, CardOut, RelationOut, brief_members, card_members, to_link_out
from api.rest.v1.nouns import CardParameters, ConceptListParameters, briefs_answer, card_answer
from api.vocabulary import ConceptKind
from api.web.deps import CatalogueDep, SessionDep
from api.web.envelope import Envelope
from api.web.problems import documented

router = APIRouter(tags=["concepts"])


class ConceptOut(CardOut):
    """Any concept in the shape all share."""

    relations: Annotated[list[RelationOut], Field(description="Every typed link to another concept.")]


class AnyConceptListParameters(ConceptListParameters):
    """What the list of all concepts may be narrowed to."""

    kind: Annotated[ConceptKind | None, Field(description="Of this kind.", examples=["topic"])] = None


def to_brief_out(brief: Brief) -> BriefOut:
    """A concept as lists show it."""
    return BriefOut(**brief_members(brief))


def to_out(concept: Concept, include: list[str]) -> ConceptOut:
    """A concept's card as v1 shows it."""
    relations = [
        RelationOut(**to_link_out(link).model_dump(), relation=link.kind, outgoing=link.outgoing) for link in concept.links
    ]
    return ConceptOut(**card_members(concept, include), relations=relations)


@router.get(
    "/concepts",
    name="list_concepts",
    summary="List all concepts",
    response_model=Envelope[list[BriefOut]],
    responses=documented(),
    openapi_extra={"x-example": "/v1/concepts?kind=topic&audience=patient"},
)
def list_all(session: SessionDep, catalogue: CatalogueDep, asked: Annotated[AnyConceptListParameters, Query()]) -> Response:
    """Every concept of any kind in one shape: for a glossary, an index, or an offline copy."""
    wanted = ConceptFilter(asked.kind)
    return briefs_answer(session, catalogue, "/v1/concepts", wanted, asked, BriefOut, to_brief_out)


@router.get(
    "/concepts/{slug}",
    name="get_concept",
    summary="Read one concept",
    response_model=Envelope[ConceptOut],
    responses=documented(308, 404, 410),
    openapi_extra={"x-example": "/v1/concepts/calcification?audience=patient&include=questions"},
)
def read_one(slug: str, session: SessionDep, catalogue: CatalogueDep, asked: Annotated[CardParameters, Query()]) -> Response:
    """One concept of any kind: the same content as under its own noun, with every link in one list."""
    return card_answer(session, catalogue, slug, None, asked, ConceptOut, to_out)
