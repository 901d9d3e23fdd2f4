"""The right words in each other's places: 'mostly specks, seldom a lump' where mostly a lump and seldom specks is told."""

from collections.abc import Iterable, Sequence

from api.verification.polarity import clauses
from api.verification.reading import Reading

_FAMILIES = (
    ("amount", "frequency"),
    ("direction",),
    ("thickness",),
    ("sequence",),
    ("suspicion", "nature"),
    ("size",),
    ("count",),
)
_CHANGE = "direction"


def crossed(said: Reading, told: Reading, siblings: Sequence[Reading]) -> bool:
    """Whether a sentence gives to one thing what is told of another, and the other way round."""
    return _replaced_turned(said, told) or any(_exchanged(family, said, siblings) for family in _FAMILIES)


def changes_back(said: Reading, told: Reading) -> bool:
    """Whether one rises where the other falls."""
    mine, theirs = said.signs.get(_CHANGE), told.signs.get(_CHANGE)
    return bool(mine and theirs and len(mine) == len(theirs) == 1 and mine != theirs)


def _replaced_turned(said: Reading, told: Reading) -> bool:
    """'In groups rather than singly' where 'singly rather than in groups' is told."""
    if not said.replaced or not told.replaced:
        return False
    mine = {term.key for term in said.terms} - said.replaced
    theirs = {term.key for term in told.terms} - told.replaced
    return bool(mine & told.replaced) and bool(theirs & said.replaced) and not (said.replaced & told.replaced)


def _exchanged(family: tuple[str, ...], said: Reading, siblings: Sequence[Reading]) -> bool:
    if not any(axis in said.signs for axis in family):
        return False
    high, low = _sides(family, [said])
    if not high or not low:
        return False
    above, below = _sides(family, siblings)
    return bool(high & below) and bool(low & above)


def _sides(family: tuple[str, ...], sentences: Iterable[Reading]) -> tuple[frozenset[str], frozenset[str]]:
    """What only stands in clauses of the one direction, and what only in those of the other."""
    found: dict[int, set[str]] = {1: set(), -1: set()}
    for sentence in sentences:
        for clause in clauses(sentence):
            signs = {-sign if term.negated else sign for term in clause for axis, sign in term.poles if axis in family}
            if len(signs) == 1:
                keys = {term.key for term in clause if not term.poles and (not term.light or term.key.startswith("="))}
                found[signs.pop()].update(keys)
    return frozenset(found[1] - found[-1]), frozenset(found[-1] - found[1])
