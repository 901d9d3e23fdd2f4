"""Holds a question against examples of what people type; the nearest ones vote for concepts, or for refusing.

Each text is a set of features: stems, neighbouring stems and pieces of stems, so that word order and typing errors count
without rules. Likeness is the cosine of features weighted by rarity; votes are likeness cubed, of the nearest only.
"""

import heapq
import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

_TELLING, _STOP, _PAIR, _PIECE = 1.0, 0.5, 0.5, 0.3
_PIECE_LENGTH = 4
_UNKNOWN = 0.5
_COMMON, _NEVER_COMMON = 0.1, 50
_VOTERS = 20
_JUDGES = 15
_SHARPNESS = 3
_FURTHER_CONCEPT = 0.6


@dataclass(frozen=True)
class Example:
    """A text by its stems, and what it is an example of: concepts, the leading one first, or a reason to refuse."""

    stems: Sequence[str]
    concepts: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True)
class Verdict:
    """What the examples nearest to a question say.

    `votes` of concepts are shares of the strongest one, `nearest` is the likeness of the most alike of our own examples,
    `outside` the share of votes for refusing and `reason` what most of those say.
    """

    votes: Mapping[str, float]
    nearest: float
    outside: float
    reason: str | None


LIKE_NOTHING = Verdict({}, 0.0, 0.0, None)


class Examples:
    """Examples in flat arrays: features by hash, in order, each with its weight and the examples that have it."""

    def __init__(self, examples: Iterable[Example], stop_stems: Set[str]) -> None:
        self._stop_stems = stop_stems
        kinds: dict[tuple[tuple[str, ...], str | None], int] = {}
        self._kind_of = array("H")
        holders: dict[int, array[int]] = {}
        shares: dict[int, float] = {}
        for number, example in enumerate(examples):
            self._kind_of.append(kinds.setdefault((example.concepts, example.reason), len(kinds)))
            for feature, share in self._features(example.stems).items():
                holders.setdefault(feature, array("H")).append(number)
                shares[feature] = share
        self._kinds = tuple(kinds)
        self._features_known = array("L", sorted(holders))
        self._starts = array("L", [0])
        self._holders = array("H")
        self._weights = array("f")
        lengths = array("d", bytes(8 * len(self._kind_of)))
        for feature in self._features_known:
            having = holders[feature]
            weight = (shares[feature] * self._rarity(len(having))) ** 2
            if len(having) > max(_NEVER_COMMON, _COMMON * len(self._kind_of)):
                having, weight = array("H"), 0.0
            self._weights.append(weight)
            self._holders.extend(having)
            self._starts.append(len(self._holders))
            for number in having:
                lengths[number] += weight
        self._lengths = array("f", (math.sqrt(length) or 1.0 for length in lengths))

    def judge(self, stems: Sequence[str]) -> Verdict:
        """What the nearest examples say of a text."""
        near = self._likest(stems)
        inside = [(likeness, self._kinds[self._kind_of[number]][0]) for likeness, number in near]
        voters = [(likeness, concepts) for likeness, concepts in inside if concepts][:_VOTERS]
        judges = [(likeness**_SHARPNESS, self._kinds[self._kind_of[number]][1]) for likeness, number in near[:_JUDGES]]
        against: dict[str, float] = defaultdict(float)
        for vote, reason in judges:
            if reason:
                against[reason] += vote
        everything = sum(vote for vote, _ in judges)
        return Verdict(
            votes=_votes(voters),
            nearest=voters[0][0] if voters else 0.0,
            outside=sum(against.values()) / everything if everything else 0.0,
            reason=min(against, key=lambda reason: (-against[reason], reason), default=None),
        )

    def _likest(self, stems: Sequence[str]) -> list[tuple[float, int]]:
        scores = array("d", bytes(8 * len(self._kind_of)))
        length = 0.0
        for feature, share in self._features(stems).items():
            place = bisect_left(self._features_known, feature)
            if place == len(self._features_known) or self._features_known[place] != feature:
                length += _UNKNOWN * (share * self._rarity(0)) ** 2
                continue
            weight = self._weights[place]
            length += weight
            for number in self._holders[self._starts[place] : self._starts[place + 1]]:
                scores[number] += weight
        length = math.sqrt(length) or 1.0
        found = ((score / (length * self._lengths[number]), -number) for number, score in enumerate(scores) if score)
        return [(likeness, -number) for likeness, number in heapq.nlargest(_VOTERS + 4 * _JUDGES, found)]

    def _rarity(self, holders: int) -> float:
        return math.log(1 + len(self._kind_of) / (1 + holders))

    def _features(self, stems: Sequence[str]) -> dict[int, float]:
        return {crc32(feature.encode()): share for feature, share in _named_features(stems, self._stop_stems)}


def _named_features(stems: Sequence[str], stop_stems: Set[str]) -> Iterator[tuple[str, float]]:
    for stem in stems:
        if stem in stop_stems:
            yield stem, _STOP
            continue
        yield stem, _TELLING
        whole = f"^{stem}$"
        yield from (("~" + whole[at : at + _PIECE_LENGTH], _PIECE) for at in range(max(1, len(whole) - _PIECE_LENGTH + 1)))
    yield from ((f"{before} {after}", _PAIR) for before, after in pairwise(("^", *stems, "$")))


def _votes(voters: Iterable[tuple[float, tuple[str, ...]]]) -> dict[str, float]:
    votes: dict[str, float] = defaultdict(float)
    for likeness, concepts in voters:
        for place, slug in enumerate(concepts):
            votes[slug] += likeness**_SHARPNESS * (1.0 if place == 0 else _FURTHER_CONCEPT)
    most = max(votes.values(), default=1.0)
    return {slug: votes[slug] / most for slug in sorted(votes)}
