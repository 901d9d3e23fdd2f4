"""A sentence clause by clause: the values it tells on each scale, what else it speaks of, and how often it denies.

A scale holds values that exclude each other: thick and thin, a wedge and a row, left in place and taken out.
"""

from collections import defaultdict
from dataclasses import dataclass

from api.verification.lexicon import NOUN_SCOPE, Lexicon
from api.verification.reading import Reading, Term

_WALLS = frozenset({",", ";", ":", "but", "while", "whereas", "against", "and", "because", "so"})
_SECOND, _NO = "nor", "no"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its values by scale, its keys, the concepts it names, its terms, and its denials.

    `denials` counts the words that deny what is done or is, `denials_of_all` those that deny a thing too; `figured`
    tells whether a figure stands in it.
    """

    values: dict[str, frozenset[int]]
    keys: frozenset[str]
    slugs: frozenset[str]
    terms: tuple[Term, ...]
    denials: int
    denials_of_all: int
    figured: bool

    @property
    def bearing(self) -> frozenset[str]:
        """The keys that bear meaning of their own, directions left out."""
        return frozenset(term.key for term in self.terms if not term.light and not term.key.startswith("~"))


def clauses_of(reading: Reading, lexicon: Lexicon) -> list[Clause]:
    """The clauses of a sentence in order."""
    walls = [at for at, piece in enumerate(reading.pieces) if piece.norm in _WALLS]
    bounds = zip([-1, *walls], [*walls, len(reading.pieces)], strict=True)
    return [_clause(reading, lexicon, first + 1, after) for first, after in bounds if after - first > 1]


def _clause(reading: Reading, lexicon: Lexicon, first: int, after: int) -> Clause:
    terms = tuple(term for term in reading.terms if first <= term.place < after)
    values: dict[str, set[int]] = defaultdict(set)
    for term in terms:
        for axis, sign in term.poles:
            values[axis].add(-sign if term.negated else sign)
    norms = [piece.norm for piece in reading.pieces[first:after]]
    denying = [place for place in range(len(norms)) if _denies(norms, place, lexicon)]
    return Clause(
        {scale: frozenset(found) for scale, found in values.items()},
        frozenset(term.key for term in terms if not term.light or term.key.startswith("=")),
        frozenset(slug for term in terms for slug in term.slugs),
        terms,
        sum(_denies_verb(norms, place, lexicon) for place in denying),
        len(denying),
        any(first <= quantity.first < after for quantity in reading.quantities),
    )


def _denies(norms: list[str], place: int, lexicon: Lexicon) -> bool:
    negation = lexicon.negations.at(norms, place)
    return bool(negation and negation[1] and norms[place] != _SECOND)


def _denies_verb(norms: list[str], place: int, lexicon: Lexicon) -> bool:
    """Whether the word denies what is done or is, not a thing, and is not part of a phrase with a direction of its own."""
    negation = lexicon.negations.at(norms, place)
    return bool(
        negation
        and negation[1] > NOUN_SCOPE
        and norms[place] != _NO
        and not lexicon.substitutions.at(norms, place)
        and not lexicon.axes.covers(norms, place)
    )


def else_alike(said: Clause, told: Clause, scale: str = "") -> bool:
    """Whether no second value is turned too: 'high grade, most likely' says the same as 'low grade, least likely'."""
    shared = said.values.keys() & told.values.keys() - {scale}
    return all(said.values[name] == told.values[name] and len(said.values[name]) == 1 for name in shared)


def of_same_word(said: Clause, told: Clause) -> bool:
    """Whether a word denied in the one stands plain in the other."""
    one = {term.key: term.negated for term in said.terms if not term.key.startswith("~")}
    other = {term.key: term.negated for term in told.terms if not term.key.startswith("~")}
    return any(one[key] != other[key] for key in one.keys() & other.keys())
