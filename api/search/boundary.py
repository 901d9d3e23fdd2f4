"""Where our field ends: what each feature adds for or against refusing a question, learned from all the examples at once.

A linear boundary between what is answered and what is refused (the dual of a support vector machine with squared loss, one
example at a time, in a fixed order): the same examples always give the same weights.
"""

import math
from collections.abc import Mapping, Sequence

_SLACK = 1 / (2 * 0.3)
_ROUNDS = 10
_STRIDE = 2_654_435_761

Weighted = Mapping[int, float]


def learn(inside: Sequence[Weighted], outside: Sequence[Weighted]) -> tuple[dict[int, float], float]:
    """What each feature adds, and what is added to every text; texts are of length one, above 0 is to be refused."""
    texts = [(list(text.items()), -1.0) for text in inside] + [(list(text.items()), 1.0) for text in outside]
    leanings = {feature: 0.0 for text, _ in texts for feature, _ in text}
    held = [0.0] * len(texts)
    always = 0.0
    for place in _order(len(texts)):
        text, side = texts[place]
        told = always + sum(leanings[feature] * weight for feature, weight in text)
        wanted = held[place] - (side * told - 1 + _SLACK * held[place]) / (2 + _SLACK)
        change = (max(0.0, wanted) - held[place]) * side
        if change:
            held[place] = max(0.0, wanted)
            always += change
            for feature, weight in text:
                leanings[feature] += change * weight
    return leanings, always


def _order(size: int) -> list[int]:
    """Every text once a round, far from where its neighbours stand."""
    stride = next(step for step in range(_STRIDE % max(1, size) or 1, _STRIDE) if math.gcd(step, size) == 1) if size else 1
    return [place * stride % size for _ in range(_ROUNDS) for place in range(size)]
