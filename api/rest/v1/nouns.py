"""What the six nouns and the concepts share: parameters of cards and lists, and the two answers."""

from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import Response

from api.knowledge.catalogue import Catalogue
from api.knowledge.concepts import ConceptFilter, get_concept, list_concepts
from api.knowledge.views import Brief, Concept
from api.rest.v1.cards import INCLUDABLE, NOUNS, concept_url
from api.rest.v1.listing import list_answer, list_key
from api.vocabulary import ConceptKind
from api.web.envelope import address, answer, members
from api.web.paging import window
from api.web.parameters import LensParameters, Names, PageParameters, chosen, query_items

Card = TypeVar("Card", bound=BaseModel)
Item = TypeVar("Item", bound=BaseModel)


class CardParameters(LensParameters):
    """What a card may be asked with."""

    include: Annotated[
        Names | None,
        Field(
            description="More members in one request, separated by commas: `statements` (in full, with sources), `questions`.",
            examples=["statements,questions"],
        ),
    ] = None


class ConceptListParameters(PageParameters, LensParameters):
    """What every list of concepts may be asked with."""

    sort: Annotated[
        Literal["slug", "-slug", "name", "-name"],
        Field(description="Order; a minus sign reverses it.", examples=["name"]),
    ] = "slug"


def card_answer(
    session: Session,
    catalogue: Catalogue,
    slug: str,
    kind: ConceptKind | None,
    asked: CardParameters,
    model: type[Card],
    to_out: Callable[[Concept, list[str]], Card],
) -> Response:
    """The answer for one card. Raises NotFound, Renamed, Retired, and BadQuery for unknown members."""
    only = members(model, asked.fields)
    include = chosen(asked.include, INCLUDABLE, "include") or []
    concept = get_concept(session, catalogue, slug, kind, asked.lens())
    path = concept_url(concept.reference) if kind else f"/v1/concepts/{slug}"
    links = {
        "self": address(path, query_items(asked)),
        "concept": f"/v1/concepts/{slug}",
        "statements": f"/v1/statements?concept={slug}",
        "questions": f"/v1/questions?concept={slug}",
    }
    if kind and kind in NOUNS:
        links["collection"] = f"/v1/{NOUNS[kind]}"
    left_out = {name for name in INCLUDABLE if name not in include and name not in (only or [])}
    card = to_out(concept, [*include, *(name for name in only or [] if name in INCLUDABLE)])
    return answer(card, catalogue.release, links, only=only and [*only, *include], without=left_out)


def briefs_answer(
    session: Session,
    catalogue: Catalogue,
    path: str,
    wanted: ConceptFilter,
    asked: ConceptListParameters,
    model: type[Item],
    to_out: Callable[[Brief], Item],
) -> Response:
    """The answer for one page of a list of concepts."""
    key = list_key(catalogue.release, path, asked)
    part = window(asked.limit, asked.cursor, key, descending=asked.sort.startswith("-"))
    page = list_concepts(session, wanted, asked.sort.removeprefix("-"), part, asked.lens())
    items = [to_out(item) for item in page.items]
    return list_answer(items, model, page, catalogue.release, path, key, asked, asked.fields)
