"""Phrases found in words: keeping branches that are alike only once changes nothing that is found."""

from hypothesis import given
from hypothesis import strategies as st

from api.annotation.phrases import Phrases
from api.annotation.words import read_words

_WORD = st.sampled_from(["round", "amorphous", "grouped", "left", "calc"])
_PHRASE = st.lists(_WORD, min_size=1, max_size=4).map(" ".join)
_ENTRIES = st.lists(st.tuples(_PHRASE, st.sampled_from(["a", "b"])), max_size=12)


@given(_ENTRIES, st.lists(_WORD, max_size=12).map(" ".join))
def test_sealed_phrases_find_the_same(entries: list[tuple[str, str]], text: str) -> None:
    plain: Phrases[str] = Phrases()
    sealed: Phrases[str] = Phrases()
    for phrase, value in entries:
        plain.add(phrase, value)
        sealed.add(phrase, value)
    words = read_words(text)
    assert sealed.sealed().find(words) == plain.find(words)
    assert sealed.parts() == plain.parts()


def test_a_phrase_is_known_as_a_whole_only() -> None:
    phrases: Phrases[str] = Phrases()
    phrases.add("grouped amorphous", "both")
    assert phrases.has(("grouped", "amorphous"))
    assert not phrases.has(("grouped",))
    assert not phrases.has(("grouped", "amorphous", "left"))
