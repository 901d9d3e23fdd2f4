"""The shape of `language/report-cues.yaml`: the words that make a mention denied, doubtful, past, left, planned or graded."""

from typing import Literal

from api.seeding.records import Record
from api.seeding.shapes_report_terms import Phrase, Phrases
from api.vocabulary import Slug

Status = Literal["affirmed", "negated", "uncertain", "historical"]
Group = Literal["finding", "condition", "step", "procedure", "assessment", "artefact", "event"]


class CueRecord(Record):
    """Words that decide the status of mentions after them (forward) or before them (backward), for some groups of concepts."""

    status: Status
    direction: Literal["forward", "backward"]
    applies_to: tuple[Group, ...]
    says: Phrases


class BeforeAfterRecord(Record):
    """Words that work from before a step, and from after it."""

    before: Phrases
    after: Phrases


class CategoryRecord(Record):
    """How the value of one category is written or dictated."""

    concept: Slug
    values: Phrases


class ReportCuesRecord(Record):
    """Cues with direction and scope, sides, places, changes, units, headings, categories."""

    cues: tuple[CueRecord, ...]
    scope_ends: Phrases
    conjunctions: Phrases
    presence: Phrases
    verbs: Phrases
    coordinated_nouns: Phrases
    suspicious: Phrases
    years_keep: Phrases
    sides: dict[Literal["left", "right", "bilateral"], Phrases]
    quadrants: dict[Phrase, Phrases]
    changes: dict[Phrase, Phrases]
    open_boxes: Phrases
    ticked_boxes: Phrases
    ticks: Phrases
    denying_answers: Phrases
    retractions: Phrases
    elsewhere: Phrases
    calcification_headings: Phrases
    reasons: Phrases
    now: Phrases
    between_adjectives: Phrases
    placed: Phrases
    addenda: Phrases
    superseding: Phrases
    conditionals: Phrases
    showing: Phrases
    conditional_ends: Phrases
    doubting_marks: Phrases
    compared_with: Phrases
    units: dict[Phrase, Phrases]
    distances: Phrases
    clock: Phrases
    numbers: dict[Phrase, Phrases]
    counted: Phrases
    headings: dict[Literal["history", "technique", "comparison", "findings", "plan"], Phrases]
    planned: BeforeAfterRecord
    performed: BeforeAfterRecord
    procedures: tuple[Slug, ...]
    imaging: tuple[Slug, ...]
    never_steps: tuple[Slug, ...]
    standing: tuple[Slug, ...]
    indication: Phrases
    events: tuple[Slug, ...]
    sideless: tuple[Slug, ...]
    not_these_nouns: Phrases
    pathology: Phrases
    categories: tuple[CategoryRecord, ...]
    birads_before: Phrases
    birads_alone: dict[Slug, Phrases]
    verdicts: dict[Slug, Phrases]
    verdict_uses: dict[Slug, Literal["alone", "verdict", "uk"]]
    uk_scores: dict[Slug, Phrases]
    uk_before: Phrases
    uk_apart: Phrases
    uk_marks: Phrases
    severity: tuple[Slug, ...]
    guides: dict[Slug, Slug]
    never_pathology: tuple[Slug, ...]
    not_after_categories: Phrases
    times: Phrases
    half_hours: Phrases
    alternatives: Phrases
    millennium: Phrases
    abbreviations: Phrases
