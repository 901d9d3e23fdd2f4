"""The right words in each other's places are told."""

import pytest

from api.verification.crossings import changes_back, crossed
from api.verification.reader import Reader

TOLD = "It usually shows as a lump, less often as a rash."


@pytest.mark.parametrize(
    ("said", "told", "expected"),
    [
        ("It mostly shows as a rash and seldom as a lump.", TOLD, True),
        ("It mostly shows as a lump and seldom as a rash.", TOLD, False),
        ("They lie in pairs rather than in rows.", "They lie in rows rather than in pairs.", True),
        ("They lie in rows rather than in pairs.", "They lie in rows rather than in pairs.", False),
    ],
)
def test_exchanged_words_are_found(reader: Reader, said: str, told: str, expected: bool) -> None:
    told_reading = reader.read(told)
    assert crossed(reader.read(said), told_reading, (told_reading,)) is expected


def test_a_rise_is_no_fall(reader: Reader) -> None:
    assert changes_back(reader.read("It rose from 2 to 5."), reader.read("It fell from 5 to 2."))
