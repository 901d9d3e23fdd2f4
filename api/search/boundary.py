"""Where our field ends: what each feature adds for or against refusing a question, learned from all the examples at once.

A linear boundary between what is answered and what is refused (the dual of a support vector machine with squared loss, one
example at a time). Every round goes through the examples in another fixed order, so that after ten rounds nothing moves any
more: the same examples always give the same weights, and one example more changes them by what it says, not by where it stands.
"""

import random
from array import array
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import add, mul

_SLACK = 1 / (2 * 0.5)
_ROUNDS = 10

Weighted = Mapping[int, float]


def learn(inside: Iterable[Weighted], outside: Iterable[Weighted]) -> tuple[dict[int, float], float]:
    """What each feature adds, and what is added to every text; texts are of length one, above 0 is to be refused."""
    texts = _Texts(inside, outside)
    leanings = [0.0] * len(texts.places)
    held = array("d", bytes(8 * len(texts.sides)))
    always = 0.0
    for text in _order(len(texts.sides)):
        features, weights = texts.of(text)
        side = texts.sides[text]
        told = reduce(add, map(mul, map(leanings.__getitem__, features), weights), always)
        wanted = held[text] - (side * told - 1 + _SLACK * held[text]) / (2 + _SLACK)
        change = (max(0.0, wanted) - held[text]) * side
        if change:
            held[text] = max(0.0, wanted)
            always += change
            for feature, weight in zip(features, weights, strict=True):
                leanings[feature] += change * weight
    return dict(zip(texts.places, leanings, strict=True)), always


class _Texts:
    """The texts of both sides, close together in memory: every one is looked at once a round, wherever it stands."""

    def __init__(self, inside: Iterable[Weighted], outside: Iterable[Weighted]) -> None:
        self.places: dict[int, int] = {}
        self.sides = array("b")
        self._features, self._weights, self._ends = array("I"), array("d"), array("Q", (0,))
        for side, texts in ((-1, inside), (1, outside)):
            for text in texts:
                self._add(text, side)

    def _add(self, text: Weighted, side: int) -> None:
        self._features.extend([self.places.setdefault(feature, len(self.places)) for feature in text])
        self._weights.extend(text.values())
        self._ends.append(len(self._weights))
        self.sides.append(side)

    def of(self, text: int) -> "tuple[array[int], array[float]]":
        """The features of a text and their weights."""
        start, end = self._ends[text], self._ends[text + 1]
        return self._features[start:end], self._weights[start:end]


def _order(size: int) -> Iterator[int]:
    """Every text once a round, each round in an order drawn by a lot that always falls the same."""
    lot = random.Random(_ROUNDS)  # noqa: S311  # nothing secret: the same draw every time is what is wanted
    for _ in range(_ROUNDS):
        yield from sorted(range(size), key=lambda _place: lot.random())
