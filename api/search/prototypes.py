"""What texts about one concept, or questions refused for one reason, have in common: a weighted bag of features for each.

The nearest examples tell what a question means that was typed before; what all of a concept's texts have in common tells it for
one nobody typed. Counts are damped, features of many texts or of many concepts weigh little, and every bag is as long as the
next, so that having many examples wins nothing. Each feature also leans to our field or away from it (`boundary.py`).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from api.search.features import features
from api.search.index import Index, unpacked

_NEARLY, _MOST_CONCEPTS = 0.4, 24
PART = "typical"
BAG = "in-common"
_HEAD, _POSTING = "ff", "If"
_HEAD_BYTES = 8

_Bags = tuple[float, float, list[tuple[int, float]]]


@dataclass(frozen=True)
class Telling:
    """A text by its stems and what it tells of, with how much it counts; `loose` when its words do not stand as in a question."""

    stems: Sequence[str]
    concepts: Mapping[str, float]
    reason: str | None = None
    loose: bool = False


@dataclass(frozen=True)
class Resemblance:
    """What a text is like, from 0 to 1: `inside`, the concept it is most like, and `outside`, the likeliest reason to refuse it.

    `concepts` are all that are nearly as like, `leaning` the side of the boundary of our field it lies on: above 0, outside.
    """

    concepts: Mapping[str, float]
    reason: str | None
    inside: float
    outside: float
    leaning: float


LIKE_NONE = Resemblance({}, None, 0.0, 0.0, 0.0)


class Prototypes:
    """The bags of the release."""

    def __init__(self, index: Index, stop_stems: Set[str]) -> None:
        self._index = index
        self._stop_stems = stop_stems
        self._read: dict[int, _Bags | None] = {}

    def keys(self, texts: Iterable[Sequence[str]]) -> list[str]:
        """The entries that comparing these texts needs first."""
        return [PART, *(bag_key(feature) for stems in texts for feature in features(stems, self._stop_stems))]

    def resemblances(self, texts: Sequence[Sequence[str]]) -> list[Resemblance]:
        """What each text is like, as far as its features are known."""
        scored = [self._scores(stems) for stems in texts]
        nearly = [self._likest(scores) for scores, _ in scored]
        self._index.want(f"{BAG}/{number}" for likest in nearly for number in likest)
        return [self._resemblance(likest, leaning) for likest, (_, leaning) in zip(nearly, scored, strict=True)]

    def _scores(self, stems: Sequence[str]) -> tuple[dict[int, float], float]:
        scores: dict[int, float] = defaultdict(float)
        length = leaning = 0.0
        for feature in features(stems, self._stop_stems):
            found = self._of(feature)
            if found is None:
                continue
            weight, leans, bags = found
            length += weight * weight
            leaning += leans * weight
            for number, share in bags:
                scores[number] += share
        root = math.sqrt(length) or 1.0
        always: dict[str, Any] = self._index.told(PART) or {"always": 0.0}
        return {number: score / root for number, score in scores.items()}, always["always"] + leaning / root

    def _of(self, feature: int) -> _Bags | None:
        """A feature's weight, its leaning, and what it adds to each bag; read once for a text and its sentences."""
        if feature not in self._read:
            data = self._index.get(bag_key(feature))
            self._read[feature] = _bags(data) if data else None
        return self._read[feature]

    def _likest(self, scores: Mapping[int, float]) -> dict[int, float]:
        """The concepts that a text is most like, and the reason it is most like."""
        ours = {number: score for number, score in scores.items() if not number % 2}
        least = _NEARLY * max(ours.values(), default=0.0)
        reasons = sorted((-score, number) for number, score in scores.items() if number % 2)[:1]
        nearly = sorted((-score, number) for number, score in ours.items() if score >= least)[:_MOST_CONCEPTS]
        return {number: -score for score, number in [*reasons, *nearly]}

    def _resemblance(self, likest: Mapping[int, float], leaning: float) -> Resemblance:
        names = {number: (self._index.get(f"{BAG}/{number}") or b"").decode() for number in likest}
        concepts = {names[number]: score for number, score in likest.items() if not number % 2}
        reason, outside = next(((names[number], score) for number, score in likest.items() if number % 2), (None, 0.0))
        return Resemblance(concepts, reason, max(concepts.values(), default=0.0), outside, leaning)


def _bags(data: bytes) -> _Bags:
    (weight,), (leans,) = unpacked(_HEAD, data[:_HEAD_BYTES])
    numbers, shares = unpacked(_POSTING, data[_HEAD_BYTES:])
    return weight, leans, [(number, weight * share) for number, share in zip(numbers, shares, strict=True)]


def bag_key(feature: int) -> str:
    """The entry of a feature's bags."""
    return f"{PART}/{feature}"


def bags_of(index: Index, feature: int) -> dict[int, float]:
    """The bags that have a feature, each with the feature's share of it."""
    data = index.get(bag_key(feature))
    return dict(zip(*unpacked(_POSTING, data[_HEAD_BYTES:]), strict=True)) if data else {}
