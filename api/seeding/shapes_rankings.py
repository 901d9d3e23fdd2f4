"""The shape of `seed/language/rankings.yaml`: of two sides of a statement, which has more of what, and the words of degree."""

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from api.seeding.records import Record
from api.seeding.shapes_keys import Alternatives, Pattern

Words = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class DegreesRecord(Record):
    """Words of degree: more and less, to the utmost, words that put one side above or below the other,
    verbs that raise or lower what is measured, words of degree that name no measure, and what parts clauses.
    """

    more: Words
    most: Words
    less: Words
    least: Words
    over: Words
    under: Words
    raising: Words
    lowering: Words
    bare: Words
    breaks: Words


class RankingRecord(Record):
    """What a sentence must say to compare these sides, and words for the side that has more of the measure and for the other."""

    statement: Annotated[str, StringConstraints(min_length=3, max_length=120)]
    about: Pattern
    more: Alternatives | None = None
    less: Alternatives | None = None
    measure: Alternatives
    counter: Alternatives | None = None

    @model_validator(mode="after")
    def _has_a_side(self) -> "RankingRecord":
        if self.more is None and self.less is None:
            raise ValueError("name a side: more, less or both")
        return self


class RankingsRecord(Record):
    """`rankings.yaml`: in the order of statements."""

    degrees: DegreesRecord
    rankings: Annotated[tuple[RankingRecord, ...], Field(min_length=1)]
