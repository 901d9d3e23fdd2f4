"""Typed text is read as it was meant: shorthand, spelling by ear, swapped letters, joined words; offsets stay those typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.search.index import Made
from api.search.reader import Reader, Rewriter, reading_entries
from api.search.sounds import Sounds, sound_entries
from api.search.stems import stem

REWRITES = {"calcification": ["calc", "calcs"], "microcalcification": ["micro calcification"], "birads 4a": ["birads 4 a"]}
VOCABULARY = {
    "calcification": 9,
    "microcalcification": 5,
    "birad": 5,
    "biopsy": 5,
    "dcis": 3,
    "vacuum": 2,
    "next": 3,
    "week": 3,
    "micro": 3,
    "bi": 3,
    "rad": 3,
}
READER = Reader(Rewriter(REWRITES), Made(reading_entries(VOCABULARY, ["dcis", "hrt"])))

SPOKEN = Reader(
    Rewriter(REWRITES),
    Made(reading_entries({**dict.fromkeys(VOCABULARY, 40), **dict.fromkeys(("micro", "bi", "by", "rad"), 5)}, [])),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("calcs", "calcification"),
        ("micro calcs", "microcalcification"),
        ("Bi-RADS 4 a", "bi rad 4 a"),
        ("birads 4 A", "birad 4a"),
        ("calcifcation", "calcification"),
        ("dcsi", "dcis"),
        ("HTR", "hrt"),
        ("vacume", "vacuum"),
        ("nextweek", "next week"),
        ("xylophone", "xylophone"),
    ],
)
def test_text_is_read_as_meant(typed: str, meant: str) -> None:
    assert " ".join(READER.read(typed).words) == meant


def test_corrections_are_told() -> None:
    assert [(item.typed, item.meant) for item in READER.read("a bipsy of calcs").corrections] == [("bipsy", "biopsy")]


@given(st.text(max_size=300))
def test_offsets_index_the_text_as_typed(text: str) -> None:
    reading = READER.read(text)
    places = [(token.start, token.end) for token in reading.tokens]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)


@pytest.mark.parametrize(
    "forms", [("remove", "removed", "removing"), ("worry", "worried", "worrying"), ("stop", "stopped", "stopping")]
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bio psy", "biopsy"),
        ("calcify cations", "calcification"),
        ("by rads", "birad"),
        ("calcif", "calcification"),
        ("week. next", "week next"),
        ("next week", "next week"),
        ("biopsy next", "biopsy next"),
    ],
)
def test_words_cut_joined_or_misheard_are_read_as_meant(typed: str, meant: str) -> None:
    assert " ".join(SPOKEN.read(typed).words) == meant


def test_words_that_sound_alike_are_found() -> None:
    sounds = Sounds(Made(sound_entries({"benign": 3, "kettle": 1})))
    assert [word for word, _, _ in sounds.near("benine", 1.0)] == ["benign"]
    assert not list(sounds.near("window", 1.0))
