"""The shape of a data set's file: counts by the labels its makers gave, and how those labels map to our concepts."""

from typing import Annotated

from pydantic import Field

from api.seeding.records import Line, Record, Sentence
from api.vocabulary import Slug


class DatasetLabelRecord(Record):
    """A label of the data set and the concept it names."""

    label: Line
    concept: Slug


class DatasetRowRecord(Record):
    """How many items carry these labels; compound labels are joined by a hyphen."""

    shape: Line
    distribution: Line
    assessment: Line
    outcome: Line
    count: Annotated[int, Field(ge=1)]


class DatasetRecord(Record):
    """A public data set as an aggregate: what was counted, how it was picked, and the rows."""

    id: Slug
    source: Slug
    locator: Line
    title: Line
    license: Line
    caution: Sentence
    caution_plain: Sentence
    among: Line
    design: Line
    years: Line
    outcomes: Annotated[tuple[Line, ...], Field(min_length=1)]
    malignant_outcomes: Annotated[tuple[Line, ...], Field(min_length=1)]
    not_worked_up_outcomes: tuple[Line, ...] = ()
    shapes: tuple[DatasetLabelRecord, ...]
    distributions: tuple[DatasetLabelRecord, ...]
    rows: Annotated[tuple[DatasetRowRecord, ...], Field(min_length=1)]
