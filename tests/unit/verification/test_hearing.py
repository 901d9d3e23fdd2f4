"""What keys hear in a sentence: their subject, what is right or wrong there, and other words for it."""

import pytest

from api.verification.hearing import NO_SIGNS, Hearing, KeySigns
from api.verification.keys import Keys, to_text
from api.verification.lexicon import Lexicon
from api.verification.reader import Reader

KEYS = {
    "keys": [
        {
            "statement": "wire-01",
            "about": "wire|marker before|prior operation|surgery",
            "told": "numb*|local_anaesthetic|local_anesthetic",
            "excluded": "asleep|general_anaesthetic",
        },
        {"statement": "wire-02", "about": "wire took|takes", "unit": "minutes", "values": ["20-30"]},
    ]
}


@pytest.fixture(scope="module")
def keys(lexicon: Lexicon) -> Keys:
    """Two keys on one matter."""
    return Keys(KEYS, lexicon)


def heard(text: str, statement: str, keys: Keys, reader: Reader) -> KeySigns:
    return Hearing(to_text(text), reader.read(text), keys).of(statement)


def test_right_words_are_heard_as_told(keys: Keys, reader: Reader) -> None:
    signs = heard("Your skin is numbed before surgery and a wire is placed.", "wire-01", keys, reader)
    assert (signs.about, signs.told) == (1.0, True)
    assert signs.right_words == {"numbed"}
    assert not signs.wrong_words


def test_wrong_words_are_heard_as_wrong(keys: Keys, reader: Reader) -> None:
    signs = heard("You are asleep when the wire goes in before surgery.", "wire-01", keys, reader)
    assert not signs.told
    assert signs.wrong_words == {"asleep"}


def test_a_denied_wrong_word_tells_what_is_right(keys: Keys, reader: Reader) -> None:
    assert heard("You are not asleep when the wire goes in before surgery.", "wire-01", keys, reader).told


def test_half_a_subject_is_heard_in_part(keys: Keys, reader: Reader) -> None:
    signs = heard("A wire is numb.", "wire-01", keys, reader)
    assert 0 < signs.about < 1
    assert not signs.told


@pytest.mark.parametrize(("said", "agrees"), [("25 minutes", True), ("half an hour", True), ("2 hours", False)])
def test_figures_are_heard_whatever_their_unit(keys: Keys, reader: Reader, said: str, agrees: bool) -> None:
    assert heard(f"The wire took {said}.", "wire-02", keys, reader).figure is agrees


def test_a_statement_without_keys_hears_nothing(keys: Keys, reader: Reader) -> None:
    assert heard("The wire took 25 minutes.", "wire-03", keys, reader) is NO_SIGNS
