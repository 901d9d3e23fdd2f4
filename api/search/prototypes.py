"""What texts about one concept, or questions refused for one reason, have in common: a weighted bag of features for each.

The nearest examples tell what a question means that was typed before; what all of a concept's texts have in common tells it for
one nobody typed. Counts are damped, features of many texts or of many concepts weigh little, and every bag is as long as the
next, so that having many examples wins nothing. Each feature also leans to our field or away from it (`boundary.py`).
"""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from api.search.bm25 import highest
from api.search.boundary import learn
from api.search.features import Kind, features
from api.search.index import Entry, Index, as_json, packed, unpacked

_COMMON, _NEVER_COMMON = 0.1, 50
_NEARLY, _MOST_CONCEPTS = 0.4, 24
_MOST_BAGS = 512
_PART = "typical"
_BAG = "in-common"
_HEAD, _POSTING = "ff", "If"
_HEAD_BYTES = 8


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


def prototype_entries(texts: Iterable[Telling], stop_stems: Set[str]) -> Iterator[Entry]:
    """Features by hash: the weight of each, its leaning, and its share of each bag that has it."""
    told = [(text, features(text.stems, stop_stems)) for text in texts]
    counts = _Counts()
    for text, found in told:
        counts.add(text, found)
    weights = {feature: counts.weight(feature) for feature in sorted(counts.bags)}
    inside: list[dict[int, float]] = []
    outside: list[dict[int, float]] = []
    for text, found in told:
        if not text.loose:
            (outside if text.reason else inside).append(_of_length_one({feature: weights[feature] for feature in found}))
    leanings, always = learn(inside, outside)
    lengths: dict[int, float] = defaultdict(float)
    for feature, weight in weights.items():
        for number, count in counts.bags[feature].items():
            lengths[number] += (math.log1p(count) * weight) ** 2
    yield _PART, as_json({"always": always})
    for (name, _), number in counts.numbers.items():
        yield f"{_BAG}/{number}", name.encode()
    for feature, weight in weights.items():
        if weight:
            bags = counts.bags[feature].items()
            shares = [(number, math.log1p(count) * weight / math.sqrt(lengths[number])) for number, count in bags]
            kept = highest(shares, _MOST_BAGS)
            head = packed(array("f", (weight,)), array("f", (leanings.get(feature, 0.0),)))
            columns = array("I", (number for number, _ in kept)), array("f", (share for _, share in kept))
            yield bag_key(feature), head + packed(*columns)


class Prototypes:
    """The bags of the release."""

    def __init__(self, index: Index, stop_stems: Set[str]) -> None:
        self._index = index
        self._stop_stems = stop_stems

    def keys(self, texts: Iterable[Sequence[str]]) -> list[str]:
        """The entries that comparing these texts needs first."""
        return [_PART, *(bag_key(feature) for stems in texts for feature in features(stems, self._stop_stems))]

    def resemblances(self, texts: Sequence[Sequence[str]]) -> list[Resemblance]:
        """What each text is like, as far as its features are known."""
        scored = [self._scores(stems) for stems in texts]
        nearly = [self._likest(scores) for scores, _ in scored]
        self._index.want(f"{_BAG}/{number}" for likest in nearly for number in likest)
        return [self._resemblance(likest, leaning) for likest, (_, leaning) in zip(nearly, scored, strict=True)]

    def _scores(self, stems: Sequence[str]) -> tuple[dict[int, float], float]:
        scores: dict[int, float] = defaultdict(float)
        length = leaning = 0.0
        for feature in features(stems, self._stop_stems):
            data = self._index.get(bag_key(feature))
            if data is None:
                continue
            (weight,), (leans,) = unpacked(_HEAD, data[:_HEAD_BYTES])
            length += weight * weight
            leaning += leans * weight
            for number, share in zip(*unpacked(_POSTING, data[_HEAD_BYTES:]), strict=True):
                scores[number] += weight * share
        root = math.sqrt(length) or 1.0
        always: dict[str, Any] = self._index.told(_PART) or {"always": 0.0}
        return {number: score / root for number, score in scores.items()}, always["always"] + leaning / root

    def _likest(self, scores: Mapping[int, float]) -> dict[int, float]:
        """The concepts that a text is most like, and the reason it is most like."""
        ours = {number: score for number, score in scores.items() if not number % 2}
        least = _NEARLY * max(ours.values(), default=0.0)
        reasons = sorted((-score, number) for number, score in scores.items() if number % 2)[:1]
        nearly = sorted((-score, number) for number, score in ours.items() if score >= least)[:_MOST_CONCEPTS]
        return {number: -score for score, number in [*reasons, *nearly]}

    def _resemblance(self, likest: Mapping[int, float], leaning: float) -> Resemblance:
        names = {number: (self._index.get(f"{_BAG}/{number}") or b"").decode() for number in likest}
        concepts = {names[number]: score for number, score in likest.items() if not number % 2}
        reason, outside = next(((names[number], score) for number, score in likest.items() if number % 2), (None, 0.0))
        return Resemblance(concepts, reason, max(concepts.values(), default=0.0), outside, leaning)


def bag_key(feature: int) -> str:
    """The entry of a feature's bags."""
    return f"{_PART}/{feature}"


def bags_of(index: Index, feature: int) -> dict[int, float]:
    """The bags that have a feature, each with the feature's share of it."""
    data = index.get(bag_key(feature))
    return dict(zip(*unpacked(_POSTING, data[_HEAD_BYTES:]), strict=True)) if data else {}


class _Counts:
    """How often each bag has each feature, and how many questions have it."""

    def __init__(self) -> None:
        self._questions = 0
        self._asked: dict[int, int] = defaultdict(int)
        self._kinds: dict[int, Kind] = {}
        self.numbers: dict[tuple[str, bool], int] = {}
        self.bags: dict[int, dict[int, float]] = defaultdict(dict)

    def add(self, text: Telling, found: Mapping[int, Kind]) -> None:
        """Count a text with its features."""
        self._questions += not text.loose
        weights = {(slug, False): weight for slug, weight in text.concepts.items()}
        if text.reason:
            weights[text.reason, True] = 1.0
        numbers = [(self._number(*name), weight) for name, weight in weights.items()]
        for feature, kind in found.items():
            if text.loose and kind is Kind.PAIR:
                continue
            self._kinds[feature] = kind
            self._asked[feature] += not text.loose
            bags = self.bags[feature]
            for number, weight in numbers:
                bags[number] = bags.get(number, 0.0) + weight

    def _number(self, name: str, refused: bool) -> int:
        """The number of a bag; odd ones are reasons to refuse."""
        return self.numbers.setdefault((name, refused), 2 * len(self.numbers) + refused)

    def weight(self, feature: int) -> float:
        """How much a feature tells: rarity among questions and among bags.

        Less and less from a twentieth of the questions on, nothing when a tenth have it: fading, so that one question more
        never changes much.
        """
        asked = self._asked[feature]
        common = asked / max(_NEVER_COMMON, _COMMON * self._questions)
        if common >= 1:
            return 0.0
        rarity = math.log(1 + self._questions / (1 + asked)) * math.log(1 + len(self.numbers) / (1 + len(self.bags[feature])))
        return self._kinds[feature].share * math.sqrt(rarity * min(1.0, 2 - 2 * common))


def _of_length_one(weights: Mapping[int, float]) -> dict[int, float]:
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {feature: weight / length for feature, weight in weights.items() if weight}
