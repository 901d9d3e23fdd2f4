"""Statements out of the store, whole: each with figures, citations, conflicts and companions, in a fixed number of queries."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from api.errors import NotFound
from api.knowledge.listing import Page, Window, page_of
from api.knowledge.sources import to_source
from api.knowledge.views import Citation, Conflict, Figure, Interval, Statement
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
from api.vocabulary import STATEMENT_ID_PATTERN, Aspect, Audience, Basis, Region

IdSelect = SelectOfScalar[str]


def about(slug: str) -> IdSelect:
    """The ids of the statements about a concept, its own and others'."""
    return select(StatementConceptRow.statement_id).where(StatementConceptRow.concept_slug == slug)


def with_beside(ids: IdSelect) -> IdSelect:
    """These ids, the rival readings of their conflicts, and all companions of both, however far they lead."""
    member, rival = aliased(ConflictMemberRow), aliased(ConflictMemberRow)
    same_conflict = and_(col(member.concept_slug) == rival.concept_slug, col(member.conflict_position) == rival.conflict_position)
    rivals = select(rival.statement_id).join(member, same_conflict).where(col(member.statement_id).in_(ids))
    first = select(StatementRow.id).where(or_(col(StatementRow.id).in_(ids), col(StatementRow.id).in_(rivals)))
    gathered = first.cte("gathered", recursive=True)
    companions = select(StatementCompanionRow.companion_id).join(
        gathered, col(StatementCompanionRow.statement_id) == gathered.c.id
    )
    return select(gathered.union(companions).c.id)


def get_statement(session: Session, statement_id: str) -> Statement:
    """One statement. Raises NotFound, naming the nearest ids of the same concept."""
    well_formed = re.fullmatch(STATEMENT_ID_PATTERN, statement_id)
    found = load_statements(session, [statement_id]) if well_formed else []
    if not found:
        raise NotFound("statement", statement_id[:80], _nearest(session, statement_id))
    return found[0]


@dataclass(frozen=True)
class StatementFilter:
    """Which statements a list holds; None leaves a side open."""

    concept: str | None = None
    source: str | None = None
    aspect: Aspect | None = None
    audience: Audience | None = None
    region: Region | None = None
    basis: Basis | None = None


def list_statements(session: Session, wanted: StatementFilter, window: Window) -> Page[Statement]:
    """A page of statements in the order of the release."""
    query = select(StatementRow)
    if wanted.concept:
        query = query.where(col(StatementRow.id).in_(about(wanted.concept)))
    if wanted.source:
        cited = select(CitationRow.statement_id).where(CitationRow.source_id == wanted.source)
        query = query.where(col(StatementRow.id).in_(cited))
    for column in ("aspect", "audience", "region", "basis"):
        if value := getattr(wanted, column):
            query = query.where(getattr(StatementRow, column) == value)
    page = page_of(session, query, StatementRow.position, window)
    statements = load_statements(session, [row.id for row in page.items])
    ordered = statements[::-1] if window.descending else statements
    return Page(tuple(ordered), page.total, page.next_after)


def _nearest(session: Session, statement_id: str) -> tuple[str, ...]:
    slug = statement_id[:80].rpartition("-")[0].replace("\0", "")
    query = select(StatementRow.id).where(StatementRow.concept_slug == slug).order_by(col(StatementRow.position)).limit(3)
    return tuple(session.exec(query).all())


def load_statements(session: Session, ids: IdSelect | Sequence[str]) -> list[Statement]:
    """The statements of these ids in the order of the release; six queries however many there are."""
    rows = session.exec(select(StatementRow).where(col(StatementRow.id).in_(ids)).order_by(col(StatementRow.position))).all()
    chosen = [row.id for row in rows]
    concepts = _concepts(session, chosen)
    companions = _companions(session, chosen)
    figures = _figures(session, chosen)
    citations = _citations(session, chosen)
    conflicts = _conflicts(session, chosen)
    return [
        Statement(
            id=row.id,
            position=row.position,
            aspect=Aspect(row.aspect),
            audience=Audience(row.audience),
            text=row.text,
            region=Region(row.region) if row.region else None,
            basis=Basis(row.basis),
            second_read=row.second_read,
            origin=tuple(row.origin),
            concepts=tuple(concepts[row.id]),
            figures=tuple(figures[row.id]),
            citations=tuple(citations[row.id]),
            conflicts=tuple(conflicts[row.id]),
            show_with=tuple(companions[row.id]),
        )
        for row in rows
    ]


