"""Every table of the store, together: one row class a table, plain columns, no relations that load by themselves.

Words of the field are stored as plain strings. Order is stored as whole numbers (`position`, `*_rank`), so that no answer
depends on the collation of a database. References are checked at the end of the loading transaction.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, Double, ForeignKey, Index, MetaData
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """What every table shares: named constraints in one metadata."""

    metadata = MetaData(naming_convention=NAMING)


MadeRow = tuple[type[Row], dict[str, Any]]  # a row to write, as its table and its values


def _reference(target: str, *, primary: bool = False, index: bool = False) -> Any:
    key = ForeignKey(target, deferrable=True, initially="DEFERRED")
    return Field(primary_key=primary, index=index, sa_column_args=(key,))


def _optional_reference(target: str) -> Any:
    return Field(default=None, sa_column_args=(ForeignKey(target, deferrable=True, initially="DEFERRED"),))


def _number() -> Any:
    return Field(default=None, sa_type=Double)


class ReleaseRow(Row, table=True):
    """The one release a database holds; written last, so that its presence means the load is whole."""

    __tablename__ = "release"

    id: str = Field(primary_key=True)
    digest: str
    edition: str
    published_on: date
    schema_revision: str
    license: str
    license_url: str
    attribution: str
    notice: str
    concept_count: int
    statement_count: int
    source_count: int
    question_count: int


class PastReleaseRow(Row, table=True):
    """A release before this one, whole: what it said of itself and the changes that led from it to the next.

    `is_followed` tells whether those changes lead to what the database holds of the next one.
    """

    __tablename__ = "past_release"

    id: str = Field(primary_key=True)
    position: int = Field(unique=True)
    is_followed: bool
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class MovedSlugRow(Row, table=True):
    """A slug that was renamed (`now_slug`) or retired (`reason`)."""

    __tablename__ = "moved_slug"

    slug: str = Field(primary_key=True)
    position: int
    now_slug: str | None = None
    reason: str | None = None


class LinkHostRow(Row, table=True):
    """A host citations may link to."""

    __tablename__ = "link_host"

    host: str = Field(primary_key=True)
    position: int
    place: str


class LanguageFileRow(Row, table=True):
    """A language file, whole: what the service must know about words."""

    __tablename__ = "language_file"

    stem: str = Field(primary_key=True)
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class PictureRow(Row, table=True):
    """A picture drawn from the release when it was built, so that no server needs what draws it."""

    __tablename__ = "picture"

    name: str = Field(primary_key=True)
    content: str


class IndexEntryRow(Row, table=True):
    """One entry of the index that rooms search in, made from the release when it was built."""

    __tablename__ = "index_entry"
    __table_args__ = {"sqlite_with_rowid": False}

    key: str = Field(primary_key=True)
    data: bytes


class SourceRow(Row, table=True):
    """A cited work."""

    __tablename__ = "source"

    id: str = Field(primary_key=True)
    position: int = Field(unique=True)
    title_rank: int = Field(unique=True)
    year_rank: int = Field(unique=True)
    title: str
    authors: str
    publisher: str | None = None
    year: int | None = None
    kind: str = Field(index=True)
    standing: str = Field(index=True)
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None
    seen_as: str
    note: str | None = None


class ConceptRow(Row, table=True):
    """A concept of any kind; the columns from `scheme` on hold what only some kinds have.

    The statement ids here are no foreign keys, since statements refer to concepts; the content check proves them.
    """

    __tablename__ = "concept"

    slug: str = Field(primary_key=True)
    position: int = Field(unique=True)
    name_rank: int = Field(unique=True)
    kind: str = Field(index=True)
    name: str
    plain_name: str
    review_status: str
    review_checked_on: date
    review_by: str | None = None
    review_next_due: date
    scheme: str | None = None
    type_slug: str | None = _optional_reference("concept.slug")
    suspicion: str | None = None
    nature: str | None = None
    stage: str | None = None
    system: str | None = None
    region: str | None = None
    category: str | None = None
    size_low_mm: float | None = _number()
    size_high_mm: float | None = _number()
    size_statement_id: str | None = None
    usual_assessment_slug: str | None = _optional_reference("concept.slug")
    usual_assessment_statement_id: str | None = None
    likelihood_low: float | None = _number()
    likelihood_high: float | None = _number()
    likelihood_low_included: bool | None = None
    likelihood_high_included: bool | None = None
    likelihood_statement_id: str | None = None


class LabelRow(Row, table=True):
    """Another name of a concept."""

    __tablename__ = "label"

    concept_slug: str = _reference("concept.slug", primary=True)
    position: int = Field(primary_key=True)
    text: str
    kind: str
    language: str


class StatementRow(Row, table=True):
    """One claim."""

    __tablename__ = "statement"
    __table_args__ = (
        Index(None, "aspect", "position"),
        Index(None, "audience", "position"),
        Index(None, "audience", "aspect", "position"),
        Index(None, "region", "position"),
        Index(None, "basis", "position"),
    )

    id: str = Field(primary_key=True)
    position: int = Field(unique=True)
    concept_slug: str = _reference("concept.slug", index=True)
    aspect: str
    audience: str
    text: str
    region: str | None = None
    basis: str
    second_read: bool
    origin: list[str] = Field(sa_column=Column(JSON, nullable=False))


class StatementConceptRow(Row, table=True):
    """A concept a statement is about: position 0 is its own, the others follow."""

    __tablename__ = "statement_concept"

    statement_id: str = _reference("statement.id", primary=True)
    position: int = Field(primary_key=True)
    concept_slug: str = _reference("concept.slug", index=True)


class StatementCompanionRow(Row, table=True):
    """A statement that must be shown with another."""

    __tablename__ = "statement_companion"

    statement_id: str = _reference("statement.id", primary=True)
    position: int = Field(primary_key=True)
    companion_id: str = _reference("statement.id")


class FigureRow(Row, table=True):
    """One typed number of a statement."""

    __tablename__ = "figure"

    statement_id: str = _reference("statement.id", primary=True)
    position: int = Field(primary_key=True)
    measure: str = Field(index=True)
    unit: str
    value: float | None = _number()
    low: float | None = _number()
    high: float | None = _number()
    comparison: str | None = None
    events: int | None = None
    n: int | None = None
    interval_low: float | None = _number()
    interval_high: float | None = _number()
    interval_level: float | None = _number()
    interval_origin: str | None = None
    what: str | None = None
    among: str | None = None
    morphology_slug: str | None = _optional_reference("concept.slug")
    distribution_slug: str | None = _optional_reference("concept.slug")
    design: str | None = None
    years: str | None = None


class CitationRow(Row, table=True):
    """Where a statement comes from."""

    __tablename__ = "citation"

    statement_id: str = _reference("statement.id", primary=True)
    position: int = Field(primary_key=True)
    source_id: str = _reference("source.id", index=True)
    locator: str


class SummaryLineRow(Row, table=True):
    """One statement of a concept's summary for an audience."""

    __tablename__ = "summary_line"

    concept_slug: str = _reference("concept.slug", primary=True)
    audience: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    statement_id: str = _reference("statement.id")


