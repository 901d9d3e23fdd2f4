"""Lists that page by rank: every order is a column of whole numbers, so pages neither overlap nor skip, on any database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

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


def page_of(session: Session, query: SelectOfScalar[Item], rank: Any, window: Window) -> Page[Item]:
    """One page of a query in the order of its rank column, in two statements."""
    total = session.exec(select(func.count()).select_from(query.subquery())).one()
    ordered = query.order_by(col(rank).desc() if window.descending else col(rank))
    if window.after is not None:
        ordered = ordered.where(col(rank) < window.after if window.descending else col(rank) > window.after)
    rows = session.exec(ordered.limit(window.limit + 1)).all()
    items = tuple(rows[: window.limit])
    more = len(rows) > window.limit
    return Page(items, total, getattr(items[-1], rank.key) if more and items else None)


def slice_of(items: Sequence[Item], window: Window) -> Page[Item]:
    """One page of a list kept in memory; its rank is the place in the list."""
    first = 0 if window.after is None else max(window.after + 1, 0)
    shown = tuple(items[first : first + window.limit])
    last = first + len(shown) - 1
    return Page(shown, len(items), last if last + 1 < len(items) and shown else None)
