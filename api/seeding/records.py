"""The strict shapes of the seed files: what a curator may write, and nothing else.

One YAML file holds one concept or one source. Unknown keys are refused. Cross-file rules live in the checks.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.vocabulary import (
    Aspect,
    AssessmentSystem,
    Audience,
    Comparison,
    ConceptKind,
    FactId,
    IntervalOrigin,
    LabelKind,
    Measure,
    Nature,
    Proportion,
    Region,
    RelationKind,
    ReviewStatus,
    Scheme,
    Slug,
    SourceKind,
    Stage,
    Standing,
    StatementId,
    Strength,
    Suspicion,
    Unit,
)
from api.vocabulary import Basis as SeenAs

Line = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=False)]
Version = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}\.[0-9]{1,2}\.[0-9]+$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Sentence = Annotated[str, StringConstraints(min_length=10, max_length=600)]


class Record(BaseModel):
    """Common manner of every seed shape: no unknown key, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LabelRecord(Record):
    """Another name of the concept, beside its `name` and `plain_name`. Language is a BCP 47 tag."""

    text: Line
    kind: LabelKind
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(?:-[A-Z]{2})?$")] = "en"


class ConfidenceIntervalRecord(Record):
    """The interval around a figure, in the figure's own unit."""

    low: float
    high: float
    level: Proportion = 0.95
    origin: IntervalOrigin = IntervalOrigin.GIVEN


class FigureRecord(Record):
    """One number of a statement, typed. `what` names the outcome counted, `among` the population (the denominator)."""

    measure: Measure
    unit: Unit
    value: float | None = None
    low: float | None = None
    high: float | None = None
    comparison: Comparison | None = None
    events: Annotated[int, Field(ge=0)] | None = None
    n: Annotated[int, Field(ge=1)] | None = None
    interval: ConfidenceIntervalRecord | None = None
    what: Line | None = None
    among: Line | None = None
    morphology: Slug | None = None
    distribution: Slug | None = None
    design: Line | None = None
    years: Line | None = None


class CitationRecord(Record):
    """Where a statement comes from: a source and the place inside it."""

    source: Slug
    locator: Line


class StatementRecord(Record):
    """One claim in our own words."""

    id: StatementId
    aspect: Aspect
    audience: Audience
    text: Sentence
    region: Region | None = None
    concepts: tuple[Slug, ...] = ()
    figures: tuple[FigureRecord, ...] = ()
    citations: Annotated[tuple[CitationRecord, ...], Field(min_length=1)]
    origin: tuple[FactId, ...] = ()
    second_read: bool = False
    show_with: tuple[StatementId, ...] = ()


class SummaryRecord(Record):
    """The short account of a concept for each audience: statement ids in reading order."""

    patient: tuple[StatementId, ...] = ()
    clinician: tuple[StatementId, ...] = ()


class RelationRecord(Record):
    """A typed link from this concept to another, with the statements that say so."""

    kind: RelationKind
    target: Slug
    strength: Strength | None = None
    statements: tuple[StatementId, ...] = ()


class ConflictRecord(Record):
    """Statements that disagree, the preferred one, and why; told wherever one of them is served."""

    statements: Annotated[tuple[StatementId, ...], Field(min_length=2)]
    preferred: StatementId | None = None
    why: Sentence


class QuestionToAskRecord(Record):
    """A question a patient may take to the appointment, and the statement that makes it worth asking."""

    text: Sentence
    because: StatementId


class GapRecord(Record):
    """What the sources do not tell: an aspect left empty on purpose, with the reason."""

    aspect: Aspect
    audience: Audience
    reason: Sentence


class ReviewRecord(Record):
    """Who checked the content, when, and when it is due again."""

    status: ReviewStatus = ReviewStatus.NOT_REVIEWED
    checked_on: date
    by: Line | None = None
    next_due: date


class SizeRecord(Record):
    """Size of the single particles in millimetres, with the statement that says so."""

    low: Annotated[float, Field(gt=0)] | None = None
    high: Annotated[float, Field(gt=0)] | None = None
    statement: StatementId


class UsualAssessmentRecord(Record):
    """The category a shape usually gets, with the statement that says so."""

    assessment: Slug
    statement: StatementId


class LikelihoodRecord(Record):
    """The band of the likelihood of cancer a category stands for, with the statement that says so."""

    low: Proportion
    high: Proportion
    low_included: bool
    high_included: bool
    statement: StatementId


