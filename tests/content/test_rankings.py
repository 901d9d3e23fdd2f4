"""Rankings never speak against what is served, and find each of their statements' comparisons turned round."""

import pytest

from api.seeding.canonical import plain
from api.seeding.read import Reading
from api.verification.lexicon import Lexicon
from api.verification.rankings import Rankings
from api.verification.sentences import split

TURNED = [
    "Coarse lumps of calcium in a lymph node should alarm doctors more than fine specks.",
    "In the Swiss register, papillary lesions were malignant more often than lobular neoplasia.",
    "The older a woman gets, the lower her odds of having breast arterial calcification.",
    "Classic LCIS was upgraded more often than pleomorphic LCIS.",
    "Women with small, firm breasts are the ones in whom fat necrosis is seen most.",
    "Surgery with radiotherapy tops the list of what brings on breast fat necrosis, well ahead of blunt injury.",
    "Mammograms spotted left-behind DCIS less often than ultrasound.",
]


@pytest.fixture(scope="module")
def rankings(reading: Reading) -> Rankings:
    """The rankings of the real content."""
    lexicon = Lexicon(plain(reading.language["language/verification.yaml"]))
    return Rankings(plain(reading.language["language/rankings.yaml"]), lexicon)


def test_no_ranking_speaks_against_a_statement(reading: Reading, rankings: Rankings) -> None:
    statements = [statement for concept in reading.concepts.values() for statement in concept.statements]
    assert len(statements) > 1_000
    found = [
        (statement.id, sentence.text, settled.statement_id)
        for statement in statements
        for sentence in split(statement.text, frozenset())
        if (settled := rankings.settled(sentence.text)) and not settled.agrees
    ]
    assert found == []


@pytest.mark.parametrize("sentence", TURNED)
def test_a_comparison_turned_round_is_found(rankings: Rankings, sentence: str) -> None:
    settled = rankings.settled(sentence)
    assert settled
    assert not settled.agrees
