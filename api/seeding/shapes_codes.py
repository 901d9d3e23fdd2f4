"""The shape of a code system's file: who owns it, what its licence allows, and its codes tied to our concepts."""

from typing import Annotated

from pydantic import Field, StringConstraints

from api.seeding.records import Line, Record, Sentence
from api.vocabulary import CodeUse, Equivalence, Slug

Code = Annotated[str, StringConstraints(pattern=r"^[^\s,]{1,100}$")]


class CodeTargetRecord(Record):
    """The concept a code stands for, and how well."""

    slug: Slug
    equivalence: Equivalence


class CodeRecord(Record):
    """One code. `display` is the owner's wording where it may be shown, `label` says in our words what the code means."""

    code: Code
    display: Line | None = None
    label: Line
    concepts: Annotated[tuple[CodeTargetRecord, ...], Field(min_length=1)]
    context_groups: tuple[Annotated[int, Field(ge=1)], ...] = ()
    note: Line | None = None


class CodeSystemRecord(Record):
    """One code system: its short name and address, the owner's terms in our words, and its codes."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,11}$")]
    name: Line
    uri: Line | None = None
    aliases: tuple[Line, ...] = ()
    use: CodeUse
    notice: Sentence
    codes: Annotated[tuple[CodeRecord, ...], Field(min_length=1)]
