"""Sources out of the store."""

from sqlmodel import Session, select

from api.knowledge.catalogue import Catalogue
from api.knowledge.listing import Page, Window, page_of
from api.knowledge.views import Source
from api.store.tables import SourceRow

ORDERS = {"id": SourceRow.position, "title": SourceRow.title_rank, "year": SourceRow.year_rank}


def to_source(row: SourceRow) -> Source:
    """A source row as the frozen shape."""
    return Source(**row.model_dump(exclude={"position", "title_rank", "year_rank"}))


def get_source(session: Session, catalogue: Catalogue, source_id: str) -> Source:
    """One source. Raises NotFound with the nearest ids."""
    if source_id not in catalogue.sources:
        raise catalogue.missing_source(source_id)
    return to_source(session.exec(select(SourceRow).where(SourceRow.id == source_id)).one())


def list_sources(session: Session, kind: str | None, standing: str | None, order: str, window: Window) -> Page[Source]:
    """A page of sources. The order is a key of ORDERS."""
    query = select(SourceRow)
    if kind:
        query = query.where(SourceRow.kind == kind)
    if standing:
        query = query.where(SourceRow.standing == standing)
    page = page_of(session, query, ORDERS[order], window)
    return Page(tuple(map(to_source, page.items)), page.total, page.next_after)
