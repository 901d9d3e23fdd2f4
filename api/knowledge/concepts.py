"""Concepts of every kind out of the store: lists of briefs and whole cards, each in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields

from sqlalchemy import or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from api.knowledge.catalogue import Catalogue
from api.knowledge.lens import Lens, passages, seen_through
from api.knowledge.listing import Page, Window, page_of
from api.knowledge.statements import about, load_statements, with_beside
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
ORDERS = {"slug": ConceptRow.position, "name": ConceptRow.name_rank}


@dataclass(frozen=True)
class ConceptFilter:
    """Which concepts a list holds: attribute values, and slugs of concepts they must be linked to."""

    kind: ConceptKind | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    linked_to: tuple[str, ...] = ()


def list_concepts(
    session: Session, catalogue: Catalogue, wanted: ConceptFilter, order: str, window: Window, lens: Lens
) -> Page[Brief]:
    """A page of briefs. The order is a key of ORDERS."""
    query = select(ConceptRow)
    if wanted.kind:
        query = query.where(ConceptRow.kind == wanted.kind)
    for column, value in wanted.attributes:
        query = query.where(getattr(ConceptRow, column) == value)
    for slug in wanted.linked_to:
        query = query.where(col(ConceptRow.slug).in_(_linked(slug)))
    page = page_of(session, query, ORDERS[order], window)
    summaries = _summaries(session, [row.slug for row in page.items])
    briefs = tuple(
        Brief(catalogue.concepts[row.slug], _attributes(row), _review(row), passages(lens, summaries[row.slug]))
        for row in page.items
    )
    return Page(briefs, page.total, page.next_after)


def _linked(slug: str) -> SelectOfScalar[str]:
    """The slugs of the concepts that belong with one; what is only confused with it or related to it does not."""
    belongs = col(RelationRow.kind).in_(_BELONGING)
    outgoing = select(RelationRow.target_slug).where(RelationRow.concept_slug == slug, belongs)
    incoming = select(RelationRow.concept_slug).where(RelationRow.target_slug == slug, belongs)
    return select(ConceptRow.slug).where(or_(col(ConceptRow.slug).in_(outgoing), col(ConceptRow.slug).in_(incoming)))


def _summaries(session: Session, slugs: Sequence[str]) -> dict[str, dict[Audience, list[Statement]]]:
    lines = session.exec(
        select(SummaryLineRow)
        .where(col(SummaryLineRow.concept_slug).in_(slugs))
        .order_by(col(SummaryLineRow.concept_slug), col(SummaryLineRow.audience), col(SummaryLineRow.position))
    ).all()
    statements = {s.id: s for s in load_statements(session, [line.statement_id for line in lines])}
    grouped: dict[str, dict[Audience, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        grouped[line.concept_slug][Audience(line.audience)].append(statements[line.statement_id])
    return grouped


def get_concept(session: Session, catalogue: Catalogue, slug: str, kind: ConceptKind | None, lens: Lens) -> Concept:
    """The whole card of a concept. Raises NotFound, Renamed or Retired."""
    reference = catalogue.concept(slug, kind)
    row = session.exec(select(ConceptRow).where(ConceptRow.slug == slug)).one()
    own_ids = set(session.exec(about(slug)).all())
    loaded = seen_through(lens, load_statements(session, with_beside(about(slug))))
    own = [statement for statement in loaded if statement.id in own_ids]
    own.sort(key=lambda statement: (statement.concepts[0] != slug, statement.position))
    lines = _summary_lines(session, slug, {statement.id: statement for statement in loaded})
    return Concept(
        reference=reference,
        attributes=_attributes(row),
        review=_review(row),
        labels=_labels(session, row),
        summary=passages(lens, lines),
        statements=tuple(own),
        beside=tuple(statement for statement in loaded if statement.id not in own_ids),
        links=_links(session, catalogue, slug),
        questions_to_ask=_questions_to_ask(session, slug),
        gaps=_gaps(session, slug, lens),
        questions=_questions(session, slug),
        codes=catalogue.codes.of_concept(slug),
    )


def _attributes(row: ConceptRow) -> Attributes:
    return Attributes(**{item.name: getattr(row, item.name) for item in fields(Attributes)})


def _review(row: ConceptRow) -> Review:
    return Review(row.review_status, row.review_checked_on, row.review_by, row.review_next_due)


def _labels(session: Session, row: ConceptRow) -> tuple[Label, ...]:
    query = select(LabelRow).where(LabelRow.concept_slug == row.slug).order_by(col(LabelRow.position))
    others = [Label(label.text, label.kind, label.language) for label in session.exec(query).all()]
    first = [Label(row.name, LabelKind.PREFERRED, "en")]
    if row.plain_name.casefold() not in {row.name.casefold(), *(label.text.casefold() for label in others)}:
        first.append(Label(row.plain_name, LabelKind.LAY, "en"))
    return (*first, *others)


def _summary_lines(session: Session, slug: str, loaded: dict[str, Statement]) -> dict[Audience, list[Statement]]:
    query = select(SummaryLineRow).where(SummaryLineRow.concept_slug == slug).order_by(col(SummaryLineRow.position))
    grouped: dict[Audience, list[Statement]] = defaultdict(list)
    for line in session.exec(query).all():
        if line.statement_id in loaded:
            grouped[Audience(line.audience)].append(loaded[line.statement_id])
    return grouped


def _links(session: Session, catalogue: Catalogue, slug: str) -> tuple[Link, ...]:
    query = (
        select(RelationRow)
        .where(or_(col(RelationRow.concept_slug) == slug, col(RelationRow.target_slug) == slug))
        .order_by(col(RelationRow.kind), col(RelationRow.concept_slug), col(RelationRow.position))
    )
    links = []
    for row in session.exec(query).all():
        outgoing = row.concept_slug == slug
        other = catalogue.concepts[row.target_slug if outgoing else row.concept_slug]
        links.append(Link(RelationKind(row.kind), outgoing, other, row.strength, tuple(row.statement_ids)))
    return tuple(links)


def _questions_to_ask(session: Session, slug: str) -> tuple[QuestionToAsk, ...]:
    query = select(QuestionToAskRow).where(QuestionToAskRow.concept_slug == slug).order_by(col(QuestionToAskRow.position))
    return tuple(QuestionToAsk(row.text, row.because_id) for row in session.exec(query).all())


def _gaps(session: Session, slug: str, lens: Lens) -> tuple[Gap, ...]:
    query = select(GapRow).where(GapRow.concept_slug == slug).order_by(col(GapRow.position))
    gaps = [Gap(Aspect(row.aspect), Audience(row.audience), row.reason) for row in session.exec(query).all()]
    return tuple(gap for gap in gaps if gap.audience in lens.audiences)


def _questions(session: Session, slug: str) -> tuple[tuple[str, str], ...]:
    """Slug and wording of the questions that are filed under a concept, name it, or are answered from its statements."""
    named = select(QuestionConceptRow.question_slug).where(QuestionConceptRow.concept_slug == slug)
    answered = (
        select(AnswerLineRow.question_slug)
        .join(StatementConceptRow, col(StatementConceptRow.statement_id) == col(AnswerLineRow.statement_id))
        .where(StatementConceptRow.concept_slug == slug)
    )
    chosen = or_(col(QuestionRow.topic_slug) == slug, col(QuestionRow.slug).in_(named), col(QuestionRow.slug).in_(answered))
    query = select(QuestionRow.slug, QuestionRow.text).where(chosen).order_by(col(QuestionRow.position))
    return tuple((row[0], row[1]) for row in session.exec(query).all())
