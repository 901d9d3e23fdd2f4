"""Queries made once and run many times: plain rows, no entities, the text of the query compiled at its first use only.

Making entities of rows costs more than reading the rows, and so does building a query anew for each request.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import BindParameter, Executable, bindparam
from sqlmodel import Session

Rows = Sequence[Any]

MANY = "many"
_AT_ONCE = 5_000


def many() -> BindParameter[Any]:
    """The parameter for a list of values, given to `fetch_many`."""
    return bindparam(MANY, expanding=True)


def one(name: str) -> BindParameter[Any]:
    """The parameter for one value, given to `fetch` by name."""
    return bindparam(name)


def columns(table: type[Any], names: Iterable[str]) -> list[Any]:
    """These columns of a row class, in order."""
    return [getattr(table, name) for name in names]


def columns_for(shape: type[Any], table: type[Any]) -> list[Any]:
    """The columns of a row class that make a frozen shape with members of the same names, in the order of the members."""
    return columns(table, (member.name for member in fields(shape)))


def fetch(session: Session, query: Executable, **values: Any) -> Rows:
    """The rows of a query made once."""
    return session.connection().execute(query, values).all()


def fetch_many(session: Session, query: Executable, wanted: Sequence[Any]) -> Rows:
    """The rows of a query made once for many values; so many that a database would refuse them go in parts."""
    if len(wanted) <= _AT_ONCE:
        return fetch(session, query, **{MANY: wanted})
    parts = (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))
    return [row for part in parts for row in fetch(session, query, **{MANY: part})]
