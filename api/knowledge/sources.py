"""Sources out of the store."""

from dataclasses import fields
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from api.knowledge.catalogue import Catalogue
from api.knowledge.listing import Page, Window, page_of
from api.knowledge.prepared import columns_for, fetch, one
from api.knowledge.views import Source
from api.store.tables import SourceRow

ORDERS: dict[str, Any] = {"id": SourceRow.position, "title": SourceRow.title_rank, "year": SourceRow.year_rank}

_MEMBERS = tuple(member.name for member in fields(Source))
_ONE = select(*columns_for(Source, SourceRow)).where(col(SourceRow.id) == one("id"))


def to_source(row: SourceRow) -> Source:
    """A source row, or a plain row with columns of the same names, as the frozen shape."""
    return Source(*(getattr(row, name) for name in _MEMBERS))


def get_source(session: Session, catalogue: Catalogue, source_id: str) -> Source:
    """One source. Raises NotFound with the nearest ids."""
    if source_id not in catalogue.sources:
        raise catalogue.missing_source(source_id)
    return Source(*fetch(session, _ONE, id=source_id)[0])


def list_sources(session: Session, kind: str | None, standing: str | None, order: str, window: Window) -> Page[Source]:
    """A page of sources. The order is a key of ORDERS."""
    query = select(*SourceRow.__table__.columns)  # type: ignore[attr-defined]  # set by SQLModel on table classes
    if kind:
        query = query.where(col(SourceRow.kind) == kind)
    if standing:
        query = query.where(col(SourceRow.standing) == standing)
    page = page_of(session, query, ORDERS[order], window, (kind, standing))
    return Page(tuple(map(to_source, page.items)), page.total, page.next_after)
