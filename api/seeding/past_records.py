"""The strict shapes of the history: releases that were published before, and the changes from each to the next."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from api.seeding.records import Digest, Line, Record, Sentence, Version
from api.vocabulary import ChangeKind, RecordKind


class AddedRecord(Record):
    """A record that came with the next release."""

    change: Literal[ChangeKind.ADDED]
    kind: RecordKind
    id: Line
    value: dict[str, Any]


class ChangedRecord(Record):
    """A member of a record that differs in the next release; left out means absent."""

    change: Literal[ChangeKind.CHANGED]
    kind: RecordKind
    id: Line
    field: Line
    old: Any = None
    new: Any = None


class GoneRecord(Record):
    """A record the next release no longer holds, what it said last, and why it went."""

    change: Literal[ChangeKind.RETIRED]
    kind: RecordKind
    id: Line
    reason: Sentence | None = None
    value: dict[str, Any]


AnyChangeRecord = Annotated[AddedRecord | ChangedRecord | GoneRecord, Field(discriminator="change")]


class NextReleaseRecord(Record):
    """The release that followed."""

    version: Version
    digest: Digest
    schema_revision: Line


class PastReleaseRecord(Record):
    """A release that was published before: what it said of itself, and the changes that led from it to the next."""

    version: Version
    digest: Digest
    published_on: date
    schema_revision: Line
    license: Line
    license_url: Line
    attribution: Line
    notice: Sentence
    concept_count: int
    statement_count: int
    source_count: int
    question_count: int
    next: NextReleaseRecord
    changes: tuple[AnyChangeRecord, ...]
