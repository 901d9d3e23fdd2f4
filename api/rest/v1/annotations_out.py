"""The shapes of an annotated report as v1 shows it."""

from typing import Annotated

from pydantic import BaseModel, Field

from api.rest.v1.cards import ConceptReferenceOut
from api.rest.v1.figures import UsualAssessmentOut
from api.rest.v1.matrix import CellAssessmentOut, RangeOut, ReasonOut
from api.rest.v1.statements import ConflictOut
from api.vocabulary import Audience, Laterality, MentionStatus

Status = Annotated[MentionStatus, Field(description="What the report says: there now, denied, in doubt, or past.")]
Side = Annotated[
    Laterality | None,
    Field(description="The side told for it, carried over where needed; null: none."),
]


class SpanOut(BaseModel):
    """A stretch of the text as given."""

    text: str
    start: Annotated[int, Field(description="Offset of its first character.")]
    end: Annotated[int, Field(description="Offset after its last character.")]


class AttributesOut(BaseModel):
    """What the sentence tells about a finding beside its name; null where it tells nothing."""

    size_mm: Annotated[float | None, Field(description="Greatest extent in millimetres.", examples=[8])]
    clock_face: Annotated[int | None, Field(description="Hour on the clock face, 1 to 12.", examples=[2])]
    quadrant: Annotated[
        str | None,
        Field(
            description="upper-outer, upper-inner, lower-outer, lower-inner, central or axillary-tail.", examples=["upper-outer"]
        ),
    ]
    count: Annotated[int | None, Field(description="How many are counted.")]
    change: Annotated[str | None, Field(description="new, stable, increased, decreased or resolved.", examples=["new"])]


class AnnotationOut(SpanOut):
    """One concept named in the text."""

    concept: ConceptReferenceOut
    status: Status
    cue: Annotated[SpanOut | None, Field(description="The words that decided the status; null: none were needed.")]
    laterality: Side
    attributes: AttributesOut


class RiskStatementOut(BaseModel):
    """A statement with a published share that proved malignant for exactly this shape and spread."""

    statement_id: str
    url: str


class FindingRiskOut(BaseModel):
    """The place of the risk matrix a finding belongs to: what studies found in others, never this person's risk."""

    morphology: Annotated[str | None, Field(description="Its shape; null: the margin of a distribution.")]
    distribution: Annotated[str | None, Field(description="Its distribution; null: the margin of a shape.")]
    range: Annotated[RangeOut | None, Field(description="Lowest and highest comparable figure; null: none is known.")]
    usual_assessment: Annotated[CellAssessmentOut | None, Field(description="The category usually given.")]
    conflict: Annotated[list[ConflictOut], Field(description="Disagreements between figures of this place.")]
    estimate_ids: Annotated[list[str], Field(description="The published figures of just this place.")]
    reason: Annotated[ReasonOut | None, Field(description="Why there is no published figure; null when there is one.")]
    url: Annotated[str, Field(description="The place with its figures in full.")]


class FindingOut(BaseModel):
    """Shape, spread, side and place that belong together."""

    morphology: Annotated[str | None, Field(description="Slug of the subtype; null: not told.", examples=["amorphous"])]
    distribution: Annotated[str | None, Field(description="Slug of the distribution; null: not told.", examples=["grouped"])]
    laterality: Side
    status: Status
    attributes: AttributesOut
    annotations: Annotated[list[int], Field(description="Positions of its annotations in `annotations`.")]
    usual_assessment: Annotated[UsualAssessmentOut | None, Field(description="The category this shape usually gets.")]
    risk_statements: Annotated[
        list[RiskStatementOut], Field(description="The statements behind the figures of `risk`; empty: nothing published.")
    ]
    risk: Annotated[FindingRiskOut | None, Field(description="Its place in the risk matrix; null: a shape outside the lexicon.")]


class ExplanationOut(BaseModel):
    """A short account of one concept, made only of statements."""

    concept: Annotated[str, Field(description="Slug of the concept.")]
    url: str
    status: Annotated[MentionStatus, Field(description="Whether the report is sure of it.")]
    audience: Audience
    text: Annotated[str, Field(description="The statements as one paragraph.")]
    statement_ids: Annotated[list[str], Field(description="The statements it is made of.")]


class QuestionToAskWithConceptOut(BaseModel):
    """A question for the appointment and the statement behind it."""

    text: str
    because: Annotated[str, Field(description="Id of the statement behind it.")]
    url: str


class AnnotatedReportOut(BaseModel):
    """What a report names, settles and recommends."""

    annotations: Annotated[list[AnnotationOut], Field(description="Every mention, in the order of the text.")]
    assessments: Annotated[list[str], Field(description="The final category of each system; the more serious of two breasts.")]
    recommendations: Annotated[list[str], Field(description="Slugs of the next steps recommended without condition.")]
    findings: Annotated[list[FindingOut], Field(description="What is there or may be there, joined.")]
    explanation: Annotated[list[ExplanationOut], Field(description="Only for what is affirmed or uncertain.")]
    questions_to_ask: Annotated[list[QuestionToAskWithConceptOut], Field(description="For the appointment.")]
    unread_from: Annotated[
        int | None,
        Field(description="Offset from which on the text was not read, since it names about 1,200 concepts; null: all was read."),
    ]
