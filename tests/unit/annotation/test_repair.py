"""What dictation and hurried typing did to words is undone, and nothing else is touched."""

import pytest

from api.annotation.repair import repaired
from api.annotation.spelling import Spelling
from api.annotation.wording import Wording
from api.annotation.words import read_words


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("steretactic", "stereotactic"),
        ("lump ectomy", "lumpectomy"),
        ("fibro-adenoma", "fibroadenoma"),
        ("d c i s", "dcis"),
        ("sutcher", "suture"),
        ("a more fuss", "amorphous"),
        ("by rads", "birad"),
        ("seg mental", "segmental"),
    ],
)
def test_what_was_misheard_or_mistyped_is_repaired(wording: Wording, spelling: Spelling, written: str, meant: str) -> None:
    (word,) = repaired(read_words(written), wording, spelling)
    assert word.norm == meant
    assert (word.start, word.end) == (0, len(written))


@pytest.mark.parametrize("word", ["around", "ground", "density", "benign", "breast", "mass", "patient"])
def test_words_of_other_meaning_are_left_alone(wording: Wording, spelling: Spelling, word: str) -> None:
    assert [repaired_word.norm for repaired_word in repaired(read_words(word), wording, spelling)] == [read_words(word)[0].norm]


def test_spoken_marks_become_marks(wording: Wording, spelling: Spelling) -> None:
    assert [word.norm for word in repaired(read_words("dcis period cyst comma"), wording, spelling)] == ["dcis", ".", "cyst", ","]
