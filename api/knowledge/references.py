"""References to concepts by slug: just enough to name and link them, looked up as they are needed, never kept."""

from collections.abc import Collection
from typing import Any, NoReturn

from sqlalchemy import select
from sqlmodel import Session, col

from api.errors import BadQuery, NotFound, Renamed, Retired
from api.knowledge.moved import is_slug, refuse_moved
from api.knowledge.near import LONGEST, near_concepts
from api.knowledge.prepared import columns, fetch, fetch_many, many, one
from api.knowledge.views import ConceptReference
from api.store.tables import ConceptRow
from api.vocabulary import ConceptKind

REFERENCE_COLUMNS = columns(ConceptRow, ("slug", "kind", "name", "plain_name"))
_ONE = select(*REFERENCE_COLUMNS).where(col(ConceptRow.slug) == one("slug"))
_SOME = select(*REFERENCE_COLUMNS).where(col(ConceptRow.slug).in_(many())).order_by(col(ConceptRow.position))
_ALL = select(*REFERENCE_COLUMNS).order_by(col(ConceptRow.position))


def to_reference(row: Any) -> ConceptReference:
    """A row that begins with REFERENCE_COLUMNS as the frozen shape."""
    return ConceptReference(row[0], ConceptKind(row[1]), row[2], row[3])


def get_reference(session: Session, slug: str, kind: ConceptKind | None = None) -> ConceptReference:
    """The concept of that slug and kind. Raises Renamed, Retired or NotFound with the nearest slugs."""
    found = find_reference(session, slug)
    if found and kind in (None, found.kind):
        return found
    refuse_missing(session, slug, kind)


def refuse_missing(session: Session, slug: str, kind: ConceptKind | None) -> NoReturn:
    """Raise Renamed or Retired when that concept was served once, else NotFound with the nearest slugs."""
    refuse_moved(session, slug)
    raise NotFound(kind or "concept", slug[:LONGEST], near_concepts(session, slug, kind))


def find_reference(session: Session, slug: str) -> ConceptReference | None:
    """The concept of that slug, if there is one."""
    rows = fetch(session, _ONE, slug=slug) if is_slug(slug) else ()
    return to_reference(rows[0]) if rows else None


def find_references(session: Session, slugs: Collection[str]) -> dict[str, ConceptReference]:
    """The concepts of these slugs in the order of the release: one query for any number, none for none."""
    rows = fetch_many(session, _SOME, sorted(set(slugs))) if slugs else ()
    return {row[0]: to_reference(row) for row in rows}


def references_after(session: Session, slug: str | None, count: int) -> list[ConceptReference]:
    """So many concepts in the order of the release, from the start or after one of them."""
    after = select(col(ConceptRow.position)).where(col(ConceptRow.slug) == slug).scalar_subquery()
    query = _ALL if slug is None else _ALL.where(col(ConceptRow.position) > after)
    return [to_reference(row) for row in fetch(session, query.limit(count))]


def all_references(session: Session) -> dict[str, ConceptReference]:
    """Every concept in the order of the release, for what is read whole."""
    return {row[0]: to_reference(row) for row in fetch(session, _ALL)}


def filter_concept(session: Session, parameter: str, slug: str, kind: ConceptKind | None = None) -> None:
    """Raise BadQuery when a list cannot be narrowed to that slug."""
    try:
        get_reference(session, slug, kind)
    except Renamed as error:
        raise BadQuery(parameter, error.detail, error.hint, (error.now,)) from None
    except (NotFound, Retired) as error:
        raise BadQuery(parameter, error.detail, error.hint, getattr(error, "near", ())) from None
