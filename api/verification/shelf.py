"""The claims of a release as one answer needs them: found by words and concepts, read from the index, few kept for the next."""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.recent import Recent
from api.search.index import Index, unpacked
from api.verification.claims import Claim, claims_of, place_of
from api.verification.reading import GENERAL, Term
from api.verification.subjects import SUBJECT, Sketch, Subject, sketches

SEALED, FIRST, KEY, SPREAD = "claims", "claim", "claimed", "spread"
ABOUT, POOLED, TOPIC, CATEGORY = "about", "pool", "subject", "category"
POSTING = "IBI"
PARTS = 10
_LIGHT = 0.3
_UNKNOWN = 1.0
_LEAST = 0.12
_MOST_STATEMENTS = 512
_MOST_WEIGHTS = 8_192
_NOTHING: tuple["array[Any]", ...] = tuple(array(code) for code in POSTING)


@dataclass(frozen=True, slots=True)
class Head:
    """How many statements there are, and the kinds of figures they tell as bits of a number."""

    statements: int
    bits: Mapping[str, int]


class Memory:
    """What stays between answers to one release: the statements and the weights used last, a fixed number of each."""

    def __init__(self, statements: int = _MOST_STATEMENTS, weights: int = _MOST_WEIGHTS) -> None:
        self.head: Head | None = None
        self.statements = Recent[int, tuple[Claim, ...]](statements)
        self.weights = Recent[str, float](weights)


class Claims:
    """The claims of a release for one answer; what a sentence may need is asked for at once, before it is looked at."""

    def __init__(self, index: Index, memory: Memory) -> None:
        self._index = index
        self._memory = memory
        self._known: dict[str, float] = {}
        self._found: dict[str, bytes] = {}
        self._at_hand: dict[int, tuple[Claim, ...]] = {}
        self._subjects: dict[str, Subject] = {}
        self._head = memory.head = memory.head or _head(index)

    def foresee(self, keys: Iterable[str], slugs: Iterable[str]) -> None:
        """Read what weighing these keys and naming these concepts needs."""
        self._index.want(f"{TOPIC}/{slug}" for slug in slugs)
        self._want_weights(keys)

    def look_up(self, keys: Iterable[str], slugs: Iterable[str]) -> None:
        """Begin a sentence: read which claims have these keys and concepts; what the one before needed is let go."""
        self._at_hand = {}
        wanted = [f"{KEY}/{key}" for key in keys]
        for slug in slugs:
            wanted += [f"{ABOUT}/{slug}", *([] if slug in GENERAL else [f"{POOLED}/{slug}"])]
        self._found = self._index.fresh(wanted)

    def with_key(self, key: str) -> Sequence["array[Any]"]:
        """Claims by number, how firmly they have the key (in tenths), the dimensions of their figures; none if most have it."""
        return self._columns(f"{KEY}/{key}")

    def with_concept(self, slug: str) -> Sequence["array[Any]"]:
        """Claims about a concept, in the same columns."""
        return self._columns(f"{ABOUT}/{slug}")

    def bits(self, dimensions: Iterable[str]) -> int:
        """These dimensions of figures as bits of a number."""
        return sum(self._head.bits.get(dimension, 0) for dimension in set(dimensions))

    def want(self, numbers: Iterable[int]) -> None:
        """Read the statements of these claims."""
        ranks = dict.fromkeys(place_of(number)[0] for number in numbers)
        missing = []
        for rank in ranks.keys() - self._at_hand.keys():
            kept = self._memory.statements.get(rank)
            if kept is None:
                missing.append(rank)
            else:
                self._at_hand[rank] = kept
        if missing:
            for key, data in self._index.fresh([f"{SEALED}/{rank}" for rank in missing]).items():
                rank = int(key.rpartition("/")[2])
                self._at_hand[rank] = claims_of(rank, data)
                self._memory.statements.put(rank, self._at_hand[rank])
        self._want_weights({key for rank in ranks for key in self._at_hand[rank][0].keys})

    def claim(self, number: int) -> Claim:
        """The claim of that number."""
        rank, place = place_of(number)
        if rank not in self._at_hand:
            self.want((number,))
        return self._at_hand[rank][place]

    def first_of(self, statement_id: str) -> Claim | None:
        """The first claim of a statement, if there is such a statement."""
        number = self._index.get(f"{FIRST}/{statement_id}")
        return None if number is None else self.claim(int(number))

    def defining(self, category: str) -> Claim | None:
        """The first claim that tells what a category means."""
        number = self._index.get(f"{CATEGORY}/{category}")
        return None if number is None else self.claim(int(number))

    def subject(self, slug: str) -> Subject:
        """What all claims on a concept tell together."""
        if slug not in self._subjects:
            data = self._index.get(f"{TOPIC}/{slug}")
            self._subjects[slug] = Subject() if data is None else SUBJECT.open(data)
        return self._subjects[slug]

    def is_pattern(self, slug: str) -> bool:
        """Whether a concept is a shape or an arrangement."""
        return self.subject(slug).facts.is_pattern

    def pool(self, slugs: Iterable[str]) -> list[Sketch]:
        """The claims on any of these concepts, in the order of the release; none that leaves open what it speaks of."""
        keys = [f"{POOLED}/{slug}" for slug in slugs]
        self._found |= self._index.fresh([key for key in keys if key not in self._found])
        found = {sketch.number: sketch for key in keys for sketch in sketches(self._found.get(key, b"[]"))}
        return [found[number] for number in sorted(found)]

    def weight(self, term: Term) -> float:
        """How much of a sentence's meaning a term bears: rare words much, common ones little."""
        if not self.knows(term.key):
            return _LIGHT if term.light else _UNKNOWN
        weight = self._known[term.key]
        return weight * _LIGHT if term.light else weight

    def weight_of(self, key: str) -> float:
        """The weight of a key wherever it stands."""
        return self._known[key] if self.knows(key) else _UNKNOWN

    def knows(self, key: str) -> bool:
        """Whether any statement uses the term."""
        if key not in self._known:
            self._want_weights((key,))
        return self._known[key] > 0.0

    def _want_weights(self, keys: Iterable[str]) -> None:
        missing = []
        for key in set(keys) - self._known.keys():
            weight = self._memory.weights.get(key)
            if weight is None:
                missing.append(key)
            else:
                self._known[key] = weight
        if missing:
            found = self._index.fresh([f"{SPREAD}/{key}" for key in missing])
            for key in missing:
                self._known[key] = self._weighed(found.get(f"{SPREAD}/{key}"))
                if self._known[key]:  # a caller's own words do not stay
                    self._memory.weights.put(key, self._known[key])

    def _weighed(self, spread: bytes | None) -> float:
        """The weight of a key by how many statements have it; nothing for one that none has."""
        if spread is None:
            return 0.0
        return max(_LEAST, math.log(1 + self._head.statements / int(spread)) / math.log(1 + self._head.statements))

    def _columns(self, key: str) -> Sequence["array[Any]"]:
        data = self._found.get(key)
        return _NOTHING if data is None else unpacked(POSTING, data)


def _head(index: Index) -> Head:
    told = index.told(SEALED) or {"statements": 0, "dimensions": []}
    return Head(max(1, told["statements"]), {dimension: 1 << place for place, dimension in enumerate(told["dimensions"])})
