"""Figures of one sentence that tell each other what they are: a part and its whole, a unit said once for several."""

from collections.abc import Sequence
from dataclasses import replace

from api.verification.lexicon import Lexicon
from api.verification.numerals import numeral_at
from api.verification.quantities import AGE, COUNT, NUMBER, SHARE, YEAR, Quantity
from api.verification.words import Piece

_NEAR_PART = 14
_HUNDREDS = {10, 100, 1000, 10000}
_PER_CENT = 0.01
_AT = "at"
_BARE = frozenset({COUNT, NUMBER})
_OWN_UNIT = frozenset({COUNT, NUMBER, YEAR, AGE})


class Together:
    """The figures of a list of pieces, read in the light of each other."""

    def __init__(self, pieces: Sequence[Piece], lexicon: Lexicon) -> None:
        self._pieces = pieces
        self._norms = [piece.norm for piece in pieces]
        self._lexicon = lexicon

    def linked(self, found: list[Quantity]) -> list[Quantity]:
        """The figures with what their neighbours tell of them."""
        return self._of_one_unit(self._of_a_hundred(self._of_those(found)))

    def _norm(self, place: int) -> str:
        return self._norms[place] if 0 <= place < len(self._norms) else ""

    def _of_those(self, found: list[Quantity]) -> list[Quantity]:
        """'Of 318 patients, 31 had it' tells a share."""
        for number in range(1, len(found)):
            whole, part = found[number - 1], found[number]
            counts = whole.dimension == part.dimension == COUNT and not whole.ranged and not part.ranged
            near = part.first - whole.after <= _NEAR_PART and self._norm(whole.first - 1) == "of"
            commas = any(self._norm(at) == "," for at in range(whole.after, part.first))
            if counts and near and commas and part.high <= whole.low:
                share = part.low / whole.low
                found[number] = Quantity(SHARE, share, share, 0.5 / whole.low, part.first, part.after, total=whole.low)
        return found

    def _of_a_hundred(self, found: list[Quantity]) -> list[Quantity]:
        """'Out of 100 women 7 had it within 5 years, 13 within 10': each count is a share of the hundred."""
        whole: Quantity | None = None
        for number, part in enumerate(found):
            if part.dimension != COUNT or part.ranged:
                continue
            if part.low in _HUNDREDS and self._norm(part.first - 1) == "of":
                whole = part
            elif whole and part.high <= whole.low and self._norm(part.after) in self._lexicon.particles["among"]:
                share = part.low / whole.low
                found[number] = Quantity(
                    SHARE, share, share, 0.5 / whole.low, part.first, part.after, part.hedge, total=whole.low
                )
        return found

    def _of_one_unit(self, found: list[Quantity]) -> list[Quantity]:
        """'81 percent, without it 38', 'from 21 to 7 percent': a bare number has the unit of the figure beside it."""
        for number, bare in enumerate(found):
            if bare.dimension not in _BARE or not self._is_numeral(bare) or not self._may_lack_unit(bare):
                continue
            following = found[number + 1] if number + 1 < len(found) else None
            led = following is not None and self._norm(bare.after) == "to" and following.first == bare.after + 1
            before = next((other for other in reversed(found[:number]) if other.dimension not in _OWN_UNIT), None)
            other = following if led else before if self._ends_phrase(bare.after) else None
            factor = self._factor(other) if other and not self._is_point_of(bare, other) else None
            if other and factor and (other.dimension != SHARE or bare.high * factor <= 1):
                step = max(bare.step, 0.5) * factor if bare.dimension == COUNT else bare.step * factor
                found[number] = replace(
                    bare, dimension=other.dimension, low=bare.low * factor, high=bare.high * factor, step=step
                )
        return found

    def _is_numeral(self, bare: Quantity) -> bool:
        """Whether it was told as a number, not as 'doubled'."""
        return any(numeral_at(self._pieces, at, self._lexicon) for at in range(bare.first, bare.after))

    def _may_lack_unit(self, bare: Quantity) -> bool:
        """Whether a bare number stands for itself: not a part of a name such as HER2, not the whole of a group."""
        attached = bare.first > 0 and self._pieces[bare.first - 1].end == self._pieces[bare.first].start > 0
        before = self._norm(bare.first - 1)
        particles = self._lexicon.particles
        return not attached and before not in particles["counting"] and before not in particles["levels"]

    def _is_point_of(self, bare: Quantity, other: Quantity) -> bool:
        """'12 percent at 40': the bare number tells where the other was found, unless both are told alike."""
        return self._norm(bare.first - 1) == _AT != self._norm(other.first - 1)

    def _ends_phrase(self, place: int) -> bool:
        """Whether nothing that could be counted follows."""
        if place >= len(self._pieces) or self._pieces[place].kind == "mark":
            return self._norm(place) not in ("/", "%", "(")
        return self._norm(place) in self._lexicon.particles["after_bare"]

    def _factor(self, other: Quantity) -> float | None:
        """The size of the unit in which another figure was told; None when it was told without one."""
        place = next((at for at in range(other.first, other.after) if numeral_at(self._pieces, at, self._lexicon)), None)
        numeral = numeral_at(self._pieces, place, self._lexicon) if place is not None else None
        if numeral is None or other.total is not None or not numeral.value:
            return None
        factor = other.low / numeral.value
        return factor if other.dimension != SHARE or abs(factor - _PER_CENT) < _PER_CENT / 10 else None
