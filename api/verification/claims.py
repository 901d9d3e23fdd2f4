"""A claim: one sentence of a statement, with what the whole statement adds. Its words are sealed until somebody looks at them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.search.sealing import Sealer
from api.verification.lexicon import Sign
from api.verification.quantities import Quantity
from api.verification.reading import Reading, Term
from api.verification.surroundings import NOTHING_BESIDE, Beside
from api.verification.words import Piece, piece_of

_ELSEWHERE = 0.8
_BY_FIGURE = 0.7
_MOST_SENTENCES = 64


@dataclass(frozen=True, slots=True)
class Told:
    """A figure a statement tells: how near which words stand, the word it counts; `typed` when from its list of figures.

    `about` is what the list says was counted and among whom, denied words marked.
    """

    quantity: Quantity
    around: Mapping[str, float]
    head: str | None = None
    typed: bool = False
    about: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    beside: Beside = NOTHING_BESIDE


@dataclass(frozen=True, slots=True)
class BesideCategory:
    """A category a statement names and the words of its own clause."""

    slug: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Heard:
    """All sentences of a statement as they were read, the figures they tell, and categories with their words."""

    sentences: tuple[Reading, ...]
    told: tuple[Told, ...]
    beside_category: tuple[BesideCategory, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """What finding a statement takes: the keys of each sentence, those of its figures, and what all sentences have in common."""

    statement_id: str
    own: str
    keys: tuple[tuple[str, ...], ...]
    figure_keys: frozenset[str]
    signs: Mapping[str, frozenset[Sign]]
    slugs: frozenset[str]
    categories: frozenset[str]


class Sealed:
    """What is heard in a statement, opened when somebody looks at it: of most claims only the outline is looked at."""

    __slots__ = ("_data", "_heard")

    def __init__(self, data: bytes, heard: Heard | None = None) -> None:
        self._data = data
        self._heard = heard

    def heard(self) -> Heard:
        """What is heard."""
        data, heard = self._data, self._heard  # in this order: another thread may open it meanwhile
        if heard is None:
            heard = self._heard = _HEARD.open(data)
            self._data = b""
        return heard


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a statement, with what the whole statement adds; `signs` are those of all its sentences."""

    number: int
    statement_id: str
    own: str
    keys: Mapping[str, float]
    signs: Mapping[str, frozenset[Sign]]
    slugs: frozenset[str]
    categories: frozenset[str]
    place: int
    sealed: Sealed

    @property
    def reading(self) -> Reading:
        """How the sentence was read."""
        return self.sealed.heard().sentences[self.place]

    @property
    def siblings(self) -> tuple[Reading, ...]:
        """All sentences of the statement, this one too."""
        return self.sealed.heard().sentences

    @property
    def told(self) -> tuple[Told, ...]:
        """The figures of the statement."""
        return self.sealed.heard().told

    @property
    def beside_category(self) -> tuple[BesideCategory, ...]:
        """The categories of the statement with the words of their clauses."""
        return self.sealed.heard().beside_category

    @property
    def reading_keys(self) -> frozenset[str]:
        """The keys of its own sentence."""
        return frozenset(term.key for term in self.reading.terms)


def sealed(outline: Outline, heard: Heard) -> bytes:
    """A statement as the index keeps it: an outline that finding it takes, and behind it what is heard."""
    return _OUTLINE.seal(outline) + _BETWEEN + _HEARD.seal(heard)


def claims_of(rank: int, data: bytes) -> tuple[Claim, ...]:
    """The claims of the statement of that rank, as the index keeps it."""
    first, _, rest = data.partition(_BETWEEN)
    return claims_told(rank, _OUTLINE.open(first), Sealed(rest))


def claims_told(rank: int, outline: Outline, holder: Sealed) -> tuple[Claim, ...]:
    """The claims of a statement of that rank, whose words may be heard already."""
    everywhere = dict.fromkeys(outline.figure_keys, _BY_FIGURE)
    everywhere |= dict.fromkeys((key for keys in outline.keys for key in keys), _ELSEWHERE)
    return tuple(
        Claim(
            number_of(rank, place),
            outline.statement_id,
            outline.own,
            everywhere | dict.fromkeys(keys, 1.0),
            outline.signs,
            outline.slugs,
            outline.categories,
            place,
            holder,
        )
        for place, keys in enumerate(outline.keys)
    )


def number_of(rank: int, place: int) -> int:
    """The number of a claim: in the order of the release, its statement's rank within."""
    return rank * _MOST_SENTENCES + place


def place_of(number: int) -> tuple[int, int]:
    """The rank of a claim's statement and its place in it."""
    return divmod(number, _MOST_SENTENCES)


def _words(found: Sequence[Piece]) -> str:
    """The pieces of a claim as one line: where they stood and how they were written is not looked at."""
    return " ".join(piece.norm for piece in found)


def _pieces(line: str) -> tuple[Piece, ...]:
    return tuple(map(piece_of, line.split(" "))) if line else ()


_OUTLINE, _HEARD = Sealer(Outline), Sealer(Heard, {tuple[Piece, ...]: (_words, _pieces)})
_BETWEEN = b"\n"  # short JSON has none


def signed(terms: Iterable[Term]) -> frozenset[str]:
    """The keys of terms, denied ones marked."""
    return frozenset(f"!{term.key}" if term.negated else term.key for term in terms)
