"""Sentences, decimals, number words and short words with two letters swapped."""

import pytest

from api.search.index import Made
from api.search.reader import Reader, Rewriter, reading_entries
from api.search.terms import normal, words


@pytest.fixture
def reader() -> Reader:
    return Reader(Rewriter({}), Made(reading_entries({"when": 5, "that": 9, "hurt": 3, "needle": 4}, ())))


def test_sentences_are_read_one_by_one(reader: Reader) -> None:
    reading = reader.read("Needle on Monday! Does it hurt? In 7.4 mm cores")
    assert [len(sentence.stems) for sentence in reading.sentences()] == [3, 3, 4]


def test_only_a_sentence_with_its_mark_asks(reader: Reader) -> None:
    told = [sentence.asks for sentence in reader.read("Needle on Monday. Does it hurt?! When? 3.5 mm? that").sentences()]
    assert told == [False, True, True, True, False]


def test_a_text_without_an_end_is_one_sentence(reader: Reader) -> None:
    assert [sentence.stems for sentence in reader.read("does the needle hurt").sentences()] == [
        reader.read("does the needle hurt").stems
    ]


def test_decimals_stay_whole() -> None:
    assert words("7.4 mm") == ("7.4", "mm")


@pytest.mark.parametrize(("word", "kept"), [("four", "four"), ("hour", "hour"), ("tumour", "tumor"), ("colours", "color")])
def test_only_british_endings_are_respelled(word: str, kept: str) -> None:
    assert normal(word) == kept


@pytest.mark.parametrize(("typed", "meant"), [("wehn", "when"), ("thta", "that")])
def test_short_words_with_swapped_neighbours_are_repaired(reader: Reader, typed: str, meant: str) -> None:
    assert reader.read(typed).words == (meant,)
