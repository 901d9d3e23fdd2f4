"""The boundary of our field says what the examples say, not in what order they stand or how many they are."""

import random

from api.search.boundary import learn

_FIELD, _OTHER, _SHARED = range(40), range(40, 80), range(80, 90)


def _texts(lot: random.Random, own: range, count: int) -> list[dict[int, float]]:
    """Texts of length one, of words of their own and some that both sides use."""
    return [dict.fromkeys(lot.sample(own, 3) + lot.sample(_SHARED, 1), 0.5) for _ in range(count)]


def _leaning(learned: tuple[dict[int, float], float], text: dict[int, float]) -> float:
    leanings, always = learned
    return always + sum(leanings.get(feature, 0.0) * weight for feature, weight in text.items())


def test_texts_lie_on_their_side() -> None:
    lot = random.Random(1)
    learned = learn(_texts(lot, _FIELD, 150), _texts(lot, _OTHER, 60))
    assert all(_leaning(learned, text) < 0 for text in _texts(lot, _FIELD, 20))
    assert all(_leaning(learned, text) > 0 for text in _texts(lot, _OTHER, 20))


def test_one_more_example_moves_hardly_anything_else() -> None:
    lot = random.Random(2)
    inside, outside = _texts(lot, _FIELD, 1_400), _texts(lot, _OTHER, 500)
    asked = _texts(lot, _FIELD, 40) + _texts(lot, _OTHER, 40)
    before = learn(inside, outside)
    for more in range(1, 4):
        after = learn([*inside, *_texts(lot, _FIELD, more)], outside)
        assert max(abs(_leaning(before, text) - _leaning(after, text)) for text in asked) < 0.015


def test_the_order_of_the_examples_does_not_matter() -> None:
    lot = random.Random(3)
    inside, outside = _texts(lot, _FIELD, 1_400), _texts(lot, _OTHER, 500)
    one, other = learn(inside, outside), learn(inside[::-1], outside[::-1])
    assert all(abs(_leaning(one, text) - _leaning(other, text)) < 0.01 for text in inside[:30] + outside[:30])
