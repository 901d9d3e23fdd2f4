"""Whether a sentence and a claim on one subject say opposite things: directions, comparisons, negations."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from api.verification.claims import Told
from api.verification.quantities import SHARE
from api.verification.reading import GENERAL, Comparison, Reading, Term
from api.verification.surroundings import around

_NEAR = 6
_ENOUGH = 2
OF_AMOUNT = ("amount", "frequency", "direction")
_CLAUSE_ENDS = frozenset({",", ";", ":", "but", "while", "whereas", "against", "and"})
_MOSTLY = 0.6
_NEARLY = 0.8
_ATTRIBUTES = frozenset({"frequency", "size", "amount", "thickness"})
_NATURE = "nature"
_CALCIFICATION = "=calcification"
_KNOWLEDGE = "knowledge"
_SUCCESSES = frozenset({"=detect", "=successful"})
_FAILURES = frozenset({"=miss", "=fail"})
_VALUE = frozenset({"nature", "suspicion"})


@dataclass(frozen=True, slots=True)
class Polarity:
    """Axes on which both agree, axes on which they clash about the very same thing or only in sum, negations that clash."""

    agree: tuple[str, ...]
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    negation: tuple[str, ...]
    counted: bool = False

    @property
    def opposed(self) -> bool:
        """Whether anything clashes."""
        return bool(self.strong or self.weak or self.negation)


def compare_polarity(said: Reading, told: Reading, siblings: Sequence[Reading], figures: Sequence[Told] = ()) -> Polarity:
    """Hold the directions of a sentence against those of a claim and of the other sentences of its statement."""
    agree, strong, weak = set[str](), set[str](), set[str]()
    settled = [reading for reading in siblings if not reading.open]
    counted = False
    for axis in said.signs:
        others = siblings if axis == _KNOWLEDGE else settled
        verdict = _compared(axis, said, others)
        if verdict is None:
            verdict = _counted(axis, said, figures)
            counted = counted or verdict == "strong"
        if verdict is None and _turned_in_same_words(axis, said, told):
            verdict = "strong"
        if verdict is None:
            verdict = _bound(axis, said, others) or _pulled(axis, said, others) or _summed(axis, said, told, others)
            if said.contrasting or (any(item.axis == axis for item in said.comparisons) and not _bound(axis, said, others)):
                verdict = None
        if verdict:
            {"agree": agree, "strong": strong, "weak": weak}[verdict].add(axis)
    if agree & _VALUE:
        weak -= _VALUE
    negation = () if said.contrasting else _negation(said, told, siblings)
    return Polarity(tuple(sorted(agree)), tuple(sorted(strong)), tuple(sorted(weak)), negation, counted)


def _compared(axis: str, said: Reading, siblings: Sequence[Reading]) -> str | None:
    """'Fine is more worrying than coarse' against the reverse."""
    for one in (item for item in said.comparisons if item.axis == axis):
        for other in (item for reading in siblings for item in reading.comparisons if item.axis == axis):
            measured = one.measured & other.measured
            straight = len((one.left - other.right - measured) & other.left) + len((one.right - other.left) & other.right)
            crossed = len((one.left - other.left) & other.right) + len((one.right - other.right) & other.left)
            if one.right & other.left and one.left & other.right and not one.right & other.right:
                straight = 0
            if straight == crossed:
                continue
            same = (one.sign == other.sign) == (straight > crossed)
            if crossed > straight and crossed < _both(one, other):
                continue
            return "agree" if same else "strong"
    return None


def _turned_in_same_words(axis: str, said: Reading, told: Reading) -> bool:
    """Whether the sentence itself, not one beside it, says the same of the other direction alone."""
    mine, theirs = said.signs[axis], told.signs.get(axis, frozenset())
    if len(mine) != 1 or len(theirs) != 1 or mine == theirs or told.open or said.comparisons or told.comparisons:
        return False
    if any(quantity.dimension == SHARE for quantity in (*said.quantities, *told.quantities)):
        return False
    if any(term.slugs - GENERAL and term.slugs.isdisjoint(told.slugs) for term in said.terms):
        return False
    keys = {term.key for term in said.terms if not term.light and not term.poles}
    return len(keys) >= _ENOUGH and len(keys & {term.key for term in told.terms}) >= _NEARLY * len(keys)


def _counted(axis: str, said: Reading, figures: Sequence[Told]) -> str | None:
    """'A more often than B' against the shares told of A and of B."""
    if axis not in OF_AMOUNT:
        return None
    shares = [item for item in figures if item.typed and item.quantity.dimension == SHARE and not item.quantity.ranged]
    found: set[str] = set()
    for comparison in (item for item in said.comparisons if item.axis == axis and item.left):
        for one, other in permutations(shares, 2):
            if one.quantity.low != other.quantity.low and _sides(comparison, one.about, other.about):
                more = (one.quantity.low > other.quantity.low) != _other_outcome(said, one.about & other.about)
                found.add("agree" if more == (comparison.sign > 0) else "strong")
    return found.pop() if len(found) == 1 else None


def _sides(comparison: Comparison, one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one figure counts the left side, another the right, and nothing else keeps them apart."""
    mine, theirs = one - other, other - one
    told_apart = comparison.left & mine or (comparison.right & theirs and not comparison.left & theirs)
    unnamed = {key.removeprefix("!") for key in mine - comparison.left} ^ {
        key.removeprefix("!") for key in theirs - comparison.right
    }
    return bool(told_apart) and not comparison.left & theirs and not comparison.right & mine and len(unnamed) <= 1


