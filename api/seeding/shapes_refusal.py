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
    named, `shared` concepts that other fields have too, `generic` words that tell nothing alone. A word the release does
    not know after one of `places` (leaving out `articles`) is taken for another part of the body.
    So is one of `organs` after a place, or beside one of `looked_at`, unless a cue of `at_home` holds.
    `pronouns` are taken for calcifications in a question of everyday words alone.
    A question worded like one of ours counts as clear even when its words tell little, unless a cue of `verdict` holds.
    """

    field: Annotated[tuple[Cue, ...], Field(min_length=1)]
    subject: tuple[Cue, ...] = ()
    shared: tuple[Slug, ...] = ()
    places: tuple[Line, ...] = ()
    articles: tuple[Line, ...] = ()
    generic: tuple[Line, ...]
    pronouns: tuple[Line, ...] = ()
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
