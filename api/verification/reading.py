"""A text as verification reads it: terms with their weight-bearing keys, names of concepts, figures, categories, directions."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from api.verification.lexicon import Sign
from api.verification.quantities import Quantity
from api.verification.words import Piece

GENERAL = frozenset({"calcification", "microcalcification", "macrocalcification"})
CANCER = "=cancer"
NATURE, SUSPICION, AMOUNT, SAFETY = "nature", "suspicion", "amount", "safety"
NECESSITY, FREQUENCY = "necessity", "frequency"


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase that bears meaning; `poles` are the directions it pulls in, as it stands (not turned by a negation)."""

    key: str
    place: int
    negated: bool
    slugs: frozenset[str]
    poles: tuple[tuple[str, Sign], ...]
    light: bool
    name: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """A category of an assessment system, such as birads-4a."""

    system: str
    value: str
    place: int

    @property
    def slug(self) -> str:
        """The name of the category."""
        return f"{self.system}-{self.value}"

    @property
    def concept(self) -> str:
        """The concept of the release that stands for it."""
        return {"uk-r": f"uk-r{self.value}", "b": "b-category"}.get(self.system, self.slug)


@dataclass(frozen=True, slots=True)
class Pull:
    """A word that pulls in a direction, turned by a negation, and what it is said of."""

    axis: str
    sign: Sign
    heads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """'Left is more ... than right', with the direction of the comparing word; `measured` stands between it and 'than'."""

    axis: str
    sign: Sign
    left: frozenset[str]
    right: frozenset[str]
    measured: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Order:
    """What stands on either side of a word whose sides cannot be exchanged: 'prefer ... to ...'."""

    word: str
    left: frozenset[str]
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence says, as far as words tell."""

    pieces: tuple[Piece, ...]
    terms: tuple[Term, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    categories: tuple[Category, ...] = ()
    signs: Mapping[str, frozenset[Sign]] = field(default_factory=dict)
    pulls: tuple[Pull, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    absolutes: frozenset[Sign] = frozenset()
    soft: bool = False
    partial: bool = False
    open: bool = False
    conditional: bool = False
    comparing: bool = False
    lessened: bool = False
    level: bool = False
    replaced: frozenset[str] = frozenset()
    most: bool = False
    orders: tuple[Order, ...] = ()
    denials: int = 0
    single_study: bool = False
    unable: bool = False
    remaining: bool = False
    contrasting: bool = False
    distancing: bool = False
    predicates: frozenset[int] = frozenset()
    differences: frozenset[int] = frozenset()
    slugs: frozenset[str] = frozenset()

    def compares_at(self, place: int) -> bool:
        """Whether a difference is told there: '3 minutes less than'."""
        return place in self.differences


@dataclass(slots=True)
class Draft:
    """A reading while it is being made."""

    pieces: list[Piece]
    terms: list[Term] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    signs: dict[str, set[Sign]] = field(default_factory=lambda: defaultdict(set))
    pulls: list[Pull] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    absolutes: set[Sign] = field(default_factory=set)
    soft: bool = False
    partial: bool = False
    open: bool = False
    conditional: bool = False
    comparing: bool = False
    lessened: bool = False
    level: bool = False
    replaced: set[str] = field(default_factory=set)
    most: bool = False
    orders: list[Order] = field(default_factory=list)
    denials: int = 0
    single_study: bool = False
    unable: bool = False
    remaining: bool = False
    contrasting: bool = False
    distancing: bool = False
    predicates: set[int] = field(default_factory=set)
    differences: set[int] = field(default_factory=set)
    slugs: frozenset[str] = frozenset()

    def reading(self) -> Reading:
        """What was read, no longer to be changed."""
        return Reading(
            tuple(self.pieces),
            tuple(self.terms),
            tuple(self.quantities),
            tuple(self.categories),
            {axis: frozenset(signs) for axis, signs in self.signs.items()},
            tuple(self.pulls),
            tuple(self.comparisons),
            frozenset(self.absolutes),
            self.soft,
            self.partial,
            self.open,
            self.conditional,
            self.comparing,
            self.lessened,
            self.level,
            frozenset(self.replaced),
            self.most,
            tuple(self.orders),
            self.denials,
            self.single_study,
            self.unable,
            self.remaining,
            self.contrasting,
            self.distancing,
            frozenset(self.predicates),
            frozenset(self.differences),
            self.slugs,
        )


def same_words(one: Reading, other: Reading) -> bool:
    """Whether two sentences are the same word for word."""
    return [piece.norm for piece in one.pieces if piece.kind != "mark"] == [
        piece.norm for piece in other.pieces if piece.kind != "mark"
    ]
