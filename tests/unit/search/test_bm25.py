"""Full text ranks by telling words, knows no query language, and skips what it does not hold."""

from api.search.bm25 import TextIndex

INDEX = TextIndex([["popcorn", "lump"], ["lump", "lump", "skin"], ["skin", "popcorn", "calcium"], []])


def test_rare_words_tell_more() -> None:
    scores = INDEX.scores({"calcium": 1.0, "lump": 1.0})
    assert max(scores, key=lambda number: scores[number]) == 2


def test_unknown_words_find_nothing() -> None:
    assert INDEX.scores({"NEAR/2": 1.0, "*": 1.0, '"': 1.0}) == {}
    assert not INDEX.knows("*")
    assert INDEX.rarity("*") > INDEX.rarity("lump")


def test_an_empty_index_is_no_error() -> None:
    assert TextIndex([]).scores({"lump": 1.0}) == {}
