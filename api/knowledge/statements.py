"""Statements out of the store, whole: each with figures, citations, conflicts and companions, in a fixed number of queries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, or_
from sqlalchemy import select as plain_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from api.errors import NotFound
from api.knowledge.listing import Page, Window, page_of
from api.knowledge.moved import refuse_retired
from api.knowledge.prepared import columns, fetch, fetch_many, many, one
from api.knowledge.views import Statement
from api.knowledge.whole import STATEMENT_COLUMNS, to_figure, whole
from api.store.tables import (
    CitationRow,
    ConflictMemberRow,
    StatementCompanionRow,
    StatementConceptRow,
    StatementRow,
    SummaryLineRow,
)
from api.vocabulary import STATEMENT_ID_PATTERN, Aspect, Audience, Basis, Region

__all__ = ["StatementFilter", "about", "get_statement", "list_statements", "load_statements", "to_figure", "with_beside"]

IdSelect = SelectOfScalar[str]


def about(slug: Any) -> IdSelect:
    """The ids of the statements about a concept, its own and others'; the slug may be a parameter."""
    return select(StatementConceptRow.statement_id).where(StatementConceptRow.concept_slug == slug)


def shown(slug: Any) -> IdSelect:
    """The ids of the statements about a concept, and of those its summary borrows from others."""
    lines = select(SummaryLineRow.statement_id).where(SummaryLineRow.concept_slug == slug)
    return select(StatementRow.id).where(or_(col(StatementRow.id).in_(about(slug)), col(StatementRow.id).in_(lines)))


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
    """One statement. Raises Retired, or NotFound naming the nearest ids of the same concept."""
    well_formed = re.fullmatch(STATEMENT_ID_PATTERN, statement_id)
    found = load_statements(session, [statement_id]) if well_formed else []
    if not found:
        refuse_retired(session, statement_id)
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
    query = plain_select(*STATEMENT_COLUMNS)
    if wanted.concept:
        query = query.where(col(StatementRow.id).in_(about(wanted.concept)))
    if wanted.source:
        cited = select(CitationRow.statement_id).where(CitationRow.source_id == wanted.source)
        query = query.where(col(StatementRow.id).in_(cited))
    for column in ("aspect", "audience", "region", "basis"):
        if value := getattr(wanted, column):
            query = query.where(getattr(StatementRow, column) == value)
    page = page_of(session, query, StatementRow.position, window, wanted)
    return Page(tuple(whole(session, page.items)), page.total, page.next_after)


def _nearest(session: Session, statement_id: str) -> tuple[str, ...]:
    slug = statement_id[:80].rpartition("-")[0].replace("\0", "")
    query = select(StatementRow.id).where(StatementRow.concept_slug == slug).order_by(col(StatementRow.position)).limit(3)
    return tuple(session.exec(query).all())


def load_statements(session: Session, ids: IdSelect | Sequence[str]) -> list[Statement]:
    """The statements of these ids in the order of the release; six queries however many there are."""
    if isinstance(ids, Sequence):
        return whole(session, sorted(fetch_many(session, _BY_IDS, ids), key=lambda row: row.position))
    return whole(session, fetch(session, _statements(ids)))


def texts_of(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """The sentences of these statements."""
    return {row.id: row.text for row in fetch_many(session, _TEXTS, ids)} if ids else {}


def load_card_statements(session: Session, slug: str) -> list[Statement]:
    """The statements about a concept and everything that must be shown beside them, in the order of the release."""
    return whole(session, fetch(session, _CARD, slug=slug))


def _statements(ids: Any) -> Select[Any]:
    return plain_select(*STATEMENT_COLUMNS).where(col(StatementRow.id).in_(ids)).order_by(col(StatementRow.position))


_BY_IDS = _statements(many())
_TEXTS = plain_select(*columns(StatementRow, ("id", "text"))).where(col(StatementRow.id).in_(many()))
_CARD = _statements(with_beside(shown(one("slug"))))
