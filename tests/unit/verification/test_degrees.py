"""Which of two sides a sentence puts above the other."""

import pytest
from sqlmodel import Session

from api.knowledge.language import load_language_file
from api.verification.degrees import Clauses, Degrees
from api.verification.lexicon import Lexicon
from api.verification.patterns import parse_alternatives
from api.verification.sides import Sides

_FINE_ABOVE_COARSE = Sides(
    parse_alternatives("fine|tiny|finer"),
    parse_alternatives("coarse|large*"),
    parse_alternatives("worr*|cancer*"),
    parse_alternatives("harmless|benign"),
)

STRAIGHT = [
    "Fine specks are more worrying than coarse ones.",
    "Coarse specks are less worrying than fine ones.",
    "Coarse specks are more often harmless than fine ones.",
    "Cancers in fine specks outnumber those in large specks.",
    "The finer the specks, the more worrying they are.",
    "Worrying results are highest in fine specks.",
    "Fine specks are mostly cancer, whereas coarse ones seldom are cancer.",
]
TURNED = [
    "Coarse specks are more worrying than fine ones.",
    "Fine specks are less worrying than coarse ones.",
    "Fine specks are more harmless than coarse ones.",
    "Cancers in large specks outnumber those in tiny ones.",
    "The finer the specks, the less worrying they are.",
    "Worrying results are rarest in fine specks.",
    "It is the coarse specks that are mostly cancer, while fine ones rarely mean cancer.",
]
OPEN = [
    "Coarse specks are not more worrying than fine ones.",
    "Fine and coarse specks are described by their shape.",
    "Fine specks were read rather than coarse ones.",
    "More than half of the fine specks were measured.",
    "Fine specks may be worrying.",
]


def _raised(session: Session, sentence: str) -> int | None:
    lexicon = Lexicon(load_language_file(session, "verification"))
    degrees = Degrees(load_language_file(session, "rankings")["degrees"])
    return Clauses(sentence, degrees, lexicon).raised(_FINE_ABOVE_COARSE)


@pytest.mark.parametrize("sentence", STRAIGHT)
def test_the_right_side_is_above(release_session: Session, sentence: str) -> None:
    assert _raised(release_session, sentence) == 1


@pytest.mark.parametrize("sentence", TURNED)
def test_the_other_side_is_above(release_session: Session, sentence: str) -> None:
    assert _raised(release_session, sentence) == -1


@pytest.mark.parametrize("sentence", OPEN)
def test_neither_side_is_above(release_session: Session, sentence: str) -> None:
    assert _raised(release_session, sentence) is None
