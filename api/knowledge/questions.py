"""Questions people ask, with answers made of statements, out of the store."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import or_
from sqlmodel import Session, col, select

from api.knowledge.catalogue import Catalogue
from api.knowledge.lens import Lens, passages
from api.knowledge.listing import Page, Window, page_of
from api.knowledge.statements import load_statements
from api.knowledge.views import ConceptReference, Question, Statement
from api.store.tables import AnswerLineRow, QuestionConceptRow, QuestionRow, QuestionVariantRow
from api.vocabulary import Audience


def get_question(session: Session, catalogue: Catalogue, slug: str, lens: Lens) -> Question:
    """One question with its answers. Raises NotFound with the nearest slugs."""
    if slug not in catalogue.questions:
        raise catalogue.missing_question(slug)
    rows = session.exec(select(QuestionRow).where(QuestionRow.slug == slug)).all()
    return _questions(session, catalogue, rows, lens)[0]


def list_questions(
    session: Session, catalogue: Catalogue, topic: str | None, about: tuple[str, ...], window: Window, lens: Lens
) -> Page[Question]:
    """A page of questions with their answers, of one topic and about every one of some concepts when named."""
    query = select(QuestionRow)
    if topic:
        query = query.where(QuestionRow.topic_slug == topic)
    for concept in about:
        named = select(QuestionConceptRow.question_slug).where(QuestionConceptRow.concept_slug == concept)
        query = query.where(or_(col(QuestionRow.slug).in_(named), col(QuestionRow.topic_slug) == concept))
    page = page_of(session, query, QuestionRow.position, window)
    return Page(tuple(_questions(session, catalogue, page.items, lens)), page.total, page.next_after)


def _questions(session: Session, catalogue: Catalogue, rows: Sequence[QuestionRow], lens: Lens) -> list[Question]:
    slugs = [row.slug for row in rows]
    variants = _variants(session, slugs)
    concepts = _concepts(session, catalogue, slugs)
    answers = _answers(session, slugs)
    return [
        Question(
            slug=row.slug,
            text=row.text,
            topic=catalogue.concepts[row.topic_slug],
            variants=tuple(variants[row.slug]),
            concepts=tuple(concepts[row.slug]),
            answers=passages(lens, answers[row.slug]),
        )
        for row in rows
    ]


def _variants(session: Session, slugs: Sequence[str]) -> dict[str, list[str]]:
    query = (
        select(QuestionVariantRow)
        .where(col(QuestionVariantRow.question_slug).in_(slugs))
        .order_by(col(QuestionVariantRow.position))
    )
    grouped: dict[str, list[str]] = defaultdict(list)
    for row in session.exec(query).all():
        grouped[row.question_slug].append(row.text)
    return grouped


def _concepts(session: Session, catalogue: Catalogue, slugs: Sequence[str]) -> dict[str, list[ConceptReference]]:
    query = (
        select(QuestionConceptRow)
        .where(col(QuestionConceptRow.question_slug).in_(slugs))
        .order_by(col(QuestionConceptRow.position))
    )
    grouped: dict[str, list[ConceptReference]] = defaultdict(list)
    for row in session.exec(query).all():
        grouped[row.question_slug].append(catalogue.concepts[row.concept_slug])
    return grouped


def _answers(session: Session, slugs: Sequence[str]) -> dict[str, dict[Audience, list[Statement]]]:
    query = select(AnswerLineRow).where(col(AnswerLineRow.question_slug).in_(slugs)).order_by(col(AnswerLineRow.position))
    lines = session.exec(query).all()
    statements = {s.id: s for s in load_statements(session, [line.statement_id for line in lines])}
    grouped: dict[str, dict[Audience, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        grouped[line.question_slug][Audience(line.audience)].append(statements[line.statement_id])
    return grouped
