"""The frozen shapes the service speaks of inside: what queries return and every face of the service shows."""

from dataclasses import dataclass, field
from datetime import date

from api.knowledge.codes import Code
from api.vocabulary import Aspect, Audience, Basis, ConceptKind, Equivalence, Region, RelationKind


@dataclass(frozen=True, slots=True)
class Release:
    """The one release a process serves."""

    id: str
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


@dataclass(frozen=True, slots=True)
class ConceptReference:
    """Just enough of a concept to link to it."""

    slug: str
    kind: ConceptKind
    name: str
    plain_name: str


@dataclass(frozen=True, slots=True)
class Label:
    """One name of a concept."""

    text: str
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Source:
    """A cited work."""

    id: str
    title: str
    authors: str
    publisher: str | None
    year: int | None
    kind: str
    standing: str
    doi: str | None
    pmid: str | None
    url: str | None
    seen_as: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A source and the place inside it."""

    source: Source
    locator: str


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval in the figure's own unit."""

    low: float
    high: float
    level: float
    origin: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One typed number of a statement."""

    measure: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    comparison: str | None
    events: int | None
    n: int | None
    interval: Interval | None
    what: str | None
    among: str | None
    morphology: str | None
    distribution: str | None
    design: str | None
    years: str | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A disagreement a statement takes part in."""

    statement_ids: tuple[str, ...]
    preferred: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim with everything that travels with it. `concepts` starts with its own concept."""

    id: str
    position: int
    aspect: Aspect
    audience: Audience
    text: str
    region: Region | None
    basis: Basis
    second_read: bool
    origin: tuple[str, ...]
    concepts: tuple[str, ...]
    figures: tuple[Figure, ...]
    citations: tuple[Citation, ...]
    conflicts: tuple[Conflict, ...]
    show_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Statements in reading order for one audience."""

    audience: Audience
    statements: tuple[Statement, ...]

    @property
    def text(self) -> str:
        """The statements as one paragraph."""
        return " ".join(statement.text for statement in self.statements)


@dataclass(frozen=True, slots=True)
class Module:
    """One side of a concept for one audience."""

    aspect: Aspect
    audience: Audience
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A typed link from the concept at hand to another; `outgoing` when this concept's file declares it."""

    kind: RelationKind
    outgoing: bool
    concept: ConceptReference
    strength: str | None
    statement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """What the sources do not tell."""

    aspect: Aspect
    audience: Audience
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionToAsk:
    """A question for the appointment and the statement behind it."""

    text: str
    because: str


@dataclass(frozen=True, slots=True)
class Review:
    """Who checked a concept's content and when."""

    status: str
    checked_on: date
    by: str | None
    next_due: date


@dataclass(frozen=True, slots=True)
class Attributes:
    """What only some kinds of concept have; None where the kind has it not or nobody knows."""

    scheme: str | None = None
    type_slug: str | None = None
    suspicion: str | None = None
    nature: str | None = None
    stage: str | None = None
    system: str | None = None
    region: str | None = None
    category: str | None = None
    size_low_mm: float | None = None
    size_high_mm: float | None = None
    size_statement_id: str | None = None
    usual_assessment_slug: str | None = None
    usual_assessment_statement_id: str | None = None
    likelihood_low: float | None = None
    likelihood_high: float | None = None
    likelihood_low_included: bool | None = None
    likelihood_high_included: bool | None = None
    likelihood_statement_id: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something people ask, with its answer for each audience."""

    slug: str
    text: str
    topic: ConceptReference
    variants: tuple[str, ...]
    concepts: tuple[ConceptReference, ...]
    answers: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A concept as a list shows it."""

    reference: ConceptReference
    attributes: Attributes
    review: Review
    summary: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept's whole card. `statements` are the ones about it; `beside` are companions and rival readings from elsewhere."""

    reference: ConceptReference
    attributes: Attributes
    review: Review
    labels: tuple[Label, ...]
    summary: tuple[Passage, ...]
    statements: tuple[Statement, ...]
    beside: tuple[Statement, ...]
    links: tuple[Link, ...]
    questions_to_ask: tuple[QuestionToAsk, ...]
    gaps: tuple[Gap, ...]
    questions: tuple[tuple[str, str], ...] = field(default=())
    codes: tuple[tuple[Code, Equivalence], ...] = field(default=())
