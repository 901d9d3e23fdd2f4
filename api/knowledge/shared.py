"""Every statement of a release, one after the other, for the rooms that make an index of them: few are in memory at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from api.knowledge.prepared import Rows, columns_for, fetch, one
from api.knowledge.views import Statement
from api.knowledge.whole import STATEMENT_COLUMNS, whole
from api.store.tables import StatementRow

_AT_ONCE = 250
_SENTENCES_AT_ONCE = 2_000
_BEFORE_ALL = -1


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement as far as it takes to look for its words."""

    id: str
    concept_slug: str
    audience: str
    text: str


def _after_a_place(wanted: list[Any], count: int) -> Select[Any]:
    position = col(StatementRow.position)
    return select(*wanted, position.label("place")).where(position > one("place_before")).order_by(position).limit(count)


_WHOLE = _after_a_place(STATEMENT_COLUMNS, _AT_ONCE)
_SENTENCES = _after_a_place(columns_for(Sentence, StatementRow), _SENTENCES_AT_ONCE)


def each_statement(session: Session) -> Iterator[Statement]:
    """The statements of the release in its order."""
    for rows in _in_parts(session, _WHOLE):
        yield from whole(session, [row[:-1] for row in rows])


def each_sentence(session: Session) -> Iterator[Sentence]:
    """The statements in the same order, without all that belongs to them."""
    for rows in _in_parts(session, _SENTENCES):
        yield from (Sentence(*row[:-1]) for row in rows)


def _in_parts(session: Session, query: Select[Any]) -> Iterator[Rows]:
    last = _BEFORE_ALL
    while rows := fetch(session, query, place_before=last):
        yield rows
        last = rows[-1].place
