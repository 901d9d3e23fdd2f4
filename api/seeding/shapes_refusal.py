"""Shapes of the language files for refusing and for safety."""

from typing import Annotated

from pydantic import Field

from api.seeding.records import Line, Record, Sentence
from api.seeding.shapes_search import Cue
from api.vocabulary import RefusalReason, Slug, StatementId


class RefusalGroupRecord(Record):
    """Cues of one class. None of them counts when a cue of `unless` holds, or with `field` when the question is plainly ours."""

    cues: Annotated[tuple[Cue, ...], Field(min_length=1)]
    unless: tuple[Cue, ...] = ()
    field: bool = False


class RefusalClassRecord(Record):
    """A reason to refuse: its cues, and in plain words what to do instead."""

    reason: RefusalReason
    next_step: Sentence
    groups: tuple[RefusalGroupRecord, ...] = ()


class RefusalRecord(Record):
    """`refusal.yaml`: classes in order of precedence.

    `field` are cues that put a question plainly into our field, `subject` ones that do so unless another organ or test is
    named, `generic` words that tell nothing alone. One of `organs` after one of `places` (leaving out `articles`), or beside
    one of `looked_at`, is taken for another part of the body, unless a cue of `at_home` holds.
    A question worded like one of ours counts as clear even when its words tell little, unless a cue of `verdict` holds.
    """

    field: Annotated[tuple[Cue, ...], Field(min_length=1)]
    subject: tuple[Cue, ...] = ()
    places: tuple[Line, ...] = ()
    articles: tuple[Line, ...] = ()
    generic: tuple[Line, ...]
    verdict: tuple[Cue, ...] = ()
    organs: tuple[Line, ...] = ()
    looked_at: tuple[Line, ...] = ()
    at_home: tuple[Cue, ...] = ()
    classes: Annotated[tuple[RefusalClassRecord, ...], Field(min_length=1)]


class SafetyRuleRecord(Record):
    """What is always said when one of the cues holds: statements of the release, or a sentence about the service's limits."""

    code: Slug
    cues: Annotated[tuple[Cue, ...], Field(min_length=1)]
    statements: tuple[StatementId, ...] = ()
    text: Sentence | None = None
    concept: Slug | None = None


class SafetyRecord(Record):
    """`safety.yaml`: what is always said, whatever else is answered."""

    rules: Annotated[tuple[SafetyRuleRecord, ...], Field(min_length=1)]
