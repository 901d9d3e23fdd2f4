"""Every statement of a release, read once and shared by the rooms that keep statements in memory."""

from collections.abc import Mapping
from weakref import WeakValueDictionary

from sqlmodel import Session, select

from api.knowledge.catalogue import Catalogue
from api.knowledge.statements import load_statements
from api.knowledge.views import Statement
from api.store.tables import StatementRow


class _Shelf(dict[str, Statement]):
    """A dictionary that may be held weakly, and holds the catalogue whose statements it has."""

    catalogue: Catalogue


_SHELVES: WeakValueDictionary[int, _Shelf] = WeakValueDictionary()


def all_statements(session: Session, catalogue: Catalogue) -> Mapping[str, Statement]:
    """The statements of the release by id, in its order; forgotten when no room holds them any more."""
    shelf = _SHELVES.get(id(catalogue))
    if shelf is None:
        shelf = _Shelf((statement.id, statement) for statement in load_statements(session, select(StatementRow.id)))
        shelf.catalogue = catalogue
        _SHELVES[id(catalogue)] = shelf
    return shelf