def _concepts(session: Session, ids: Sequence[str]) -> dict[str, list[str]]:
    query = (
        select(StatementConceptRow.statement_id, StatementConceptRow.concept_slug)
        .where(col(StatementConceptRow.statement_id).in_(ids))
        .order_by(col(StatementConceptRow.statement_id), col(StatementConceptRow.position))
    )
    return _grouped(session.exec(query).all())


def _companions(session: Session, ids: Sequence[str]) -> dict[str, list[str]]:
    query = (
        select(StatementCompanionRow.statement_id, StatementCompanionRow.companion_id)
        .where(col(StatementCompanionRow.statement_id).in_(ids))
        .order_by(col(StatementCompanionRow.statement_id), col(StatementCompanionRow.position))
    )
    return _grouped(session.exec(query).all())


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return grouped


def _figures(session: Session, ids: Sequence[str]) -> dict[str, list[Figure]]:
    query = select(FigureRow).where(col(FigureRow.statement_id).in_(ids)).order_by(col(FigureRow.position))
    grouped: dict[str, list[Figure]] = defaultdict(list)
    for row in session.exec(query).all():
        grouped[row.statement_id].append(to_figure(row))
    return grouped


def to_figure(row: FigureRow) -> Figure:
    """A figure row as the frozen shape."""
    interval = None
    if row.interval_low is not None and row.interval_high is not None and row.interval_level is not None:
        interval = Interval(row.interval_low, row.interval_high, row.interval_level, str(row.interval_origin))
    return Figure(
        measure=row.measure,
        unit=row.unit,
        value=row.value,
        low=row.low,
        high=row.high,
        comparison=row.comparison,
        events=row.events,
        n=row.n,
        interval=interval,
        what=row.what,
        among=row.among,
        morphology=row.morphology_slug,
        distribution=row.distribution_slug,
        design=row.design,
        years=row.years,
    )


def _citations(session: Session, ids: Sequence[str]) -> dict[str, list[Citation]]:
    query = (
        select(CitationRow, SourceRow)
        .join(SourceRow, col(SourceRow.id) == col(CitationRow.source_id))
        .where(col(CitationRow.statement_id).in_(ids))
        .order_by(col(CitationRow.position))
    )
    grouped: dict[str, list[Citation]] = defaultdict(list)
    for citation, source in session.exec(query).all():
        grouped[citation.statement_id].append(Citation(to_source(source), citation.locator))
    return grouped


def _conflicts(session: Session, ids: Sequence[str]) -> dict[str, list[Conflict]]:
    wanted, member = aliased(ConflictMemberRow), aliased(ConflictMemberRow)
    query = (
        select(wanted.statement_id, ConflictRow, member.statement_id)
        .join(
            ConflictRow,
            (col(ConflictRow.concept_slug) == wanted.concept_slug) & (col(ConflictRow.position) == wanted.conflict_position),
        )
        .join(
            member,
            and_(col(member.concept_slug) == wanted.concept_slug, col(member.conflict_position) == wanted.conflict_position),
        )
        .where(col(wanted.statement_id).in_(ids))
        .order_by(col(wanted.statement_id), col(wanted.concept_slug), col(wanted.conflict_position), col(member.position))
    )
    members: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    told: dict[tuple[str, str, int], ConflictRow] = {}
    for statement_id, conflict, other in session.exec(query).all():
        key = (statement_id, conflict.concept_slug, conflict.position)
        members[key].append(other)
        told[key] = conflict
    grouped: dict[str, list[Conflict]] = defaultdict(list)
    for key, conflict in told.items():
        grouped[key[0]].append(Conflict(tuple(members[key]), conflict.preferred_id, conflict.why))
    return grouped
