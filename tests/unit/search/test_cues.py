"""Cues hold when all their terms stand near each other, in any order, and none of the banned ones anywhere."""

import pytest

from api.search.cues import CueBook, cue_words
from api.search.terms import words


@pytest.mark.parametrize(
    ("cue", "text", "holds"),
    [
        ("biopsy hurt|pain", "does the pain of a biopsy last", True),
        ("biopsy hurt|pain", "the biopsy is on monday", False),
        ("come_back month", "come back in a month", True),
        ("come_back month", "back they come in a month", False),
        ("worr*", "so worrisome", True),
        ("milk -duct", "milk", True),
        ("milk -duct", "milk in the duct", False),
        ("remove", "removing", True),
        ("first last", "first " + "x " * 40 + "last", False),
    ],
)
def test_cue(cue: str, text: str, holds: bool) -> None:
    assert bool(CueBook([(cue, "meant")], words).matches(words(text))) is holds


def test_matches_come_in_the_order_of_the_book_with_their_places() -> None:
    book = CueBook([("late", 1), ("early", 2)], words)
    assert [(match.meaning, match.places) for match in book.matches(words("early or late"))] == [(1, (2,)), (2, (0,))]


def test_plain_words_of_cues_are_listed_for_spelling() -> None:
    assert cue_words(["come_back|return -six worr*"]) == {"come", "back", "return", "six"}
