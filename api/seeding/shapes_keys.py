"""The shape of `seed/language/keys.yaml`: for claims of statements, which words of free wording are right and which are wrong."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from api.seeding.records import Record

_LINE = re.compile(r"-?[^\s|]+(\|[^\s|]+)*( -?[^\s|]+(\|[^\s|]+)*)*")


def _is_pattern(line: str) -> str:
    if not _LINE.fullmatch(line):
        raise ValueError("write terms parted by one space, alternatives by '|', words in a row joined by '_'")
    return line


def _is_span(value: str) -> str:
    low, _, high = value.partition("-")
    if high and float(high) < float(low):
        raise ValueError("a range goes from low to high")
    return value


Pattern = Annotated[str, StringConstraints(min_length=1, max_length=1200), AfterValidator(_is_pattern)]
Alternatives = Annotated[str, StringConstraints(pattern=r"^[^\s|]+(\|[^\s|]+)*$", max_length=1200)]
Span = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?(-\d+(\.\d+)?)?$"), AfterValidator(_is_span)]
Unit = Literal[
    "percent", "mm", "cm", "ml", "g", "minutes", "hours", "days", "weeks", "months", "years", "mSv", "count", "times", "gauge"
]


class KeyRecord(Record):
    """What tells that a sentence is on a claim of a statement; then words told and excluded, or a unit and every value told."""

    statement: Annotated[str, StringConstraints(min_length=3, max_length=120)]
    about: Pattern
    told: Alternatives | None = None
    excluded: Alternatives | None = None
    unit: Unit | None = None
    values: tuple[Span, ...] = ()

    @model_validator(mode="after")
    def _words_or_figures(self) -> "KeyRecord":
        if (self.unit is None) != (not self.values):
            raise ValueError("a unit and its values go together")
        if (self.unit is None) == (self.told is None and self.excluded is None):
            raise ValueError("give words (told, excluded) or figures (unit, values), one of the two")
        if all(term.startswith("-") for term in self.about.split()):
            raise ValueError("say what a sentence must have, not only what it must not")
        return self


class KeysRecord(Record):
    """`keys.yaml`: in the order of statements."""

    keys: Annotated[tuple[KeyRecord, ...], Field(min_length=1)]
