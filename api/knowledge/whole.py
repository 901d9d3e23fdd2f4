"""Statements made whole: to each row its concepts, companions, figures, citations and conflicts, five queries for any number."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from api.knowledge.prepared import Rows, columns, columns_for, fetch_many, many
from api.knowledge.views import Citation, Conflict, Figure, Interval, Source, Statement
from api.store.tables import (
    CitationRow,
    ConflictMemberRow,
    ConflictRow,
    FigureRow,
    SourceRow,
    StatementCompanionRow,
    StatementConceptRow,
    StatementRow,
)
from api.vocabulary import Aspect, Audience, Basis, Region

STATEMENT_COLUMNS = columns(
    StatementRow, ("id", "position", "aspect", "audience", "text", "region", "basis", "second_read", "origin")
)
_MEASURED = ("measure", "unit", "value", "low", "high", "comparison", "events", "n")
_INTERVAL = ("interval_low", "interval_high", "interval_level", "interval_origin")
_SUBJECT = ("what", "among", "morphology_slug", "distribution_slug", "design", "years")
_FIGURE_COLUMNS = columns(FigureRow, (*_MEASURED, *_INTERVAL, *_SUBJECT))
_ASPECTS, _AUDIENCES = {item.value: item for item in Aspect}, {item.value: item for item in Audience}
_BASES, _REGIONS = {item.value: item for item in Basis}, {item.value: item for item in Region}

_CONCEPTS = (
    select(StatementConceptRow.statement_id, StatementConceptRow.concept_slug)  # type: ignore[call-overload]  # columns
    .where(col(StatementConceptRow.statement_id).in_(many()))
    .order_by(col(StatementConceptRow.statement_id), col(StatementConceptRow.position))
)
_COMPANIONS = (
    select(StatementCompanionRow.statement_id, StatementCompanionRow.companion_id)  # type: ignore[call-overload]  # columns
    .where(col(StatementCompanionRow.statement_id).in_(many()))
    .order_by(col(StatementCompanionRow.statement_id), col(StatementCompanionRow.position))
)
_FIGURES = (
    select(col(FigureRow.statement_id), *_FIGURE_COLUMNS)
    .where(col(FigureRow.statement_id).in_(many()))
    .order_by(col(FigureRow.statement_id), col(FigureRow.position))
)
_CITATIONS = (
    select(col(CitationRow.statement_id), col(CitationRow.locator), *columns_for(Source, SourceRow))
    .join_from(CitationRow, SourceRow, col(SourceRow.id) == col(CitationRow.source_id))
    .where(col(CitationRow.statement_id).in_(many()))
    .order_by(col(CitationRow.statement_id), col(CitationRow.position))
)


def _conflicts_query() -> Any:
    wanted, member = aliased(ConflictMemberRow), aliased(ConflictMemberRow)
    conflict = (ConflictRow.concept_slug, ConflictRow.position, ConflictRow.preferred_id, ConflictRow.why)
    return (
        select(wanted.statement_id, member.statement_id, *conflict)  # type: ignore[call-overload]  # columns
        .join_from(
            wanted,
            ConflictRow,
            and_(col(ConflictRow.concept_slug) == wanted.concept_slug, col(ConflictRow.position) == wanted.conflict_position),
        )
        .join(
            member,
            and_(col(member.concept_slug) == wanted.concept_slug, col(member.conflict_position) == wanted.conflict_position),
        )
        .where(col(wanted.statement_id).in_(many()))
        .order_by(col(wanted.statement_id), col(wanted.concept_slug), col(wanted.conflict_position), col(member.position))
    )


_CONFLICTS = _conflicts_query()


def whole(session: Session, rows: Rows) -> list[Statement]:
    """The statements of these rows of STATEMENT_COLUMNS, in their order."""
    if not rows:
        return []
    ids = [row[0] for row in rows]
    concepts = _grouped(fetch_many(session, _CONCEPTS, ids))
    companions = _grouped(fetch_many(session, _COMPANIONS, ids))
    figures = _figures(session, ids)
    citations = _citations(session, ids)
    conflicts = _conflicts(session, ids)
    return [
        Statement(
            statement_id,
            position,
            _ASPECTS[aspect],
            _AUDIENCES[audience],
            text,
            _REGIONS[region] if region else None,
            _BASES[basis],
            second_read,
            tuple(origin),
            tuple(concepts[statement_id]),
            tuple(figures[statement_id]),
            tuple(citations[statement_id]),
            tuple(conflicts[statement_id]),
            tuple(companions[statement_id]),
        )
        for statement_id, position, aspect, audience, text, region, basis, second_read, origin in rows
    ]


def _grouped(pairs: Rows) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return grouped


def _figures(session: Session, ids: Sequence[str]) -> dict[str, list[Figure]]:
    return _grouped([(row[0], _figure(row[1:])) for row in fetch_many(session, _FIGURES, ids)])


def to_figure(row: FigureRow) -> Figure:
    """A figure row as the frozen shape."""
    return _figure([getattr(row, column.key) for column in _FIGURE_COLUMNS])


def _figure(values: Any) -> Figure:
    """A figure from the values of _FIGURE_COLUMNS; an interval counts only when it is whole."""
    low, high, level, origin = values[8:12]
    whole_interval = low is not None and high is not None and level is not None
    interval = Interval(low, high, level, str(origin)) if whole_interval else None
    members: Any = (*values[:8], interval, *values[12:])
    return Figure(*members)


def _citations(session: Session, ids: Sequence[str]) -> dict[str, list[Citation]]:
    sources: dict[str, Source] = {}
    grouped: dict[str, list[Citation]] = defaultdict(list)
    for row in fetch_many(session, _CITATIONS, ids):
        source = sources.get(row[2])
        if source is None:
            source = sources[row[2]] = Source(*row[2:])
        grouped[row[0]].append(Citation(source, row[1]))
    return grouped


def _conflicts(session: Session, ids: Sequence[str]) -> dict[str, list[Conflict]]:
    members: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    told: dict[tuple[str, str, int], tuple[str | None, str]] = {}
    for statement_id, other, slug, position, preferred, why in fetch_many(session, _CONFLICTS, ids):
        members[statement_id, slug, position].append(other)
        told[statement_id, slug, position] = (preferred, why)
    grouped: dict[str, list[Conflict]] = defaultdict(list)
    for key, (preferred, why) in told.items():
        grouped[key[0]].append(Conflict(tuple(members[key]), preferred, why))
    return grouped
