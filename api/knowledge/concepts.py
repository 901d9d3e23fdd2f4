"""Concepts of every kind out of the store: lists of briefs and whole cards, each in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Select, case, or_, select
from sqlmodel import Session, col

from api.knowledge.catalogue import Catalogue
from api.knowledge.lens import Lens, passages, seen_through
from api.knowledge.listing import Page, Window, page_of
from api.knowledge.moved import is_slug
from api.knowledge.prepared import columns, fetch, fetch_many, many, one
from api.knowledge.references import REFERENCE_COLUMNS, refuse_missing, to_reference
from api.knowledge.statements import load_card_statements, load_statements
from api.knowledge.views import (
    Attributes,
    Brief,
    Concept,
    Gap,
    Label,
    Link,
    QuestionToAsk,
    Review,
    Statement,
)
from api.store.tables import (
    AnswerLineRow,
    ConceptRow,
    GapRow,
    LabelRow,
    QuestionConceptRow,
    QuestionRow,
    QuestionToAskRow,
    RelationRow,
    StatementConceptRow,
    SummaryLineRow,
)
from api.vocabulary import Aspect, Audience, ConceptKind, LabelKind, RelationKind

_BELONGING = (
    RelationKind.APPEARS_AS,
    RelationKind.DISTRIBUTED_AS,
    RelationKind.FOLLOWED_BY,
    RelationKind.MAPS_TO,
    RelationKind.KIND_OF,
)
ORDERS: dict[str, Any] = {"slug": ConceptRow.position, "name": ConceptRow.name_rank}

_ATTRIBUTES = tuple(member.name for member in fields(Attributes))
_REVIEW = ("review_status", "review_checked_on", "review_by", "review_next_due")
_CONCEPT_COLUMNS = [*REFERENCE_COLUMNS, *columns(ConceptRow, ("position", "name_rank", *_REVIEW, *_ATTRIBUTES))]
_CONCEPT = select(*_CONCEPT_COLUMNS).where(col(ConceptRow.slug) == one("slug"))
_LABELS = (
    select(*columns(LabelRow, ("text", "kind", "language")))
    .where(col(LabelRow.concept_slug) == one("slug"))
    .order_by(col(LabelRow.position))
)
_LINES = select(*columns(SummaryLineRow, ("concept_slug", "audience", "statement_id")))
_IN_READING_ORDER = (col(SummaryLineRow.concept_slug), col(SummaryLineRow.audience), col(SummaryLineRow.position))
_LINES_OF_MANY = _LINES.where(col(SummaryLineRow.concept_slug).in_(many())).order_by(*_IN_READING_ORDER)
_LINES_OF_ONE = _LINES.where(col(SummaryLineRow.concept_slug) == one("slug")).order_by(*_IN_READING_ORDER)
_IS_OUTGOING = col(RelationRow.concept_slug) == one("slug")
_OTHER = case((_IS_OUTGOING, col(RelationRow.target_slug)), else_=col(RelationRow.concept_slug))
_RELATIONS = (
    select(*REFERENCE_COLUMNS, *columns(RelationRow, ("concept_slug", "strength", "statement_ids")), col(RelationRow.kind))
    .join_from(RelationRow, ConceptRow, col(ConceptRow.slug) == _OTHER)
    .where(or_(col(RelationRow.concept_slug) == one("slug"), col(RelationRow.target_slug) == one("slug")))
    .order_by(col(RelationRow.kind), col(RelationRow.concept_slug), col(RelationRow.position))
)
_TO_ASK = (
    select(*columns(QuestionToAskRow, ("text", "because_id")))
    .where(col(QuestionToAskRow.concept_slug) == one("slug"))
    .order_by(col(QuestionToAskRow.position))
)
_GAPS = (
    select(*columns(GapRow, ("aspect", "audience", "reason")))
    .where(col(GapRow.concept_slug) == one("slug"))
    .order_by(col(GapRow.position))
)


def _questions_query() -> Select[Any, Any]:
    """Questions that are filed under a concept, name it, or are answered from its statements."""
    filed = select(col(QuestionRow.slug)).where(col(QuestionRow.topic_slug) == one("slug"))
    named = select(col(QuestionConceptRow.question_slug)).where(col(QuestionConceptRow.concept_slug) == one("slug"))
    answered = (
        select(col(AnswerLineRow.question_slug))
        .join(StatementConceptRow, col(StatementConceptRow.statement_id) == col(AnswerLineRow.statement_id))
        .where(col(StatementConceptRow.concept_slug) == one("slug"))
    )
    chosen = col(QuestionRow.slug).in_(filed.union(named, answered))
    return select(col(QuestionRow.slug), col(QuestionRow.text)).where(chosen).order_by(col(QuestionRow.position))


_QUESTIONS = _questions_query()


@dataclass(frozen=True)
class ConceptFilter:
    """Which concepts a list holds: attribute values, and slugs of concepts they must be linked to."""

    kind: ConceptKind | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    linked_to: tuple[str, ...] = ()


def list_concepts(session: Session, wanted: ConceptFilter, order: str, window: Window, lens: Lens) -> Page[Brief]:
    """A page of briefs. The order is a key of ORDERS."""
    query = select(*_CONCEPT_COLUMNS)
    if wanted.kind:
        query = query.where(col(ConceptRow.kind) == wanted.kind)
    for column, value in wanted.attributes:
        query = query.where(getattr(ConceptRow, column) == value)
    for slug in wanted.linked_to:
        query = query.where(col(ConceptRow.slug).in_(_linked(slug)))
    page = page_of(session, query, ORDERS[order], window, wanted)
    summaries = _summaries(session, [row.slug for row in page.items])
    briefs = tuple(
        Brief(to_reference(row), _attributes(row), _review(row), passages(lens, summaries[row.slug])) for row in page.items
    )
    return Page(briefs, page.total, page.next_after)


def _linked(slug: str) -> Any:
    """The slugs of the concepts that belong with one; what is only confused with it or related to it does not."""
    belongs = col(RelationRow.kind).in_(_BELONGING)
    outgoing = select(col(RelationRow.target_slug)).where(col(RelationRow.concept_slug) == slug, belongs)
    incoming = select(col(RelationRow.concept_slug)).where(col(RelationRow.target_slug) == slug, belongs)
    return outgoing.union(incoming)


def _summaries(session: Session, slugs: Sequence[str]) -> dict[str, dict[Audience, list[Statement]]]:
    lines = fetch_many(session, _LINES_OF_MANY, slugs)
    statements = {s.id: s for s in load_statements(session, list({line.statement_id for line in lines}))}
    grouped: dict[str, dict[Audience, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for slug, audience, statement_id in lines:
        grouped[slug][Audience(audience)].append(statements[statement_id])
    return grouped


def get_concept(session: Session, catalogue: Catalogue, slug: str, kind: ConceptKind | None, lens: Lens) -> Concept:
    """The whole card of a concept. Raises NotFound, Renamed or Retired."""
    rows = fetch(session, _CONCEPT, slug=slug) if is_slug(slug) else ()
    if not rows or kind not in (None, rows[0].kind):
        refuse_missing(session, slug, kind)
    row = rows[0]
    loaded = seen_through(lens, load_card_statements(session, slug))
    own = [statement for statement in loaded if slug in statement.concepts]
    own.sort(key=lambda statement: (statement.concepts[0] != slug, statement.position))
    lines = _summary_lines(session, slug, {statement.id: statement for statement in loaded})
    return Concept(
        reference=to_reference(row),
        attributes=_attributes(row),
        review=_review(row),
        labels=_labels(session, row),
        summary=passages(lens, lines),
        statements=tuple(own),
        beside=tuple(statement for statement in loaded if slug not in statement.concepts),
        links=_links(session, slug),
        questions_to_ask=_questions_to_ask(session, slug),
        gaps=_gaps(session, slug, lens),
        questions=_questions(session, slug),
        codes=catalogue.codes.of_concept(slug),
    )


def _attributes(row: Any) -> Attributes:
    return Attributes(*(getattr(row, name) for name in _ATTRIBUTES))


def _review(row: Any) -> Review:
    return Review(row.review_status, row.review_checked_on, row.review_by, row.review_next_due)


def _labels(session: Session, row: Any) -> tuple[Label, ...]:
    others = [Label(*label) for label in fetch(session, _LABELS, slug=row.slug)]
    first = [Label(row.name, LabelKind.PREFERRED, "en")]
    if row.plain_name.casefold() not in {row.name.casefold(), *(label.text.casefold() for label in others)}:
        first.append(Label(row.plain_name, LabelKind.LAY, "en"))
    return (*first, *others)


def _summary_lines(session: Session, slug: str, loaded: dict[str, Statement]) -> dict[Audience, list[Statement]]:
    grouped: dict[Audience, list[Statement]] = defaultdict(list)
    for _, audience, statement_id in fetch(session, _LINES_OF_ONE, slug=slug):
        if statement_id in loaded:
            grouped[Audience(audience)].append(loaded[statement_id])
    return grouped


def _links(session: Session, slug: str) -> tuple[Link, ...]:
    links = []
    for row in fetch(session, _RELATIONS, slug=slug):
        read_from, strength, statement_ids, kind = row[len(REFERENCE_COLUMNS) :]
        links.append(Link(RelationKind(kind), read_from == slug, to_reference(row), strength, tuple(statement_ids)))
    return tuple(links)


def _questions_to_ask(session: Session, slug: str) -> tuple[QuestionToAsk, ...]:
    return tuple(QuestionToAsk(*row) for row in fetch(session, _TO_ASK, slug=slug))


def _gaps(session: Session, slug: str, lens: Lens) -> tuple[Gap, ...]:
    gaps = [Gap(Aspect(aspect), Audience(audience), reason) for aspect, audience, reason in fetch(session, _GAPS, slug=slug)]
    return tuple(gap for gap in gaps if gap.audience in lens.audiences)


def _questions(session: Session, slug: str) -> tuple[tuple[str, str], ...]:
    return tuple((row[0], row[1]) for row in fetch(session, _QUESTIONS, slug=slug))
