"""What all claims on one concept tell together: how often which nature, which properties, its likelihood band, their outlines.

It is worked out when a release is built, so that a sentence is held against one entry instead of every claim on its subject.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from api.search.sealing import Sealer
from api.verification.claims import Claim
from api.verification.lexicon import Sign
from api.verification.reading import Reading
from api.vocabulary import ConceptKind

MOST_PROPERTIES = 1_024
PATTERNS = frozenset({ConceptKind.SUBTYPE, ConceptKind.DISTRIBUTION})


@dataclass(frozen=True, slots=True)
class Counted:
    """How many claims there are of a kind, and the first."""

    count: int = 0
    first: int | None = None

    def more(self, number: int) -> "Counted":
        """With one claim more."""
        return Counted(self.count + 1, number if self.first is None else self.first)


@dataclass(frozen=True, slots=True)
class Property:
    """A claim on the concept that tells properties: by kind which, and the kinds told of the concept itself."""

    number: int
    told: Mapping[str, frozenset[str]]
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class Band:
    """The likelihood of cancer that a category stands for, and the statement that tells it."""

    low: float
    high: float
    statement_id: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a concept is by itself; its `kin` are concepts whose names may stand for its own."""

    nature: Sign | None = None
    suspicious: bool = False
    kind: str = ""
    band: Band | None = None
    kin: frozenset[str] = frozenset()

    @property
    def is_pattern(self) -> bool:
        """Whether it is a shape or an arrangement."""
        return self.kind in PATTERNS


@dataclass(frozen=True, slots=True)
class Remark:
    """What one claim on the concept adds."""

    sign: Sign | None
    typical: bool
    told: Mapping[str, frozenset[str]]
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class Subject:
    """A concept with what its claims tell of it."""

    facts: Facts = Facts()
    any: Counted = Counted()
    harmless: Counted = Counted()
    harmful: Counted = Counted()
    typical: Counted = Counted()
    properties: tuple[Property, ...] = ()

    def of_sign(self, sign: Sign) -> Counted:
        """The claims that tell this nature."""
        return self.harmless if sign > 0 else self.harmful


class Sketch(NamedTuple):
    """A claim on a concept as far as it takes to tell whether it may speak of the same: hundreds are looked at for a sentence."""

    number: int
    own: str
    slugs: Sequence[str]
    keys: Sequence[str]
    scales: Sequence[str]


def sketch_of(claim: Claim, reading: Reading) -> Sketch:
    """A claim as far as it takes to tell whether it may speak of the same."""
    return Sketch(claim.number, claim.own, sorted(claim.slugs), sorted(claim.keys), sorted(reading.signs))


def sketches(data: bytes) -> list[Sketch]:
    """The sketches of an entry."""
    return list(map(Sketch._make, json.loads(data)))


def subject_of(facts: Facts, remarks: Iterable[tuple[int, Remark]]) -> Subject:
    """The concept with the remarks of its claims in order; of very many properties the first."""
    counted, harmless, harmful, typical = Counted(), Counted(), Counted(), Counted()
    properties: list[Property] = []
    for number, remark in remarks:
        counted = counted.more(number)
        harmless = harmless.more(number) if remark.sign == 1 else harmless
        harmful = harmful.more(number) if remark.sign == -1 else harmful
        typical = typical.more(number) if remark.typical else typical
        if remark.told and len(properties) < MOST_PROPERTIES:
            properties.append(Property(number, remark.told, remark.own))
    return Subject(facts, counted, harmless, harmful, typical, tuple(properties))


FACTS, REMARK, SUBJECT = Sealer(Facts), Sealer(Remark), Sealer(Subject)
