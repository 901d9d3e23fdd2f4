"""Sounds: the quick bound never shuts out words that sound alike."""

from hypothesis import given
from hypothesis import strategies as st

from api.search.sounds import apart, least_apart

_WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20)
_FAR = 1_000.0
_ROUNDING = 1e-9


@given(_WORDS, _WORDS)
def test_words_lie_at_least_as_far_apart_as_their_counts_of_sounds_tell(one: str, other: str) -> None:
    assert least_apart(one, other) <= apart(one, other, _FAR) + _ROUNDING


@given(_WORDS, st.integers(0, 20), st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
def test_a_letter_more_moves_the_bound_by_little(word: str, place: int, letter: str) -> None:
    longer = word[:place] + letter + word[place:]
    assert least_apart(word, longer) <= apart(word, longer, _FAR) + _ROUNDING


def test_the_bound_tells_other_sounds_from_near_ones() -> None:
    assert least_apart("bagged", "packet") == 0.0
    assert least_apart("biopsy", "calcium") > 2.0
