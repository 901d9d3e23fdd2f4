"""Shapes of the language files for search: how words are read, and which concepts go together."""

from typing import Annotated

from pydantic import Field, StringConstraints

from api.seeding.records import Line, Record
from api.vocabulary import Aspect, RefusalReason, Region, Slug

Cue = Annotated[str, StringConstraints(min_length=1, max_length=1200)]
Weight = Annotated[float, Field(gt=0, le=1)]


class RewriteRecord(Record):
    """Shorthand, foreign words and common misspellings (`written`) that all mean the same (`meant`)."""

    meant: Line
    written: Annotated[tuple[Line, ...], Field(min_length=1)]


class WeightRecord(Record):
    """How telling the name of a concept is: below 1 for names that stand in almost every question."""

    concept: Slug
    weight: Weight


class KinRecord(Record):
    """Concepts that bear on whoever asks about `concept`, each with how much."""

    concept: Slug
    also: Annotated[tuple[WeightRecord, ...], Field(min_length=1)]


class SearchRecord(Record):
    """`search.yaml`: how typed text is read. `known_words` are ordinary words no repair may touch."""

    stop_words: tuple[Line, ...]
    rewrites: tuple[RewriteRecord, ...]
    known_words: tuple[Line, ...]
    weights: tuple[WeightRecord, ...]
    kin: tuple[KinRecord, ...]


class IntentRecord(Record):
    """Cues that tell that a text is about concepts it may not name."""

    concepts: Annotated[tuple[Slug, ...], Field(min_length=1)]
    weight: Weight = 1.0
    cues: Annotated[tuple[Cue, ...], Field(min_length=1)]


class AspectRecord(Record):
    """Cues that tell which side of a concept a question is after."""

    aspects: Annotated[tuple[Aspect, ...], Field(min_length=1)]
    cues: Annotated[tuple[Cue, ...], Field(min_length=1)]


class RegionRecord(Record):
    """Cues that tell where the asker is treated."""

    region: Region
    cues: Annotated[tuple[Cue, ...], Field(min_length=1)]


class IntentsRecord(Record):
    """`intents.yaml`: from the words of a question to concepts, aspects and regions."""

    intents: tuple[IntentRecord, ...]
    aspects: tuple[AspectRecord, ...]
    regions: tuple[RegionRecord, ...]


class InsideRecord(Record):
    """Ways people ask about concepts, the one a good answer leads with first."""

    concepts: Annotated[tuple[Slug, ...], Field(min_length=1)]
    wordings: Annotated[tuple[Line, ...], Field(min_length=1)]


class OutsideRecord(Record):
    """Ways people ask what is refused."""

    reason: RefusalReason
    wordings: Annotated[tuple[Line, ...], Field(min_length=1)]


class WordingsRecord(Record):
    """`wordings.yaml`: examples of what people type, spelled right; a question is held against those most like it."""

    inside: tuple[InsideRecord, ...]
    outside: tuple[OutsideRecord, ...]
