"""The pieces of a sentence as figures are read from them."""

from collections.abc import Sequence

from api.verification.lexicon import Lexicon, Unit
from api.verification.numerals import Numeral, number_word, numeral_at
from api.verification.quantities import SHARE
from api.verification.words import Piece


class FigureLine:
    """A list of pieces with the numbers and units in it; `taken` pieces belong to something else."""

    def __init__(self, pieces: Sequence[Piece], lexicon: Lexicon, taken: frozenset[int] = frozenset()) -> None:
        self.pieces = pieces
        self.norms = [piece.norm for piece in pieces]
        self.lexicon = lexicon
        self.taken = taken

    def norm(self, place: int) -> str:
        """The comparable form of a piece; nothing beyond the ends."""
        return self.norms[place] if 0 <= place < len(self.norms) else ""

    def is_particle(self, place: int, kind: str) -> bool:
        """Whether a piece is one of a kind of little words."""
        return self.norm(place) in self.lexicon.particles[kind]

    def word(self, place: int) -> str:
        """A piece as a word for a number."""
        return number_word(self.pieces[place]) if 0 <= place < len(self.pieces) else ""

    def numeral(self, place: int) -> Numeral | None:
        """The number that begins at a piece, unless it belongs to something else."""
        if place >= len(self.pieces) or place in self.taken:
            return None
        return numeral_at(self.pieces, place, self.lexicon)

    def unit(self, place: int) -> tuple[int, Unit] | None:
        """The unit that begins at a piece, and the place behind it."""
        if self.norm(place) == "-":
            place += 1
        if place >= len(self.norms):
            return None
        if self.norms[place] == "%":
            return place + 1, Unit(SHARE, 0.01)
        found = self.lexicon.units.at(self.norms, place)
        return (place + found[0], found[1]) if found else None
