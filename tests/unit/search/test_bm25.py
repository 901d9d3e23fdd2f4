"""Full text ranks by telling words, knows no query language, and skips what it does not hold."""

from api.search.bm25 import MOST_POSTINGS, TextIndex
from api.search.documents import text_entries
from api.search.index import Made

DOCUMENTS = [["popcorn", "lump"], ["lump", "lump", "skin"], ["skin", "popcorn", "calcium"], []]
INDEX = TextIndex(Made(text_entries("told", DOCUMENTS, "H", ([7, 8, 9, 10],))), "told", "H")


def test_rare_words_tell_more() -> None:
    scores, told = INDEX.scores({"calcium": 1.0, "lump": 1.0})
    assert max(scores, key=lambda number: scores[number]) == 2
    assert told == {0: (7,), 1: (8,), 2: (9,)}


def test_unknown_words_find_nothing() -> None:
    assert INDEX.scores({"NEAR/2": 1.0, "*": 1.0, '"': 1.0}) == ({}, {})
    assert not INDEX.knows("*")
    assert INDEX.rarity("*") > INDEX.rarity("lump")


def test_an_empty_index_is_no_error() -> None:
    assert TextIndex(Made(text_entries("told", [])), "told").scores({"lump": 1.0}) == ({}, {})


def test_of_a_term_in_very_many_documents_the_telling_ones_are_kept() -> None:
    documents = [["lump", "skin"] for _ in range(MOST_POSTINGS)] + [["lump"]]
    scores, _ = TextIndex(Made(text_entries("told", documents)), "told").scores({"lump": 1.0})
    assert len(scores) == MOST_POSTINGS
    assert {0, MOST_POSTINGS - 2, MOST_POSTINGS} <= scores.keys()
