"""Sources out of the store."""

from dataclasses import fields
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from api.errors import BadQuery, NotFound
from api.knowledge.listing import Page, Window, page_of
from api.knowledge.moved import is_slug, refuse_retired
from api.knowledge.near import LONGEST, near_sources
from api.knowledge.prepared import columns_for, fetch, one
from api.knowledge.views import Source
from api.store.tables import SourceRow

ORDERS: dict[str, Any] = {"id": SourceRow.position, "title": SourceRow.title_rank, "year": SourceRow.year_rank}

_MEMBERS = tuple(member.name for member in fields(Source))
_ONE = select(*columns_for(Source, SourceRow)).where(col(SourceRow.id) == one("id"))


def to_source(row: SourceRow) -> Source:
    """A source row, or a plain row with columns of the same names, as the frozen shape."""
    return Source(*(getattr(row, name) for name in _MEMBERS))


def get_source(session: Session, source_id: str) -> Source:
    """One source. Raises Retired, or NotFound with the nearest ids."""
    found = find_source(session, source_id)
    if found is None:
        refuse_retired(session, source_id)
        raise _missing(session, source_id)
    return found


def find_source(session: Session, source_id: str) -> Source | None:
    """The source of that id, if there is one."""
    rows = fetch(session, _ONE, id=source_id) if is_slug(source_id) else ()
    return Source(*rows[0]) if rows else None


def filter_source(session: Session, source_id: str) -> None:
    """Raise BadQuery when a list cannot be narrowed to that source."""
    if find_source(session, source_id) is None:
        error = _missing(session, source_id)
        raise BadQuery("source", error.detail, error.hint, error.near)


def _missing(session: Session, source_id: str) -> NotFound:
    return NotFound("source", source_id[:LONGEST], near_sources(session, source_id))


def list_sources(session: Session, kind: str | None, standing: str | None, order: str, window: Window) -> Page[Source]:
    """A page of sources. The order is a key of ORDERS."""
    query = select(*SourceRow.__table__.columns)  # type: ignore[attr-defined]  # set by SQLModel on table classes
    if kind:
        query = query.where(col(SourceRow.kind) == kind)
    if standing:
        query = query.where(col(SourceRow.standing) == standing)
    page = page_of(session, query, ORDERS[order], window, (kind, standing))
    return Page(tuple(map(to_source, page.items)), page.total, page.next_after)
