"""Sources: the works statements are taken from."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.knowledge.sources import get_source, list_sources
from api.knowledge.views import Source
from api.rest.v1.listing import list_answer, list_key
from api.vocabulary import SourceKind, Standing
from api.web.deps import CatalogueDep, SessionDep
from api.web.envelope import Envelope, address, answer, members
from api.web.paging import window
from api.web.parameters import FieldsParameters, PageParameters, query_items
from api.web.problems import documented

router = APIRouter(tags=["sources"])


class SourceOut(BaseModel):
    """A cited work."""

    id: Annotated[str, Field(description="Stable id.", examples=["oligane-2018"])]
    title: Annotated[str, Field(description="Title of the work.")]
    authors: Annotated[str, Field(description="Authors or publishing body.")]
    publisher: Annotated[str | None, Field(description="Journal or publisher.")]
    year: Annotated[int | None, Field(description="Year of publication; null when the work gives none.", examples=[2018])]
    kind: Annotated[SourceKind, Field(description="What sort of work it is.")]
    standing: Annotated[Standing, Field(description="How much weight it bears; `weak` never stands alone under patient text.")]
    doi: Annotated[str | None, Field(description="Digital Object Identifier.")]
    pmid: Annotated[str | None, Field(description="PubMed id.")]
    url: Annotated[str | None, Field(description="Canonical address; null when none is confirmed.")]
    seen_as: Annotated[str, Field(description="How much of it was read: full-text, abstract or excerpt.")]
    note: Annotated[str | None, Field(description="Limits of the work or of what was read.")]


def to_source_out(source: Source) -> SourceOut:
    """A source as v1 shows it."""
    return SourceOut.model_validate(source, from_attributes=True)


class SourceListParameters(PageParameters, FieldsParameters):
    """What a list of sources may be narrowed to."""

    kind: Annotated[SourceKind | None, Field(description="Only works of this kind.", examples=["guideline"])] = None
    standing: Annotated[Standing | None, Field(description="Only works of this standing.", examples=["primary"])] = None
    sort: Annotated[
        Literal["id", "-id", "title", "-title", "year", "-year"], Field(description="Order; a minus sign reverses it.")
    ] = "id"


@router.get(
    "/sources",
    name="list_sources",
    summary="List sources",
    response_model=Envelope[list[SourceOut]],
    responses=documented(),
    openapi_extra={"x-example": "/v1/sources?kind=guideline&sort=-year&limit=3"},
)
def list_all(session: SessionDep, catalogue: CatalogueDep, asked: Annotated[SourceListParameters, Query()]) -> Response:
    """Every work the content is taken from: who, what, where, when, and how much of it was read."""
    key = list_key(catalogue.release, "/v1/sources", asked)
    part = window(asked.limit, asked.cursor, key, descending=asked.sort.startswith("-"))
    page = list_sources(session, asked.kind, asked.standing, asked.sort.removeprefix("-"), part)
    items = [to_source_out(item) for item in page.items]
    return list_answer(items, SourceOut, page, catalogue.release, "/v1/sources", key, asked, asked.fields)


@router.get(
    "/sources/{source_id}",
    name="get_source",
    summary="Read one source",
    response_model=Envelope[SourceOut],
    responses=documented(404, 410),
    openapi_extra={"x-example": "/v1/sources/oligane-2018"},
)
def read_one(
    source_id: str, session: SessionDep, catalogue: CatalogueDep, asked: Annotated[FieldsParameters, Query()]
) -> Response:
    """One work, with its canonical address. `links.statements` lists what is taken from it."""
    only = members(SourceOut, asked.fields)
    source = get_source(session, source_id)
    links = {
        "self": address(f"/v1/sources/{source.id}", query_items(asked)),
        "statements": f"/v1/statements?source={source.id}",
    }
    return answer(to_source_out(source), catalogue.release, links, only=only)
