"""What a sentence names only to set it aside."""

import pytest

from api.verification.keys import to_text
from api.verification.lexicon import Lexicon
from api.verification.patterns import parse_alternatives
from api.verification.set_aside import SetAside


@pytest.mark.parametrize(
    ("said", "alternatives", "denied"),
    [
        ("An oil cyst is cancer.", "cancer", [False]),
        ("An oil cyst is not cancer.", "cancer", [True]),
        ("There is no evidence that a needle makes any of the cancer cells spread.", "spread", [True]),
        ("It lies in the skin rather than deep in the milk ducts.", "milk_duct", [True]),
        ("It lies rather than rests, and the milk ducts are free.", "milk_duct", [False]),
        ("An open operation is not advised.", "operation", [True]),
        ("There is no need for a check.", "check", [True]),
        ("There is no need for a check.", "check|no_need_for_a_check", [False]),
        ("Nothing is said of it.", "cancer", []),
    ],
)
def test_what_is_denied_is_set_aside(lexicon: Lexicon, said: str, alternatives: str, denied: list[bool]) -> None:
    assert SetAside(lexicon).all_of(parse_alternatives(alternatives), to_text(said)) == denied
