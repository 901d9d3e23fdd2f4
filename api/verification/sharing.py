"""One object for all that is equal: thousands of claims stay in memory and say much the same."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar, cast

from api.verification.reading import Reading, Term
from api.verification.words import Piece

Value = TypeVar("Value", bound=Hashable)
Key = TypeVar("Key")
Item = TypeVar("Item")


class Sharing:
    """Gives the first of equal objects for each of them; lives as long as the claims are read."""

    def __init__(self) -> None:
        self._known: dict[tuple[type, object], object] = {}

    def one(self, value: Value) -> Value:
        """The first object equal to this one and of its type."""
        return cast("Value", self._known.setdefault((type(value), value), value))

    def mapping(self, value: Mapping[Key, Item]) -> Mapping[Key, Item]:
        """The first mapping with the same entries in the same order."""
        return cast("Mapping[Key, Item]", self._known.setdefault((dict, tuple(value.items())), value))

    def reading(self, reading: Reading) -> Reading:
        """A reading of a claim: its pieces keep their words, not where in the text they stood."""
        return replace(
            reading,
            pieces=self._all(Piece(piece.text, 0, 0, piece.norm, piece.kind) for piece in reading.pieces),
            terms=self._all(self._term(term) for term in reading.terms),
            categories=self._all(reading.categories),
            signs=self.mapping({axis: self.one(signs) for axis, signs in reading.signs.items()}),
            pulls=self._all(replace(pull, heads=self.one(pull.heads)) for pull in reading.pulls),
            absolutes=self.one(reading.absolutes),
            replaced=self.one(reading.replaced),
            predicates=self.one(reading.predicates),
            differences=self.one(reading.differences),
            slugs=self.one(reading.slugs),
        )

    def _term(self, term: Term) -> Term:
        return replace(term, slugs=self.one(term.slugs), poles=self.one(term.poles))

    def _all(self, values: Iterable[Value]) -> tuple[Value, ...]:
        return tuple(self.one(value) for value in values)
