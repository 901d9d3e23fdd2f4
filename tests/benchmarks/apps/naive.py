"""The honest plain way: SQLModel classes with relationships, a FastAPI route, a session a request, a response model.

It reads the release file our service reads and gives the same card in the same detail: names, summary, statements with their
figures and sources, links, questions for the appointment, gaps. `app` lets the relations load by themselves; `eager` names
them in the query, as the SQLModel documentation advises. It leaves out what the plain way would leave out: companions and
rival readings from elsewhere, envelope, tags, help on errors.
"""

import os
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel
from sqlalchemy import MetaData
from sqlalchemy.orm import selectinload
from sqlmodel import Field, Relationship, Session, SQLModel, create_engine, select


class Plain(SQLModel):
    """Tables of this file, apart from the service's own."""

    metadata = MetaData()


class Source(Plain, table=True):
    __tablename__ = "source"

    id: str = Field(primary_key=True)
    title: str
    authors: str
    publisher: str | None
    year: int | None
    kind: str
    standing: str
    doi: str | None
    pmid: str | None
    url: str | None


class StatementConcept(Plain, table=True):
    __tablename__ = "statement_concept"

    statement_id: str = Field(primary_key=True, foreign_key="statement.id")
    position: int = Field(primary_key=True)
    concept_slug: str = Field(foreign_key="concept.slug")


class Citation(Plain, table=True):
    __tablename__ = "citation"

    statement_id: str = Field(primary_key=True, foreign_key="statement.id")
    position: int = Field(primary_key=True)
    source_id: str = Field(foreign_key="source.id")
    locator: str
    source: Source = Relationship()


class Figure(Plain, table=True):
    __tablename__ = "figure"

    statement_id: str = Field(primary_key=True, foreign_key="statement.id")
    position: int = Field(primary_key=True)
    measure: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    events: int | None
    n: int | None
    interval_low: float | None
    interval_high: float | None
    among: str | None
    morphology_slug: str | None
    distribution_slug: str | None


class ConflictMember(Plain, table=True):
    __tablename__ = "conflict_member"

    concept_slug: str = Field(primary_key=True)
    conflict_position: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    statement_id: str = Field(foreign_key="statement.id")


class Companion(Plain, table=True):
    __tablename__ = "statement_companion"

    statement_id: str = Field(primary_key=True, foreign_key="statement.id")
    position: int = Field(primary_key=True)
    companion_id: str


class Statement(Plain, table=True):
    __tablename__ = "statement"

    id: str = Field(primary_key=True)
    position: int
    aspect: str
    audience: str
    text: str
    region: str | None
    basis: str
    figures: list[Figure] = Relationship(sa_relationship_kwargs={"order_by": "Figure.position"})
    citations: list[Citation] = Relationship(sa_relationship_kwargs={"order_by": "Citation.position"})
    companions: list[Companion] = Relationship(sa_relationship_kwargs={"order_by": "Companion.position"})
    conflicts: list[ConflictMember] = Relationship()


class Label(Plain, table=True):
    __tablename__ = "label"

    concept_slug: str = Field(primary_key=True, foreign_key="concept.slug")
    position: int = Field(primary_key=True)
    text: str
    kind: str
    language: str


class SummaryLine(Plain, table=True):
    __tablename__ = "summary_line"

    concept_slug: str = Field(primary_key=True, foreign_key="concept.slug")
    audience: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    statement_id: str = Field(foreign_key="statement.id")
    statement: Statement = Relationship()


class Relation(Plain, table=True):
    __tablename__ = "relation"

    concept_slug: str = Field(primary_key=True, foreign_key="concept.slug")
    position: int = Field(primary_key=True)
    kind: str
    target_slug: str = Field(foreign_key="concept.slug")
    strength: str | None
    target: "Concept" = Relationship(sa_relationship_kwargs={"foreign_keys": "Relation.target_slug"})
    concept: "Concept" = Relationship(sa_relationship_kwargs={"foreign_keys": "Relation.concept_slug", "viewonly": True})


class QuestionToAsk(Plain, table=True):
    __tablename__ = "question_to_ask"

    concept_slug: str = Field(primary_key=True, foreign_key="concept.slug")
    position: int = Field(primary_key=True)
    text: str
    because_id: str


class Gap(Plain, table=True):
    __tablename__ = "gap"

    concept_slug: str = Field(primary_key=True, foreign_key="concept.slug")
    position: int = Field(primary_key=True)
    aspect: str
    audience: str
    reason: str


