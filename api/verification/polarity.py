"""Whether a sentence and a claim on one subject say opposite things: directions, negations, words without exception."""

from dataclasses import dataclass

from api.verification.claims import around
from api.verification.reading import Reading, Term

_NEAR = 6


@dataclass(frozen=True)
class Polarity:
    """What was compared: axes on which both agree, axes on which they clash, whether a negation or an absolute clashes."""

    agree: tuple[str, ...]
    clash: tuple[str, ...]
    negation: tuple[str, ...]

    @property
    def opposed(self) -> bool:
        """Whether anything clashes."""
        return bool(self.clash or self.negation)


def compare_polarity(said: Reading, told: Reading, whole: Reading) -> Polarity:
    """Hold the directions of a sentence against those of a claim; `whole` is the claim's statement."""
    agree, clash = [], []
    for axis, signs in said.signs.items():
        against = told.signs.get(axis)
        if not against or len(signs) > 1 or len(against) > 1:
            continue
        if signs == against:
            agree.append(axis)
        elif _same_place(axis, said, told):
            clash.append(axis)
    return Polarity(tuple(agree), tuple(clash), _negation(said, told, whole))


def _same_place(axis: str, said: Reading, told: Reading) -> bool:
    """Whether the opposed words stand by a shared word, so that they are about the same thing."""
    return bool(_beside(axis, said).keys() & _beside(axis, told).keys())


def _beside(axis: str, reading: Reading) -> dict[str, float]:
    keys: dict[str, float] = {}
    for term in reading.terms:
        if any(name == axis for name, _ in term.poles):
            keys |= around(reading, term.place, term.place + 1, _NEAR)
    return {key: near for key, near in keys.items() if not key.startswith("~")}


def _negation(said: Reading, told: Reading, whole: Reading) -> tuple[str, ...]:
    negated_said, plain_said = _split(said.terms)
    negated_told, plain_told = _split(told.terms)
    if negated_said & _split(whole.terms)[0]:
        return ()
    both = (negated_said & plain_said) | (negated_told & plain_told)
    return tuple(sorted(((negated_said & plain_told) | (negated_told & plain_said)) - both))


def _split(terms: list[Term]) -> tuple[set[str], set[str]]:
    bearing = [term for term in terms if not term.light and not term.poles]
    return {term.key for term in bearing if term.negated}, {term.key for term in bearing if not term.negated}