def _other_outcome(said: Reading, counted: frozenset[str]) -> bool:
    """Whether the sentence tells of what was missed and the figures of what was found."""
    return bool(any(term.key in _FAILURES for term in said.terms) and counted & _SUCCESSES and not counted & _FAILURES)


def _bound(axis: str, said: Reading, siblings: Sequence[Reading]) -> str | None:
    """Where a statement tells both directions: what the sentence speaks of stands in the clause of the opposite one."""
    if axis == _NATURE:
        return None
    for clause in clauses(said):
        signs = signs_of(clause, axis)
        mine = {term.key for term in clause if not term.light and all(name != axis for name, _ in term.poles)}
        mine -= {key for item in said.comparisons if item.axis == axis for key in item.right}
        if len(signs) == 1 and mine and _stands_opposite(axis, signs, mine, siblings):
            return "strong"
    return None


def _stands_opposite(axis: str, mine_signs: set[int], mine: set[str], siblings: Sequence[Reading]) -> bool:
    same, opposite = set[str](), set[str]()
    for reading in siblings:
        if reading.signs.get(axis):
            for clause in clauses(reading):
                signs = signs_of(clause, axis)
                if len(signs) == 1:
                    (same if signs == mine_signs else opposite).update(_bearing(clause))
    return bool(same and opposite and mine & (opposite - same) and not mine & (same - opposite))


def signs_of(terms: Sequence[Term], axis: str) -> set[int]:
    """The directions of some words on an axis."""
    return {-sign if term.negated else sign for term in terms for name, sign in term.poles if name == axis}


def clauses(reading: Reading) -> list[list[Term]]:
    """The terms of a sentence, clause by clause."""
    clauses: list[list[Term]] = [[]]
    walls = [at for at, piece in enumerate(reading.pieces) if piece.norm in _CLAUSE_ENDS]
    for term in reading.terms:
        while walls and walls[0] < term.place:
            walls.pop(0)
            clauses.append([])
        clauses[-1].append(term)
    return clauses


def _both(one: Comparison, other: Comparison) -> int:
    """A reversal must show on both sides."""
    return 2 if one.right and other.right else 1


def _pulled(axis: str, said: Reading, siblings: Sequence[Reading]) -> str | None:
    """Opposite words about the same head: 'lower density' against 'higher density'."""
    mine = [pull for pull in said.pulls if pull.axis == axis]
    about = _bare(axis, said)
    near = [reading for reading in siblings if axis == _NATURE or about & _bare(axis, reading)]
    theirs = [pull for reading in near for pull in reading.pulls if pull.axis == axis]
    pairs = [(one, other) for one in mine for other in theirs if one.heads & other.heads]
    if any(one.sign == other.sign for one, other in pairs):
        return "agree"
    return "strong" if pairs and len(said.signs.get(axis, frozenset())) == 1 else None


