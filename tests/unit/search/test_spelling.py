"""Typing errors: the quick way to find near words finds exactly what comparing with every word finds."""

from hypothesis import given
from hypothesis import strategies as st

from api.search.index import Made
from api.search.spelling import Speller, distance, speller_entries

_LETTERS = "abcde"
_WORDS = st.text(_LETTERS, min_size=1, max_size=14)


def _speller(vocabulary: dict[str, int]) -> Speller:
    return Speller(Made(speller_entries("word", vocabulary)), "word")


def _errors_allowed(word: str) -> int:
    if len(word) < 4:
        return 0
    return 2 if len(word) >= 9 else 1


def _by_comparing(vocabulary: dict[str, int], word: str) -> str | None:
    if word in vocabulary or len(word) < 5:
        return None
    near = []
    for known, weight in vocabulary.items():
        errors = distance(word, known)
        if errors <= min(_errors_allowed(word), _errors_allowed(known)):
            near.append((errors, known[0] != word[0], -weight, known))
    return min(near)[-1] if near else None


@given(st.dictionaries(_WORDS, st.integers(1, 9), max_size=40), _WORDS)
def test_near_words_are_found_as_by_comparing_with_every_word(vocabulary: dict[str, int], word: str) -> None:
    assert _speller(vocabulary).repair(word) == _by_comparing(vocabulary, word)


def test_a_swap_a_missing_a_further_and_a_wrong_letter_are_one_error_each() -> None:
    speller = _speller({"calcification": 3, "calcium": 1, "specks": 1})
    for typed in ("clacification", "calcificaton", "calciffication", "calcifikation"):
        assert speller.repair(typed) == "calcification"
    assert speller.repair("spekcs") == "specks"
    assert speller.repair("spoons") is None
