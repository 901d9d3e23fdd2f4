"""Lists that page by rank: every order is a column of whole numbers, so pages neither overlap nor skip, on any database."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func
from sqlmodel import Session, col

from api.knowledge.prepared import fetch

Item = TypeVar("Item")


@dataclass(frozen=True)
class Window:
    """Which part of a list is wanted: up to `limit` items after the one of rank `after`."""

    limit: int
    after: int | None = None
    descending: bool = False


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Part of a list, the total of the whole list, and the rank to go on from, None at the end."""

    items: tuple[Item, ...]
    total: int
    next_after: int | None


def page_of(session: Session, query: Select[Any], rank: Any, window: Window) -> Page[Any]:
    """One page of the plain rows of a query, in the order of its rank column, in two statements."""
    total = fetch(session, query.with_only_columns(func.count(), maintain_column_froms=True))[0][0]
    ordered = query.order_by(col(rank).desc() if window.descending else col(rank))
    if window.after is not None:
        ordered = ordered.where(col(rank) < window.after if window.descending else col(rank) > window.after)
    rows = fetch(session, ordered.limit(window.limit + 1))
    items = tuple(rows[: window.limit])
    more = len(rows) > window.limit
    return Page(items, total, getattr(items[-1], rank.key) if more and items else None)