class Concept(Plain, table=True):
    __tablename__ = "concept"

    slug: str = Field(primary_key=True)
    kind: str
    name: str
    plain_name: str
    scheme: str | None
    type_slug: str | None
    suspicion: str | None
    size_low_mm: float | None
    size_high_mm: float | None
    review_status: str
    labels: list[Label] = Relationship(sa_relationship_kwargs={"order_by": "Label.position"})
    statements: list[Statement] = Relationship(
        link_model=StatementConcept, sa_relationship_kwargs={"order_by": "Statement.position", "viewonly": True}
    )
    summary: list[SummaryLine] = Relationship(sa_relationship_kwargs={"order_by": "SummaryLine.position"})
    outgoing: list[Relation] = Relationship(
        sa_relationship_kwargs={"foreign_keys": "Relation.concept_slug", "order_by": "Relation.position"}
    )
    incoming: list[Relation] = Relationship(sa_relationship_kwargs={"foreign_keys": "Relation.target_slug", "viewonly": True})
    questions_to_ask: list[QuestionToAsk] = Relationship(sa_relationship_kwargs={"order_by": "QuestionToAsk.position"})
    gaps: list[Gap] = Relationship(sa_relationship_kwargs={"order_by": "Gap.position"})


class FigureRead(BaseModel):
    measure: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    events: int | None
    n: int | None
    interval_low: float | None
    interval_high: float | None
    among: str | None
    morphology_slug: str | None
    distribution_slug: str | None


class StatementRead(BaseModel):
    id: str
    aspect: str
    audience: str
    text: str
    region: str | None
    basis: str
    figures: list[FigureRead]
    source_ids: list[str]
    show_with: list[str]
    in_conflict: bool


class LinkRead(BaseModel):
    kind: str
    slug: str
    name: str
    plain_name: str
    strength: str | None


class LabelRead(BaseModel):
    text: str
    kind: str
    language: str


class QuestionRead(BaseModel):
    text: str
    because_id: str


class GapRead(BaseModel):
    aspect: str
    audience: str
    reason: str


class ConceptRead(BaseModel):
    slug: str
    kind: str
    name: str
    plain_name: str
    scheme: str | None
    type_slug: str | None
    suspicion: str | None
    size_low_mm: float | None
    size_high_mm: float | None
    review_status: str
    labels: list[LabelRead]
    summary: list[StatementRead]
    statements: list[StatementRead]
    links: list[LinkRead]
    questions_to_ask: list[QuestionRead]
    gaps: list[GapRead]


engine = create_engine(f"sqlite:///{os.environ['BENCH_DATABASE']}", connect_args={"check_same_thread": False})
app = FastAPI()
eager = FastAPI()


def get_session() -> Iterator[Session]:
    """A session a request."""
    with Session(engine) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]


def _whole(*path: Any) -> list[Any]:
    start = selectinload(*path[:1])
    for step in path[1:]:
        start = start.selectinload(step)
    parts = (Statement.figures, Statement.companions, Statement.conflicts)
    return [*(start.selectinload(part) for part in parts), start.selectinload(Statement.citations).selectinload(Citation.source)]  # type: ignore[arg-type]  # attributes of table classes


EAGER = [
    selectinload(Concept.labels),  # type: ignore[arg-type]  # attributes of table classes
    *_whole(Concept.statements),
    *_whole(Concept.summary, SummaryLine.statement),
    selectinload(Concept.outgoing).selectinload(Relation.target),  # type: ignore[arg-type]  # attributes of table classes
    selectinload(Concept.incoming).selectinload(Relation.concept),  # type: ignore[arg-type]  # attributes of table classes
    selectinload(Concept.questions_to_ask),  # type: ignore[arg-type]  # attributes of table classes
    selectinload(Concept.gaps),  # type: ignore[arg-type]  # attributes of table classes
]


def _statement(statement: Statement) -> StatementRead:
    return StatementRead(
        **statement.model_dump(),
        figures=[FigureRead(**figure.model_dump()) for figure in statement.figures],
        source_ids=[citation.source.id for citation in statement.citations],
        show_with=[companion.companion_id for companion in statement.companions],
        in_conflict=bool(statement.conflicts),
    )


def _link(kind: str, strength: str | None, other: Concept) -> LinkRead:
    return LinkRead(kind=kind, slug=other.slug, name=other.name, plain_name=other.plain_name, strength=strength)


def _card(concept: Concept | None) -> ConceptRead:
    if concept is None:
        raise HTTPException(404)
    outgoing = [_link(link.kind, link.strength, link.target) for link in concept.outgoing]
    incoming = [_link(link.kind, link.strength, link.concept) for link in concept.incoming]
    return ConceptRead(
        **concept.model_dump(),
        labels=[LabelRead(**label.model_dump()) for label in concept.labels],
        summary=[_statement(line.statement) for line in concept.summary],
        statements=[_statement(statement) for statement in concept.statements],
        links=[*outgoing, *incoming],
        questions_to_ask=[QuestionRead(**question.model_dump()) for question in concept.questions_to_ask],
        gaps=[GapRead(**gap.model_dump()) for gap in concept.gaps],
    )


@app.get("/v1/subtypes/{slug}")
def read_lazily(slug: str, session: SessionDep) -> ConceptRead:
    """The card; relations load when they are touched."""
    return _card(session.get(Concept, slug))


@eager.get("/v1/subtypes/{slug}")
def read_eagerly(slug: str, session: SessionDep) -> ConceptRead:
    """The card; relations are named in the query."""
    return _card(session.exec(select(Concept).where(Concept.slug == slug).options(*EAGER)).first())