class ConceptRecord(Record):
    """What every concept file holds, whatever its kind."""

    slug: Slug
    kind: ConceptKind
    name: Line
    plain_name: Line
    labels: tuple[LabelRecord, ...] = ()
    summary: SummaryRecord = SummaryRecord()
    statements: tuple[StatementRecord, ...] = ()
    relations: tuple[RelationRecord, ...] = ()
    conflicts: tuple[ConflictRecord, ...] = ()
    questions_to_ask: tuple[QuestionToAskRecord, ...] = ()
    gaps: tuple[GapRecord, ...] = ()
    review: ReviewRecord


class TypeRecord(ConceptRecord):
    """A broad size class."""

    kind: Literal[ConceptKind.TYPE]
    size_mm: SizeRecord | None = None


class SubtypeRecord(ConceptRecord):
    """A shape of the particles."""

    kind: Literal[ConceptKind.SUBTYPE]
    scheme: Scheme
    type: Slug | None = None
    suspicion: Suspicion | None = None
    size_mm: SizeRecord | None = None
    usual_assessment: UsualAssessmentRecord | None = None


class DistributionRecord(ConceptRecord):
    """How the particles are spread."""

    kind: Literal[ConceptKind.DISTRIBUTION]


class ConditionRecord(ConceptRecord):
    """What calcifications are associated with."""

    kind: Literal[ConceptKind.CONDITION]
    nature: Nature


class GuidanceRecord(ConceptRecord):
    """One step of follow-up."""

    kind: Literal[ConceptKind.GUIDANCE]
    stage: Stage


class AssessmentRecord(ConceptRecord):
    """A category a report gives, or the system that holds the categories when `category` is absent."""

    kind: Literal[ConceptKind.ASSESSMENT]
    system: AssessmentSystem
    region: Region
    category: Line | None = None
    likelihood: LikelihoodRecord | None = None


class TopicRecord(ConceptRecord):
    """A general subject that is not a finding, condition or step."""

    kind: Literal[ConceptKind.TOPIC]


class MimicRecord(ConceptRecord):
    """Something that looks like a calcification and is none."""

    kind: Literal[ConceptKind.MIMIC]


class AnswerRecord(Record):
    """The answer to a question: statement ids in reading order, for each audience."""

    patient: Annotated[tuple[StatementId, ...], Field(min_length=1)]
    clinician: tuple[StatementId, ...] = ()


class QuestionRecord(Record):
    """Something people really ask, other wordings of it, and its answer."""

    slug: Slug
    text: Line
    variants: tuple[Line, ...] = ()
    concepts: tuple[Slug, ...] = ()
    answer: AnswerRecord


class QuestionTopicRecord(ConceptRecord):
    """A subject people ask about, holding its questions."""

    kind: Literal[ConceptKind.QUESTION_TOPIC]
    questions: Annotated[tuple[QuestionRecord, ...], Field(min_length=1)]


AnyConceptRecord = Annotated[
    TypeRecord
    | SubtypeRecord
    | DistributionRecord
    | ConditionRecord
    | GuidanceRecord
    | AssessmentRecord
    | TopicRecord
    | MimicRecord
    | QuestionTopicRecord,
    Field(discriminator="kind"),
]


class SourceRecord(Record):
    """A cited work. `seen_as` says how much of it was read; a link goes to a canonical place or is absent."""

    id: Slug
    title: Annotated[str, StringConstraints(min_length=1, max_length=400)]
    authors: Line
    publisher: Line | None = None
    year: Annotated[int, Field(ge=1950, le=2100)] | None = None
    kind: SourceKind
    standing: Standing
    doi: Annotated[str, StringConstraints(pattern=r"^10\.[0-9]{4,9}/\S+$")] | None = None
    pmid: Annotated[str, StringConstraints(pattern=r"^[0-9]{4,9}$")] | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")] | None = None
    seen_as: SeenAs
    note: Sentence | None = None


class RenamedRecord(Record):
    """A slug that moved."""

    slug: Slug
    now: Slug


class RetiredRecord(Record):
    """A slug that is gone for good, and why."""

    slug: Slug
    reason: Sentence


class ReleaseRecord(Record):
    """The release the seed describes: calendar version, date, licence, and what is said in every answer."""

    version: Version
    published_on: date
    license: Line
    license_url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")]
    attribution: Line
    notice: Sentence
    renamed: tuple[RenamedRecord, ...] = ()
    retired: tuple[RetiredRecord, ...] = ()


class LinkHostRecord(Record):
    """A host that citations may link to, and what sort of place it is."""

    host: Line
    place: Literal["doi", "pubmed", "publisher", "government", "hospital", "society", "standards-body", "university"]
