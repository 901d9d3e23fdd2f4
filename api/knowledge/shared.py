"""Every statement of a release: one after the other, or all at once for the rooms that make an index of them together."""

from collections.abc import Iterator, Mapping
from weakref import WeakValueDictionary

from sqlmodel import Session, col, select

from api.knowledge.catalogue import Catalogue
from api.knowledge.statements import load_statements
from api.knowledge.views import Statement
from api.store.tables import StatementRow

_AT_ONCE = 250


class _Shelf(dict[str, Statement]):
    """A dictionary that may be held weakly, and holds the catalogue whose statements it has."""

    catalogue: Catalogue


_SHELVES: WeakValueDictionary[int, _Shelf] = WeakValueDictionary()


def each_statement(session: Session) -> Iterator[Statement]:
    """The statements of the release in its order; few are in memory at a time."""
    ids = session.exec(select(StatementRow.id).order_by(col(StatementRow.position))).all()
    for start in range(0, len(ids), _AT_ONCE):
        yield from load_statements(session, ids[start : start + _AT_ONCE])


def all_statements(session: Session, catalogue: Catalogue) -> Mapping[str, Statement]:
    """The statements of the release by id, in its order; forgotten when nobody holds them any more."""
    shelf = _SHELVES.get(id(catalogue))
    if shelf is None:
        shelf = _Shelf((statement.id, statement) for statement in each_statement(session))
        shelf.catalogue = catalogue
        _SHELVES[id(catalogue)] = shelf
    return shelf
