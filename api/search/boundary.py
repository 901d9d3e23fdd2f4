"""Where our field ends: what each feature adds for or against refusing a question, learned from all the examples at once.

A linear boundary between what is answered and what is refused (the dual of a support vector machine with squared loss, one
example at a time). Every round goes through the examples in another fixed order, so that after ten rounds nothing moves any
more: the same examples always give the same weights, and one example more changes them by what it says, not by where it stands.
"""

import random
from collections.abc import Iterator, Mapping, Sequence

_SLACK = 1 / (2 * 0.5)
_ROUNDS = 10

Weighted = Mapping[int, float]


def learn(inside: Sequence[Weighted], outside: Sequence[Weighted]) -> tuple[dict[int, float], float]:
    """What each feature adds, and what is added to every text; texts are of length one, above 0 is to be refused."""
    texts = [(list(text.items()), -1.0) for text in inside] + [(list(text.items()), 1.0) for text in outside]
    leanings = {feature: 0.0 for text, _ in texts for feature, _ in text}
    held = [0.0] * len(texts)
    always = 0.0
    for place in _order(len(texts)):
        text, side = texts[place]
        told = always
        for feature, weight in text:
            told += leanings[feature] * weight
        wanted = held[place] - (side * told - 1 + _SLACK * held[place]) / (2 + _SLACK)
        change = (max(0.0, wanted) - held[place]) * side
        if change:
            held[place] = max(0.0, wanted)
            always += change
            for feature, weight in text:
                leanings[feature] += change * weight
    return leanings, always


def _order(size: int) -> Iterator[int]:
    """Every text once a round, each round in an order drawn by a lot that always falls the same."""
    lot = random.Random(_ROUNDS)  # noqa: S311  # nothing secret: the same draw every time is what is wanted
    for _ in range(_ROUNDS):
        yield from sorted(range(size), key=lambda _place: lot.random())
