"""Words with their places, and phrases among them."""

from hypothesis import given
from hypothesis import strategies as st

from api.annotation.phrases import Phrases, phrase_key
from api.annotation.words import read_words


def test_letters_and_digits_that_touch_are_told_apart() -> None:
    assert [(word.norm, word.glued) for word in read_words("BIRADS4b, R 3")] == [
        ("birad", False),
        ("4", True),
        ("b", True),
        (",", False),
        ("r", False),
        ("3", False),
    ]


def test_calcium_with_plus_signs_is_one_word() -> None:
    assert [word.norm for word in read_words("amorph ca++, 4 cm")] == ["amorph", "ca++", ",", "4", "cm"]


@given(st.text(max_size=300))
def test_offsets_index_the_text_as_given(text: str) -> None:
    place = 0
    for word in read_words(text):
        assert text[word.start : word.end] == word.text
        assert word.start >= place
        place = word.end


def phrases(*says: str) -> Phrases[str]:
    made: Phrases[str] = Phrases()
    for phrase in says:
        made.add(phrase, phrase)
    return made


def found(index: Phrases[str], text: str) -> list[str]:
    return [value for hit in index.find(read_words(text)) for value in hit.values]


def test_longest_phrase_wins() -> None:
    assert found(phrases("fine", "fine linear", "linear branching"), "fine linear branching") == ["fine linear"]


def test_marks_inside_a_phrase_are_passed_over() -> None:
    assert found(phrases("follow up", "c/w"), "follow-up, c w, follow, up") == ["follow up", "c/w"]


def test_exact_phrase_asks_for_its_capitals() -> None:
    assert found(phrases("=US"), "contact us about the US") == ["=US"]


def test_glued_phrase_asks_for_no_space() -> None:
    assert found(phrases("r~3"), "R 3 o'clock, R3") == ["r~3"]


def test_key_of_marks_alone_is_kept() -> None:
    assert phrase_key("->") == ("->",)
    assert phrase_key("~") == ("~",)
