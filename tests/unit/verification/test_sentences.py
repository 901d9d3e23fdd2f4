"""Sentences are cut where they end, with exact offsets whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.verification.lexicon import Lexicon
from api.verification.sentences import split

ABBREVIATIONS = frozenset({"dr", "e.g", "i.e", "vs", "approx", "no"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One is 7.4 mm. Two is not.", ["One is 7.4 mm.", "Two is not."]),
        ("Dr. Smith says so. Fine!", ["Dr. Smith says so.", "Fine!"]),
        ("Some, e.g. rim ones, are benign. Why?", ["Some, e.g. rim ones, are benign.", "Why?"]),
        ("- first point\n- second point.", ["first point", "second point."]),
        ("1. First.\n2. Second.", ["First.", "Second."]),
        ("It is BI-RADS 3. It is followed.", ["It is BI-RADS 3.", "It is followed."]),
        ("", []),
        ("  ... !!! \n", []),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in split(text, ABBREVIATIONS)] == expected


@given(st.text(max_size=400))
def test_offsets_index_the_text(text: str) -> None:
    end = 0
    for sentence in split(text, ABBREVIATIONS):
        assert sentence.start >= end
        assert text[sentence.start : sentence.end] == sentence.text
        end = sentence.end


@given(st.text(alphabet="ab .!?\n1-", max_size=300))
def test_no_word_is_lost(text: str) -> None:
    inside = {at for sentence in split(text, ABBREVIATIONS) for at in range(sentence.start, sentence.end)}
    assert all(at in inside for at, letter in enumerate(text) if letter.isalpha())


def test_lexicon_is_whole(lexicon: Lexicon) -> None:
    assert lexicon.stemmer.stem("malignant") == lexicon.stemmer.stem("malignancy")