class RelationRow(Row, table=True):
    """A typed link between two concepts, read from `concept_slug` to `target_slug`."""

    __tablename__ = "relation"

    concept_slug: str = _reference("concept.slug", primary=True)
    position: int = Field(primary_key=True)
    kind: str = Field(index=True)
    target_slug: str = _reference("concept.slug", index=True)
    strength: str | None = None
    statement_ids: list[str] = Field(sa_column=Column(JSON, nullable=False))


class ConflictRow(Row, table=True):
    """A disagreement between statements and how it is read."""

    __tablename__ = "conflict"

    concept_slug: str = _reference("concept.slug", primary=True)
    position: int = Field(primary_key=True)
    preferred_id: str | None = _optional_reference("statement.id")
    why: str


class ConflictMemberRow(Row, table=True):
    """A statement that takes part in a disagreement."""

    __tablename__ = "conflict_member"

    concept_slug: str = _reference("concept.slug", primary=True)
    conflict_position: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    statement_id: str = _reference("statement.id", index=True)


class QuestionToAskRow(Row, table=True):
    """A question for the appointment and the statement behind it."""

    __tablename__ = "question_to_ask"

    concept_slug: str = _reference("concept.slug", primary=True)
    position: int = Field(primary_key=True)
    text: str
    because_id: str = _reference("statement.id")


class GapRow(Row, table=True):
    """What the sources do not tell about a concept."""

    __tablename__ = "gap"

    concept_slug: str = _reference("concept.slug", primary=True)
    position: int = Field(primary_key=True)
    aspect: str
    audience: str
    reason: str


class QuestionRow(Row, table=True):
    """Something people ask, in its topic."""

    __tablename__ = "question"

    slug: str = Field(primary_key=True)
    position: int = Field(unique=True)
    topic_slug: str = _reference("concept.slug", index=True)
    text: str


class QuestionVariantRow(Row, table=True):
    """Another wording of a question."""

    __tablename__ = "question_variant"

    question_slug: str = _reference("question.slug", primary=True)
    position: int = Field(primary_key=True)
    text: str


class QuestionConceptRow(Row, table=True):
    """A concept a question is about, beside its topic."""

    __tablename__ = "question_concept"

    question_slug: str = _reference("question.slug", primary=True)
    position: int = Field(primary_key=True)
    concept_slug: str = _reference("concept.slug", index=True)


class AnswerLineRow(Row, table=True):
    """One statement of the answer to a question for an audience."""

    __tablename__ = "answer_line"

    question_slug: str = _reference("question.slug", primary=True)
    audience: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    statement_id: str = _reference("statement.id", index=True)
