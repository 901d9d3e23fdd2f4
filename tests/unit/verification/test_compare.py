"""Honest rounding agrees, wrong figures clash, and what cannot be told is left open."""

import pytest

from api.verification.compare import Match, compare
from api.verification.reader import Reader

CASES = [
    ("29%", "28.7%", Match.AGREE),
    ("about 3 in 10", "28.7%", Match.AGREE),
    ("nearly half", "47%", Match.AGREE),
    ("1 in 6", "16.6%", Match.AGREE),
    ("a third of them", "33%", Match.AGREE),
    ("half a centimetre", "5 mm", Match.AGREE),
    ("two months", "60 days", Match.AGREE),
    ("more than nine in ten", "more than 90%", Match.AGREE),
    ("about 5 in 10", "4 to 6 in 10", Match.AGREE),
    ("some 36,000 women", "36,282 women", Match.AGREE),
    ("74%", "7.4%", Match.CLASH),
    ("18.6%", "1.86%", Match.CLASH),
    ("38%", "83.0%", Match.CLASH),
    ("one centimetre", "1 mm", Match.CLASH),
    ("seven months", "7 weeks", Match.CLASH),
    ("10 to 50%", "2 to 10%", Match.CLASH),
    ("up to 20%", "at most 2%", Match.CLASH),
    ("under 10 years", "over 10 years", Match.CLASH),
    ("in 2003", "in 1993", Match.CLASH),
    ("at least half", "83%", Match.UNSURE),
    ("5 mm", "5%", None),
]


@pytest.mark.parametrize(("said", "told", "expected"), CASES, ids=[f"{said} / {told}" for said, told, _ in CASES])
def test_figures_are_compared(reader: Reader, said: str, told: str, expected: Match | None) -> None:
    one = reader.read(f"It was {said} there.").quantities[0]
    other = reader.read(f"It was {told} there.").quantities[0]
    assert compare(one, other) is expected
