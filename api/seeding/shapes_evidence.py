"""The shape of the words for risk figures: endpoints, denominators, populations that are not general, and plain sentences."""

from typing import Annotated

from pydantic import Field

from api.seeding.records import Line, Record, Sentence
from api.vocabulary import Endpoint, Measure, Slug, StatementId


class EndpointRecord(Record):
    """An endpoint, the words of a figure's `what` that name it, and a plain phrase; {what} there gives the source's words."""

    endpoint: Endpoint
    phrase: Line
    of_people: Line
    words: tuple[Line, ...]


class DenominatorRecord(Record):
    """A plain noun for what was counted, and the words of `among` that call for it; the word that stands first decides."""

    noun: Line
    people: bool = False
    words: tuple[Line, ...]


class PopulationRecord(Record):
    """A population that is not general: its sources, measures or the words of `among` and `design` that show it.

    Its figures stand apart from the range of a place of the matrix, unless `in_range` says that they may be set beside others.
    """

    kind: Slug
    note: Sentence
    in_range: bool = False
    measures: tuple[Measure, ...] = ()
    sources: tuple[Slug, ...] = ()
    words: tuple[Line, ...] = ()


class JointRecord(Record):
    """Words of `among` that name several shapes or distributions at once, so that a figure holds for them together."""

    words: Line
    morphologies: tuple[Slug, ...] = ()
    distributions: tuple[Slug, ...] = ()


class PairAssessmentRecord(Record):
    """A pair whose usual category is not that of its shape, with the statement that says so."""

    morphology: Slug
    distribution: Slug
    assessment: Slug
    statement: StatementId


class ReasonsRecord(Record):
    """Why a place of the matrix is empty; {morphology} and {distribution} are filled in."""

    pair: Sentence
    morphology: Sentence
    distribution: Sentence
    dataset_only: Sentence


class PhrasesRecord(Record):
    """Sentences for figures. The braces are filled with parts that come from the figure itself."""

    share: Line
    band: Line
    ratio: Line
    odds: Line
    counts: Line
    only_n: Line
    counted: Line
    one_study: Line
    several_studies: Line
    dataset: Line
    about: Line
    exactly: Line
    none: Line
    all: Line
    between: Line
    less_than: Line
    at_most: Line
    more_than: Line
    at_least: Line
    picture_title: Line
    picture_heading: Line
    picture_any_spread: Line
    picture_any_shape: Line
    picture_special: Line
    picture_description: Sentence
    picture_empty: Line
    picture_legend: Line


class EvidenceWordsRecord(Record):
    """Everything said in words about risk figures."""

    notice: Sentence
    rows: tuple[Slug, ...]
    columns: tuple[Slug, ...]
    endpoints: Annotated[tuple[EndpointRecord, ...], Field(min_length=1)]
    denominators: Annotated[tuple[DenominatorRecord, ...], Field(min_length=1)]
    populations: tuple[PopulationRecord, ...]
    joint: tuple[JointRecord, ...]
    pair_assessments: tuple[PairAssessmentRecord, ...]
    reasons: ReasonsRecord
    phrases: PhrasesRecord
