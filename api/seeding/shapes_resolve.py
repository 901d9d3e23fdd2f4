"""The shape of the word lists for resolving terms: names beside the labels, words without weight, and the reasons given."""

from typing import Annotated

from pydantic import Field

from api.seeding.records import Line, Record
from api.vocabulary import LabelKind, Slug


class ResolveNameRecord(Record):
    """A name that records or data sets use for a concept and that is no label of its card."""

    text: Line
    concept: Slug
    kind: LabelKind


class SpellingRecord(Record):
    """A way of writing that spelling repair cannot reach, and the words meant."""

    written: Line
    meant: Line


class ResolveReasonsRecord(Record):
    """The reasons given for a match; {matched}, {label} and {name} are filled in."""

    preferred: Line
    synonym: Line
    former: Line
    lay: Line
    abbreviation: Line
    repaired: Line


class ResolveWordsRecord(Record):
    """What resolving a term must know about words.

    `weightless` words may stand beside a name without changing what is named; the `joining` ones among them belong to a name.
    `ordinary` words look like a misspelled name, or are one only beside "calcification": alone they name nothing. A term with a
    `foreign` word is about another organ or scale; an `anatomical` one says that it is about the breast. A `subordinate` concept
    is left out where the term names a more telling one.
    """

    names: tuple[ResolveNameRecord, ...]
    spellings: tuple[SpellingRecord, ...]
    weightless: Annotated[tuple[Line, ...], Field(min_length=1)]
    joining: tuple[Line, ...]
    ordinary: tuple[Line, ...]
    foreign: tuple[Line, ...]
    anatomical: tuple[Line, ...]
    subordinate: tuple[Slug, ...]
    reasons: ResolveReasonsRecord
