"""Changes: what differs between two releases, record by record, so that copies can stay in step."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints
from starlette.responses import Response

from api.changes import Added, Change, Changed, Retired
from api.knowledge.history import load_history
from api.knowledge.listing import page_in_memory
from api.knowledge.references import find_references
from api.knowledge.views import ConceptReference
from api.rest.v1.cards import concept_url
from api.rest.v1.listing import list_answer, list_key
from api.vocabulary import ChangeKind, RecordKind
from api.web.deps import SessionDep, StoreDep
from api.web.envelope import Envelope
from api.web.paging import window
from api.web.parameters import FieldsParameters, PageParameters
from api.web.problems import documented

router = APIRouter(tags=["releases"])

ReleaseId = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class ChangeOut(BaseModel):
    """One difference between two releases."""

    change: Annotated[ChangeKind, Field(description="`added`, `changed` or `retired`: a tombstone, remove your copy.")]
    kind: Annotated[RecordKind, Field(description="What sort of record.", examples=["statement"])]
    id: Annotated[str, Field(description="Its slug or id.", examples=["amorphous-01"])]
    field: Annotated[
        str | None,
        Field(description="The changed member; names joined by `/` lead inside, `~1` is a slash in a name.", examples=["text"]),
    ]
    old: Annotated[Any, Field(description="What the member was; null: absent. Only when changed.")]
    new: Annotated[Any, Field(description="What the member is; null: absent. Only when changed.")]
    value: Annotated[dict[str, Any] | None, Field(description="The whole record as curators write it. Only when added.")]
    reason: Annotated[str | None, Field(description="Why it is no longer served. Only when retired.")]
    url: Annotated[str | None, Field(description="Where to fetch it as v1 shows it; null when it is not served by itself.")]


class ChangesParameters(PageParameters, FieldsParameters):
    """From which release to which."""

    since: Annotated[ReleaseId, Field(description="Id of the release you have.", examples=["2026.11.0"])]
    until: Annotated[ReleaseId | None, Field(description="Id of the release you want; the current one when left out.")] = None
    kind: Annotated[RecordKind | None, Field(description="Only records of this sort.", examples=["statement"])] = None


def to_out(change: Change, concepts: Mapping[str, ConceptReference]) -> ChangeOut:
    """A change as v1 shows it. The words of a retired record are not told again."""
    return ChangeOut(
        change=ChangeKind(type(change).__name__.lower()),
        kind=change.kind,
        id=change.id,
        field=change.field if isinstance(change, Changed) else None,
        old=change.old if isinstance(change, Changed) else None,
        new=change.new if isinstance(change, Changed) else None,
        value=change.value if isinstance(change, Added) else None,
        reason=change.reason if isinstance(change, Retired) else None,
        url=None if isinstance(change, Retired) else _url(change, concepts),
    )


def _url(change: Change, concepts: Mapping[str, ConceptReference]) -> str | None:
    if change.kind is RecordKind.CONCEPT:
        reference = concepts.get(change.id)
        return concept_url(reference) if reference else None
    nouns = {RecordKind.STATEMENT: "statements", RecordKind.QUESTION: "questions", RecordKind.SOURCE: "sources"}
    if change.kind is RecordKind.RELEASE:
        return "/v1/releases/current"
    return f"/v1/{nouns[change.kind]}/{change.id}" if change.kind in nouns else None


@router.get(
    "/changes",
    name="list_changes",
    summary="List changes between releases",
    response_model=Envelope[list[ChangeOut]],
    responses=documented(),
    openapi_extra={"x-example": "/v1/changes?since=2026.11.0"},
)
def list_all(store: StoreDep, session: SessionDep, asked: Annotated[ChangesParameters, Query()]) -> Response:
    """The net differences from the release you have to the current one, or to another you name.

    What came and went in between is not told; what changed twice is told once. Records that went carry a reason. Apply all
    pages to a copy of the old release and you have the new one. An empty list means that your copy is current.
    """
    found = store.part(load_history).changes(session, asked.since, asked.until)
    wanted = [change for change in found if asked.kind in (None, change.kind)]
    release = store.catalogue.release
    key = list_key(release, "/v1/changes", asked)
    page = page_in_memory(wanted, window(asked.limit, asked.cursor, key))
    concepts = find_references(session, [change.id for change in page.items if change.kind is RecordKind.CONCEPT])
    items = [to_out(change, concepts) for change in page.items]
    return list_answer(items, ChangeOut, page, release, "/v1/changes", key, asked, asked.fields)
