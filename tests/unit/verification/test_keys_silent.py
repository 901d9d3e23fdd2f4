"""When keys keep silent: a denial before any part, a rarity, a sentence that calls a claim wrong, the rest of a whole."""

import pytest

from api.verification.keys import Keys, to_text
from api.verification.lexicon import Lexicon
from api.verification.patterns import Text
from api.verification.reader import Reader

KEYS = {
    "keys": [
        {"statement": "oil-cyst-01", "about": "oil_cyst", "told": "benign", "excluded": "cyst~cancer|malignan*"},
        {"statement": "rate-01", "about": "upgrad*", "unit": "percent", "values": ["7"]},
    ]
}


@pytest.fixture(scope="module")
def keys(lexicon: Lexicon) -> Keys:
    """Keys of words and of figures."""
    return Keys(KEYS, lexicon)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("An oil cyst is cancer.", True),
        ("An oil cyst is not cancer.", False),
        ("An oil cyst is rarely malignant.", False),
        ("It is a myth that an oil cyst is malignant.", False),
        ("Some 30 percent were upgraded.", True),
        ("Some 93 percent were upgraded.", True),
        ("Some 93 percent were not upgraded.", False),
        ("More than 90 percent were spared an upgrade.", False),
    ],
)
def test_only_what_a_sentence_itself_claims_is_held_against_it(keys: Keys, reader: Reader, said: str, wrong: bool) -> None:
    assert any(keys.against(to_text(said), Text(()), reader.read(said))) == wrong
