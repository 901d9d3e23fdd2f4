"""The shape of `seed/language/verification.yaml`: what must be known about words to hold an answer against the statements."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from api.seeding.records import Record
from api.vocabulary import ConceptKind

Row = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Rows = Annotated[tuple[Row, ...], Field(min_length=1)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z ]*$", max_length=60)]


def _compiles(pattern: str) -> str:
    if "(?P<value>" not in pattern:
        raise ValueError("the pattern needs a group called value")
    re.compile(pattern)
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class UnitRecord(Record):
    """Words of a unit, what it measures, and its size in the measure's base unit."""

    words: Row
    dimension: Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]
    factor: Annotated[float, Field(gt=0)]


class AxisRecord(Record):
    """Words that pull in opposite directions; `turns` unless a negation before them leaves them as they are ('no small ...')."""

    name: Word
    turns: bool = True
    plus: Row
    minus: Row


class AbsolutesRecord(Record):
    """Words that leave no exception."""

    plus: Row
    minus: Row


class CategoryRecord(Record):
    """How a category of an assessment system is written; the group `value` holds the category."""

    system: Literal["bi-rads", "uk-five-point", "uk-pathology-b"]
    name: Annotated[str, StringConstraints(pattern=r"^[a-z-]+$")]
    pattern: Pattern


class OrderRecord(Record):
    """Words whose two sides cannot be exchanged; with a `link` the sides stand on either side of that later word."""

    name: Word
    words: Row
    link: Row | None = None


class MeaningRecord(Record):
    """Words for what a category stands for, and the categories they are true of."""

    words: Row
    categories: Row


class KindRecord(Record):
    """Words for a sort of thing, and how such things are ('arranged', 'shaped')."""

    kind: ConceptKind
    words: Row
    ways: Row


class AgesRecord(Record):
    """Words for what is old, and for what has taken its place."""

    older: Row
    newer: Row


class NamingsRecord(Record):
    """Words by which sentences link two names or tell the sort of a thing.

    `completions` and `heads` are nouns that names leave out or take on; `nouns` with `links` make 'name for', where `ages` tell
    the age of the name before; after `verbs` ('called') stands the name they tell the age of; `changes` tell the first one's.
    """

    completions: Rows
    heads: Rows
    announcers: Rows
    fillers: Rows
    boundaries: Rows
    settings: Rows
    copulas: Rows
    reserves: Rows
    pasts: Rows
    reissues: Rows
    nouns: Rows
    links: Rows
    verbs: Rows
    sames: Rows
    retellings: Rows
    ages: AgesRecord
    changes: AgesRecord
    renamings: AgesRecord
    kinds: Annotated[tuple[KindRecord, ...], Field(min_length=1)]
    manners: Rows
    kind_links: Rows
    kind_fillers: Rows
    listers: Rows
    parts: Rows
    lists: Rows


class AppointmentRecord(Record):
    """An appointment that should be kept: cues that tell of it, and the statement that says so."""

    cues: Rows
    statement: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$", max_length=80)]


class WavingRecord(Record):
    """Words by which a warning sign or an appointment is waved away.

    Either it is `harmless`; or `attention` to it is `unneeded`; or one is `permitting` oneself `neglecting` it. `denials` before
    turn that round, and `mild` complaints need no attention.
    """

    harmless: Rows
    unneeded: Rows
    attention: Rows
    permitting: Rows
    neglecting: Rows
    denials: Rows
    mild: Rows
    appointments: Annotated[tuple[AppointmentRecord, ...], Field(min_length=1)]


class VerificationRecord(Record):
    """Words for verification. A row holds words or phrases separated by commas; a synonym row starts with the group's name."""

    endings: Rows
    stop_words: Rows
    light_words: Rows
    synonyms: Rows
    light_groups: Rows
    numbers: dict[Word, int]
    multipliers: dict[Word, int]
    fractions: dict[Word, int]
    ordinals: dict[Word, int]
    multiples: dict[Word, float]
    intervals: dict[Word, float]
    units: Annotated[tuple[UnitRecord, ...], Field(min_length=1)]
    hedges: dict[Word | Literal["at_most", "at_least"], Row]
    hedges_after: dict[Word | Literal["at_most", "at_least"], Row]
    particles: dict[Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")], Row]
    age_words: Rows
    negations: Rows
    noun_negations: Rows
    short_negations: Rows
    false_negations: Rows
    scope_ends: Rows
    axes: Annotated[tuple[AxisRecord, ...], Field(min_length=1)]
    absolutes: AbsolutesRecord
    softeners: Rows
    partials: Rows
    open_questions: Rows
    predicates: Rows
    conditions: Rows
    comparing: Rows
    lessenings: Rows
    no_effects: Rows
    substitutions: Rows
    denying_frames: Rows
    later_denials: Rows
    unit_fillers: Rows
    pleas: Rows
    talk_words: Rows
    majorities: Rows
    decades: dict[Word, int]
    orders: Annotated[tuple[OrderRecord, ...], Field(min_length=1)]
    waving: WavingRecord
    properties: Annotated[tuple[dict[Word, Row], ...], Field(min_length=1)]
    slots: Annotated[tuple[dict[Word, Row], ...], Field(min_length=1)]
    copulas: Rows
    fillers: Rows
    inabilities: Rows
    remainders: Rows
    contrasting: Rows
    distancing: Rows
    rarities: Rows
    single_studies: Rows
    namings: NamingsRecord
    meanings: Annotated[tuple[MeaningRecord, ...], Field(min_length=1)]
    exclusive: Rows
    openers: Rows
    first_person: Rows
    feelings: Rows
    feeling_frames: Rows
    advice_verbs: Rows
    advisers: Rows
    anaphora: Rows
    asides: Rows
    openings: Rows
    abbreviations: Rows
    prefixes: Rows
    suffixes: Rows
    rare_words: Rows
    categories: Annotated[tuple[CategoryRecord, ...], Field(min_length=1)]
    more_categories: Pattern

    @model_validator(mode="after")
    def _each_word_in_one_group(self) -> "VerificationRecord":
        seen: dict[str, str] = {}
        for row in self.synonyms:
            words = [word.strip() for word in row.split(",")]
            for word in words:
                if seen.setdefault(word, words[0]) != words[0]:
                    raise ValueError(f"'{word}' stands in the groups '{seen[word]}' and '{words[0]}': keep one")
        return self
