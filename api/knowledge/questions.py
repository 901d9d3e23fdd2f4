"""Questions people ask, with answers made of statements, out of the store."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import or_, select
from sqlmodel import Session, col

from api.errors import NotFound
from api.knowledge.lens import Lens, passages
from api.knowledge.listing import Page, Window, page_of
from api.knowledge.moved import is_slug, refuse_retired
from api.knowledge.near import LONGEST, near_questions
from api.knowledge.prepared import Rows, columns, fetch, fetch_many, many, one
from api.knowledge.references import find_references
from api.knowledge.statements import load_statements
from api.knowledge.views import Question, Statement
from api.store.tables import AnswerLineRow, QuestionConceptRow, QuestionRow, QuestionVariantRow
from api.vocabulary import Audience

_COLUMNS = columns(QuestionRow, ("slug", "text", "topic_slug", "position"))
_ONE = select(*_COLUMNS).where(col(QuestionRow.slug) == one("slug"))
_AT_ONCE, _BEFORE_ALL = 100, -1
_NEXT = select(*_COLUMNS).where(col(QuestionRow.position) > one("last")).order_by(col(QuestionRow.position)).limit(_AT_ONCE)
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


def get_question(session: Session, slug: str, lens: Lens) -> Question:
    """One question with its answers. Raises Retired, or NotFound with the nearest slugs."""
    rows = fetch(session, _ONE, slug=slug) if is_slug(slug) else ()
    if not rows:
        refuse_retired(session, slug)
        raise NotFound("question", slug[:LONGEST], near_questions(session, slug))
    return _questions(session, rows, lens)[0]


def has_question(session: Session, slug: str) -> bool:
    """Whether a question carries that slug."""
    return is_slug(slug) and bool(fetch(session, _ONE, slug=slug))


def list_questions(session: Session, topic: str | None, about: tuple[str, ...], window: Window, lens: Lens) -> Page[Question]:
    """A page of questions with their answers, of one topic and about every one of some concepts when named."""
    query = select(*_COLUMNS)
    if topic:
        query = query.where(col(QuestionRow.topic_slug) == topic)
    for concept in about:
        named = select(col(QuestionConceptRow.question_slug)).where(col(QuestionConceptRow.concept_slug) == concept)
        query = query.where(or_(col(QuestionRow.slug).in_(named), col(QuestionRow.topic_slug) == concept))
    page = page_of(session, query, QuestionRow.position, window, (topic, about))
    return Page(tuple(_questions(session, page.items, lens)), page.total, page.next_after)


def each_question(session: Session) -> Iterator[Question]:
    """Every question with all its answers, for the rooms that make an index of them: few are in memory at a time."""
    last = _BEFORE_ALL
    while rows := fetch(session, _NEXT, last=last):
        yield from _questions(session, rows, Lens())
        last = rows[-1].position


def _questions(session: Session, rows: Rows, lens: Lens) -> list[Question]:
    slugs = [row.slug for row in rows]
    variants = _grouped(fetch_many(session, _VARIANTS, slugs))
    concepts = _grouped(fetch_many(session, _CONCEPTS, slugs))
    named = {row.topic_slug for row in rows}.union(*concepts.values())
    references = find_references(session, named)
    answers = _answers(session, slugs)
    return [
        Question(
            slug=row.slug,
            text=row.text,
            topic=references[row.topic_slug],
            variants=tuple(variants[row.slug]),
            concepts=tuple(references[slug] for slug in concepts[row.slug]),
            answers=passages(lens, answers[row.slug]),
        )
        for row in rows
    ]


def _grouped(pairs: Rows) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for slug, value in pairs:
        grouped[slug].append(value)
    return grouped


def _answers(session: Session, slugs: Sequence[str]) -> dict[str, dict[Audience, list[Statement]]]:
    lines = fetch_many(session, _LINES, slugs)
    statements = {s.id: s for s in load_statements(session, list({line.statement_id for line in lines}))}
    grouped: dict[str, dict[Audience, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for slug, audience, statement_id in lines:
        grouped[slug][Audience(audience)].append(statements[statement_id])
    return grouped
