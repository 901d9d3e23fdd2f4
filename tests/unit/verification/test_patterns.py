"""Patterns over words: terms, alternatives, words in a row, beginnings, order, and what must not occur."""

import pytest

from api.search.terms import words
from api.seeding.canonical import plain
from api.seeding.read import Reading
from api.verification.patterns import Text, openings, parse, says


@pytest.mark.parametrize(
    ("line", "sentence", "holds"),
    [
        ("vacuum*|vae anaesthe*|anesthe*", "Vacuum excision is done under local anaesthetic.", True),
        ("vacuum* anaesthe*|anesthe*", "Vacuum excision takes half an hour.", False),
        ("come_back", "The specks came back and come back again", True),
        ("come_back", "They come and go back", False),
        ("removed", "They are removing it", True),
        ("chance~more~target", "Found by chance it is upgraded more often than a target", True),
        ("chance~more~target", "A target is upgraded more often than a finding by chance", False),
        ("rim -oil", "A rim around an oil cyst", False),
        ("rim -oil", "A rim around a cyst", True),
        ("excis*", "The lesion was excised", True),
        ("excis*", "Excision follows", True),
        ("advis*", "Advising a biopsy", True),
        ("tumour*", "Tumors and tumours", True),
        ("a_haematoma*", "A hematoma is a bruise", True),
        ("localis*", "Localization by wire", True),
        ("analys*", "It was analysed", True),
        ("birads*", "A BIRADS category", True),
        ("biopsi*~later", "Biopsies follow later", True),
        ("mammogra*", "The mammoth sleeps", False),
        ("dens*", "The den", False),
    ],
)
def test_a_pattern_holds(line: str, sentence: str, holds: bool) -> None:
    assert says(parse(line), Text(words(sentence))) is holds


def test_what_follows_must_follow_soon() -> None:
    far = " ".join(["word"] * 40)
    assert not says(parse("first~last"), Text(words(f"first {far} last")))
    assert says(parse("first~last"), Text(words("first and then last")))


def test_openings_are_the_words_its_terms_begin_with(reading: Reading) -> None:
    keys = plain(reading.language["language/keys.yaml"])["keys"]
    lines = ["a_b|c*~d -e f*_g|_h", "co-operat* pre-cancer_early", *(key["about"] for key in keys)]
    for line in lines:
        begun = [{alternative[0][0] for alternative in term.alternatives} for term in parse(line) if not term.banned]
        assert [set(words) for words in openings(line)] == begun, line
