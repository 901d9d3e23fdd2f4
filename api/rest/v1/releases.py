"""Releases: which content a process serves."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.knowledge.views import Release
from api.web.deps import CatalogueDep
from api.web.envelope import Envelope, PageOut, answer
from api.web.parameters import NoParameters
from api.web.problems import documented

router = APIRouter(tags=["releases"])


class ReleaseOut(BaseModel):
    """One immutable build of everything."""

    id: Annotated[str, Field(description="Calendar version.", examples=["2026.11.0"])]
    digest: Annotated[str, Field(description="SHA-256 of the canonical content; the same content has the same digest anywhere.")]
    published_on: date
    schema_revision: Annotated[str, Field(description="Revision of the database schema it was built for.", examples=["0001"])]
    license: str
    license_url: str
    attribution: Annotated[str, Field(description="How to credit the content.")]
    notice: Annotated[str, Field(description="Limits of use.")]
    concept_count: int
    statement_count: int
    source_count: int
    question_count: int


def to_out(release: Release) -> ReleaseOut:
    """A release as v1 shows it."""
    return ReleaseOut.model_validate(release, from_attributes=True)


@router.get(
    "/releases",
    name="list_releases",
    summary="List releases",
    response_model=Envelope[list[ReleaseOut]],
    responses=documented(),
    openapi_extra={"x-example": "/v1/releases"},
)
def list_all(catalogue: CatalogueDep, asked: Annotated[NoParameters, Query()]) -> Response:
    """The releases this service holds; a process serves exactly one, so that answers never mix two."""
    release = catalogue.release
    page = PageOut(total=1, limit=1, next_cursor=None)
    return answer([to_out(release)], release, {"self": "/v1/releases"}, page=page)


@router.get(
    "/releases/current",
    name="get_current_release",
    summary="Read the current release",
    response_model=Envelope[ReleaseOut],
    responses=documented(),
    openapi_extra={"x-example": "/v1/releases/current"},
)
def read_current(catalogue: CatalogueDep, asked: Annotated[NoParameters, Query()]) -> Response:
    """The release every answer is made from: compare its digest with your copy's to know whether anything changed."""
    release = catalogue.release
    return answer(to_out(release), release, {"self": "/v1/releases/current", "releases": "/v1/releases"})
