"""Sentences in nearly the same words that say different things: a denial, an exception, an order, an effect."""

from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum

from api.verification.reading import Reading, Term

Weigh = Callable[[str], float]
_SAME = 0.8
_MOST = 0.6
_LIGHTLY = 0.3
_FEWEST = 2
_OF_CHANGE = ("direction", "amount")


class Contrast(StrEnum):
    """How a sentence in nearly the same words says something else."""

    DENIAL = "denial"
    EXCEPTION = "exception"
    ORDER = "order"
    EFFECT = "effect"


def contrast(said: Reading, told: Reading, weigh: Weigh, *, of_effect: bool = False) -> Contrast | None:
    """What a sentence in nearly the words of a statement's sentence changes, or only the effect; None when nothing."""
    if _effect_where_none(said, told) and covers(said, told, weigh, _MOST):
        return Contrast.EFFECT
    if not of_effect and _turned(said, told) and covers(said, told, weigh, _MOST):
        return Contrast.ORDER
    if of_effect or not covers(said, told, weigh):
        return None
    if _without_exception(said, told):
        return Contrast.EXCEPTION
    if _denied_otherwise(said, told) and covers(told, said, weigh, _MOST):
        return Contrast.DENIAL
    return None


def covers(said: Reading, told: Reading, weigh: Weigh, least: float = _SAME, *, names: bool = True) -> bool:
    """Whether one sentence says so much of what the other says; without `names`, who says so does not count."""
    keys = {term.key for term in told.terms}
    whole = found = 0.0
    for term in said.terms:
        weight = weigh(term.key) * (_LIGHTLY if term.light or term.poles else 1.0) * (names or not term.name)
        whole += weight
        found += weight * (term.key in keys)
    return bool(whole) and found >= least * whole


def _denied_otherwise(said: Reading, told: Reading) -> bool:
    """One denial more or less, on a word that both use once."""
    if (said.denials - told.denials) % 2 == 0 or said.conditional != told.conditional or told.open or said.open:
        return False
    if told.partial != said.partial or told.single_study:
        return False
    mine, theirs = _once(said.terms), _once(told.terms)
    flipped = [key for key in mine.keys() & theirs.keys() - said.replaced - told.replaced if mine[key] != theirs[key]]
    return bool(flipped)


def _effect_where_none(said: Reading, told: Reading) -> bool:
    """'It raised the risk' where no effect was seen."""
    if not told.level or said.level or said.denials or said.partial or said.comparisons or told.partial:
        return False
    signed = {axis for axis in _OF_CHANGE if said.signs.get(axis)}
    shared = {term.key for term in said.terms if not term.light} & {term.key for term in told.terms if not term.light}
    return bool(signed) and not any(told.signs.get(axis) for axis in signed) and len(shared) >= _FEWEST


def _once(terms: Iterable[Term]) -> dict[str, bool]:
    """Words that stand once, and whether they are denied; directions are held elsewhere."""
    count = Counter(term.key for term in terms)
    return {term.key: term.negated for term in terms if count[term.key] == 1 and not term.poles}


def _without_exception(said: Reading, told: Reading) -> bool:
    """'Never misses' where it sometimes does, 'every' where some do."""
    if not said.absolutes or said.soft or said.partial or told.absolutes or not (told.partial or told.lessened):
        return False
    shared = {term.key for term in said.terms if not term.light} & {term.key for term in told.terms if not term.light}
    return len(shared) >= _FEWEST


def _turned(said: Reading, told: Reading) -> bool:
    """'A is preferred to B' against 'B is preferred to A'."""
    for one in said.orders:
        for other in told.orders:
            if one.word != other.word:
                continue
            straight = len(one.left & other.left) + len(one.right & other.right)
            crossed = len(one.left & other.right) + len(one.right & other.left)
            if crossed > straight and one.left & other.right and one.right & other.left:
                return True
    return False
