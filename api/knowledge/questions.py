"""Questions people ask, with answers made of statements, out of the store."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select
from sqlmodel import Session, col

from api.knowledge.catalogue import Catalogue
from api.knowledge.lens import Lens, passages
from api.knowledge.listing import Page, Window, page_of
from api.knowledge.prepared import Rows, columns, fetch, fetch_many, many, one
from api.knowledge.statements import load_statements
from api.knowledge.views import ConceptReference, Question, Statement
from api.store.tables import AnswerLineRow, QuestionConceptRow, QuestionRow, QuestionVariantRow
from api.vocabulary import Audience

_COLUMNS = columns(QuestionRow, ("slug", "text", "topic_slug", "position"))
_ONE = select(*_COLUMNS).where(col(QuestionRow.slug) == one("slug"))
_ALL = select(*_COLUMNS).order_by(col(QuestionRow.position))
_VARIANTS = (
    select(col(QuestionVariantRow.question_slug), col(QuestionVariantRow.text))
    .where(col(QuestionVariantRow.question_slug).in_(many()))
    .order_by(col(QuestionVariantRow.question_slug), col(QuestionVariantRow.position))
)
_CONCEPTS = (
    select(col(QuestionConceptRow.question_slug), col(QuestionConceptRow.concept_slug))
    .where(col(QuestionConceptRow.question_slug).in_(many()))
    .order_by(col(QuestionConceptRow.question_slug), col(QuestionConceptRow.position))
)
_LINES = (
    select(col(AnswerLineRow.question_slug), col(AnswerLineRow.audience), col(AnswerLineRow.statement_id))
    .where(col(AnswerLineRow.question_slug).in_(many()))
    .order_by(col(AnswerLineRow.question_slug), col(AnswerLineRow.audience), col(AnswerLineRow.position))
)


def get_question(session: Session, catalogue: Catalogue, slug: str, lens: Lens) -> Question:
    """One question with its answers. Raises NotFound with the nearest slugs."""
    if slug not in catalogue.questions:
        raise catalogue.missing_question(slug)
    return _questions(session, catalogue, fetch(session, _ONE, slug=slug), lens)[0]


def list_questions(
    session: Session, catalogue: Catalogue, topic: str | None, about: tuple[str, ...], window: Window, lens: Lens
) -> Page[Question]:
    """A page of questions with their answers, of one topic and about every one of some concepts when named."""
    query = select(*_COLUMNS)
    if topic:
        query = query.where(col(QuestionRow.topic_slug) == topic)
    for concept in about:
        named = select(col(QuestionConceptRow.question_slug)).where(col(QuestionConceptRow.concept_slug) == concept)
        query = query.where(or_(col(QuestionRow.slug).in_(named), col(QuestionRow.topic_slug) == concept))
    page = page_of(session, query, QuestionRow.position, window, (topic, about))
    return Page(tuple(_questions(session, catalogue, page.items, lens)), page.total, page.next_after)


def all_questions(session: Session, catalogue: Catalogue, statements: Mapping[str, Statement]) -> tuple[Question, ...]:
    """Every question with all its answers, made of statements that are in memory already."""
    return tuple(_questions(session, catalogue, fetch(session, _ALL), Lens(), statements))


def _questions(
    session: Session, catalogue: Catalogue, rows: Rows, lens: Lens, statements: Mapping[str, Statement] | None = None
) -> list[Question]:
    slugs = [row.slug for row in rows]
    variants = _variants(session, slugs)
    concepts = _concepts(session, catalogue, slugs)
    answers = _answers(session, slugs, statements)
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
    grouped: dict[str, list[str]] = defaultdict(list)
    for slug, text in fetch_many(session, _VARIANTS, slugs):
        grouped[slug].append(text)
    return grouped


def _concepts(session: Session, catalogue: Catalogue, slugs: Sequence[str]) -> dict[str, list[ConceptReference]]:
    grouped: dict[str, list[ConceptReference]] = defaultdict(list)
    for slug, concept_slug in fetch_many(session, _CONCEPTS, slugs):
        grouped[slug].append(catalogue.concepts[concept_slug])
    return grouped


def _answers(
    session: Session, slugs: Sequence[str], statements: Mapping[str, Statement] | None
) -> dict[str, dict[Audience, list[Statement]]]:
    lines = fetch_many(session, _LINES, slugs)
    if statements is None:
        statements = {s.id: s for s in load_statements(session, list({line.statement_id for line in lines}))}
    grouped: dict[str, dict[Audience, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for slug, audience, statement_id in lines:
        grouped[slug][Audience(audience)].append(statements[statement_id])
    return grouped
