"""Releases: which content a process serves, and which came before."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.errors import NotFound
from api.exports.files import Exports
from api.knowledge.history import load_history
from api.knowledge.listing import page_in_memory
from api.knowledge.views import Release
from api.rest.v1.bulk import BulkCopies
from api.rest.v1.exports import export_url
from api.rest.v1.listing import list_answer, list_key
from api.web.deps import ServingDep, StoreDep
from api.web.envelope import Envelope, address, answer, members
from api.web.near import nearest
from api.web.open_store import OpenStore
from api.web.paging import window
from api.web.parameters import FieldsParameters, PageParameters, query_items
from api.web.problems import documented
from api.web.serving import Serving

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


class ExportOut(BaseModel):
    """One bulk copy of the release."""

    format: Annotated[str, Field(description="json, ndjson, csv or sqlite.", examples=["ndjson"])]
    url: Annotated[str, Field(description="Where to fetch it.", examples=["/v1/export.ndjson"])]
    media_type: str
    bytes: Annotated[int, Field(description="Size of the file.")]
    sha256: Annotated[str, Field(description="SHA-256 of the file, hexadecimal.")]


class ManifestOut(ReleaseOut):
    """A release with its bulk copies."""

    exports: Annotated[list[ExportOut] | None, Field(description="Bulk copies; null for a release that is not served here.")]


class ReleaseListParameters(PageParameters, FieldsParameters):
    """Which part of the releases, and which members."""


def to_out(release: Release) -> ReleaseOut:
    """A release as v1 shows it."""
    return ReleaseOut.model_validate(release, from_attributes=True)


def to_manifest_out(release: Release, copies: Exports | None) -> ManifestOut:
    """A release with its bulk copies as v1 shows it."""
    exports = copies and [
        ExportOut(format=form, url=export_url(form), media_type=file.media_type, bytes=file.size, sha256=file.sha256)
        for form, file in copies.items()
    ]
    return ManifestOut(**to_out(release).model_dump(), exports=exports or None)


@router.get(
    "/releases",
    name="list_releases",
    summary="List releases",
    response_model=Envelope[list[ReleaseOut]],
    responses=documented(),
    openapi_extra={"x-example": "/v1/releases"},
)
def list_all(store: StoreDep, asked: Annotated[ReleaseListParameters, Query()]) -> Response:
    """Every known release, newest first: the current one, from which every answer is made, and those before it."""
    release = store.catalogue.release
    key = list_key(release, "/v1/releases", asked)
    known = store.part(load_history).releases[::-1]
    page = page_in_memory(known, window(asked.limit, asked.cursor, key))
    items = [to_out(item) for item in page.items]
    return list_answer(items, ReleaseOut, page, release, "/v1/releases", key, asked, asked.fields)


@router.get(
    "/releases/current",
    name="get_current_release",
    summary="Read the current release",
    response_model=Envelope[ManifestOut],
    responses=documented(),
    openapi_extra={"x-example": "/v1/releases/current"},
)
def read_current(store: StoreDep, serving: ServingDep, asked: Annotated[FieldsParameters, Query()]) -> Response:
    """The release every answer is made from: compare its digest with your copy's to know whether anything changed.

    Bulk copies are listed with size and SHA-256.
    """
    return _manifest(store, serving, store.catalogue.release, "/v1/releases/current", asked)


@router.get(
    "/releases/{release_id}",
    name="get_release",
    summary="Read one release",
    response_model=Envelope[ManifestOut],
    responses=documented(404),
    openapi_extra={"x-example": "/v1/releases/2026.11.0"},
)
def read_one(release_id: str, store: StoreDep, serving: ServingDep, asked: Annotated[FieldsParameters, Query()]) -> Response:
    """What a release said of itself, past ones too. `links.changes` leads from it to the current one."""
    history = store.part(load_history)
    known = history.known()
    if release_id not in known:
        raise NotFound("release", release_id[:40], nearest(release_id, known) or known[:3])
    return _manifest(store, serving, history.release("release", release_id), f"/v1/releases/{release_id}", asked)


def _manifest(store: OpenStore, serving: Serving, release: Release, path: str, asked: FieldsParameters) -> Response:
    only = members(ManifestOut, asked.fields)
    served = store.catalogue.release
    copies = store.part(BulkCopies(serving.settings.data_dir)) if release.id == served.id else None
    links = {
        "self": address(path, query_items(asked)),
        "releases": "/v1/releases",
        "changes": address("/v1/changes", {"since": release.id}),
    }
    return answer(to_manifest_out(release, copies), served, links, only=only)
