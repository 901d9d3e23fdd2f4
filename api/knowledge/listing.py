"""Lists that page by rank: every order is a column of whole numbers, so pages neither overlap nor skip, on any database."""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Select, func
from sqlmodel import Session, col

from api.knowledge.prepared import fetch

Item = TypeVar("Item")

_MOST_TOTALS = 2_000
# A release never changes under its engine, so how long a list is needs counting once. Counting grows with the content.
_totals: WeakKeyDictionary[Any, OrderedDict[Hashable, int]] = WeakKeyDictionary()
_totals_lock = Lock()


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


def page_of(session: Session, query: Select[Any], rank: Any, window: Window, filters: Hashable) -> Page[Any]:
    """One page of the plain rows of a query, in the order of its rank column: one statement, one more at its first ask.

    `filters` names the list: the same filters on the same table always mean the same query.
    """
    total = _total(session, query, (rank.class_, filters))
    ordered = query.order_by(col(rank).desc() if window.descending else col(rank))
    if window.after is not None:
        ordered = ordered.where(col(rank) < window.after if window.descending else col(rank) > window.after)
    rows = fetch(session, ordered.limit(window.limit + 1))
    items = tuple(rows[: window.limit])
    more = len(rows) > window.limit
    return Page(items, total, getattr(items[-1], rank.key) if more and items else None)


def page_in_memory(items: Sequence[Item], window: Window) -> Page[Item]:
    """One page of items held in memory; the rank of an item is its place."""
    last = len(items) - 1
    if window.descending:
        first = last if window.after is None else min(window.after - 1, last)
        places = range(first, max(first - window.limit, -1), -1)
    else:
        first = 0 if window.after is None else max(window.after + 1, 0)
        places = range(first, min(first + window.limit, last + 1))
    more = bool(places) and places[-1] != (0 if window.descending else last)
    return Page(tuple(items[place] for place in places), len(items), places[-1] if more else None)


def _total(session: Session, query: Select[Any], key: Hashable) -> int:
    with _totals_lock:
        known = _totals.setdefault(session.get_bind(), OrderedDict())
        if key in known:
            known.move_to_end(key)
            return known[key]
    total: int = fetch(session, query.with_only_columns(func.count(), maintain_column_froms=True))[0][0]
    with _totals_lock:
        known[key] = total
        while len(known) > _MOST_TOTALS:
            known.popitem(last=False)
    return total