def _bare(axis: str, reading: Reading) -> set[str]:
    """What a sentence speaks of beside a direction."""
    return {term.key for term in reading.terms if all(name != axis for name, _ in term.poles)} - {_CALCIFICATION}


def _summed(axis: str, said: Reading, told: Reading, siblings: Sequence[Reading]) -> str | None:
    bearing = (
        [told] if told in siblings and told.signs.get(axis) else [reading for reading in siblings if reading.signs.get(axis)]
    )
    signs = said.signs.get(axis, frozenset())
    against = frozenset(sign for reading in bearing for sign in reading.signs.get(axis, ()))
    if not against or len(signs) > 1 or len(against) > 1:
        return None
    if signs == against:
        return "agree"
    if axis in _ATTRIBUTES and _of_other_things(axis, said, bearing):
        return None
    near = _beside(axis, said).keys()
    return "weak" if any(near & _beside(axis, reading).keys() for reading in bearing) else None


def _of_other_things(axis: str, said: Reading, bearing: Sequence[Reading]) -> bool:
    """Whether both tell what they give a direction to, and it is not the same: 'a rare tumor' and 'a common lump'."""
    mine = [pull.heads for pull in said.pulls if pull.axis == axis]
    theirs = [pull.heads for reading in bearing for pull in reading.pulls if pull.axis == axis]
    return all(mine) and all(theirs) and not frozenset().union(*mine) & frozenset().union(*theirs)


def _beside(axis: str, reading: Reading) -> dict[str, float]:
    keys: dict[str, float] = {}
    for term in reading.terms:
        if any(name == axis for name, _ in term.poles):
            keys |= around(reading, term.place, term.place + 1, _NEAR)
    return {key: near for key, near in keys.items() if not key.startswith("~")}


def _negation(said: Reading, told: Reading, siblings: Sequence[Reading]) -> tuple[str, ...]:
    """Words denied on one side and not on the other, when nothing is denied on both."""
    if denied_alike(said, siblings) or (_denied(said.terms) and _denied(told.terms)) or (said.denials and told.denials):
        return ()
    if told.open or said.open:
        return ()
    found: set[str] = set()
    denied_said, plain_said = _split(said.terms)
    mine = _bearing(said.terms)
    alone = bool(mine) and len(mine & {term.key for term in told.terms}) >= _MOSTLY * len(mine)
    for reading in [told] if alone else siblings:
        denied_told, plain_told = _split(reading.terms)
        if reading is not told and not _on_one_thing(said, reading):
            continue
        both = (denied_said & plain_said) | (denied_told & plain_told)
        found |= ((denied_said & plain_told) | (denied_told & plain_said)) - both
    return tuple(sorted(found - said.replaced - told.replaced))


def _on_one_thing(said: Reading, other: Reading) -> bool:
    """Whether another sentence of the statement is about what the sentence says."""
    theirs = _bearing(other.terms)
    shared = len(_bearing(said.terms) & theirs)
    enough = shared >= _ENOUGH and shared * _ENOUGH >= len(_bearing(said.terms))
    return enough or (len(theirs) == 1 and shared == 1)


def denied_alike(said: Reading, siblings: Sequence[Reading]) -> bool:
    """Whether something is denied on both sides."""
    return bool(_denied(said.terms) & {key for reading in siblings for key in _denied(reading.terms)})


def _bearing(terms: Sequence[Term]) -> set[str]:
    return {term.key for term in terms if not term.light}


def _denied(terms: Sequence[Term]) -> set[str]:
    return {term.key for term in terms if term.negated and not term.light}


def _split(terms: Sequence[Term]) -> tuple[set[str], set[str]]:
    bearing = [term for term in terms if not (term.light or term.poles or term.slugs)]
    return {term.key for term in bearing if term.negated}, {term.key for term in bearing if not term.negated}
