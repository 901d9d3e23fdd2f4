"""Which sentences claim nothing that could be checked: greetings, comfort, questions, plain advice to see somebody."""

from collections.abc import Sequence

from api.verification.lexicon import Lexicon
from api.verification.reading import Reading
from api.verification.shelf import Claims
from api.verification.words import Phrases

_SUBSTANCE = 1.5
_LITTLE = 0.8
_NOTHING = 0.25
_SEVERAL = 3
_QUOTES = "\"'”’)]*_ "


def is_checkable(text: str, reading: Reading, lexicon: Lexicon, claims: Claims) -> bool:
    """Whether the sentence claims something about the field."""
    if is_question(text):
        return False
    norms = [piece.norm for piece in reading.pieces if piece.kind != "mark"]
    start = _after_opening(norms, lexicon)
    if start >= len(norms) or lexicon.first_person.at(norms, start):
        return False
    substance = _substance(reading, lexicon, claims)
    if reading.quantities or reading.categories:
        return not (lexicon.openers.at(norms, start) and substance < _NOTHING)
    if (lexicon.openers.at(norms, start) or _has(lexicon.pleas, norms)) and substance < _SUBSTANCE:
        return False
    if _has(lexicon.feelings, norms) and _has(lexicon.feeling_frames, norms) and substance < _SUBSTANCE:
        return False
    if lexicon.advice_verbs.at(norms, start) and (_has(lexicon.advisers, norms) or substance < _LITTLE):
        return False
    return substance >= _NOTHING or bool(reading.signs) or _says_something(reading, lexicon)


def is_question(text: str) -> bool:
    """Whether the sentence asks."""
    return text.rstrip(_QUOTES).endswith("?")


def _says_something(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether any word bears meaning, or several light ones name things of the field."""
    talk = [reading.pieces[term.place].norm in lexicon.talk_words for term in reading.terms]
    bearing = any(not term.light and not small for term, small in zip(reading.terms, talk, strict=True))
    return bearing or len({term.key for term in reading.terms if term.key.startswith("=")}) >= _SEVERAL


def is_anaphoric(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether the sentence points back to what was said before it."""
    norms = [piece.norm for piece in reading.pieces if piece.kind != "mark"]
    return any(lexicon.anaphora.at(norms, place) for place in range(len(norms)))


def points_back(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether the subject of the sentence itself is a word that points back."""
    norms = [piece.norm for piece in reading.pieces if piece.kind != "mark"]
    start = _after_opening(norms, lexicon)
    return start < len(norms) and lexicon.anaphora.at(norms, start) is not None


def _after_opening(norms: Sequence[str], lexicon: Lexicon) -> int:
    found = lexicon.openings.at(norms, 0) if norms else None
    return found[0] if found else 0


def _has(phrases: Phrases[bool], norms: Sequence[str]) -> bool:
    return any(phrases.at(norms, place) for place in range(len(norms)))


def _substance(reading: Reading, lexicon: Lexicon, claims: Claims) -> float:
    """The weight of what a sentence says of the field; words of small talk say nothing."""
    return sum(
        claims.weight(term)
        for term in reading.terms
        if not term.light and claims.knows(term.key) and reading.pieces[term.place].norm not in lexicon.talk_words
    )
