"""Where a range of figures ends: '5 to 7', 'between 10 and 29', 'over 50% but below 95%'."""

from api.verification.figure_line import FigureLine
from api.verification.numerals import Numeral
from api.verification.quantities import FROM_ABOVE, SHARE

_CHANGE_REACH = 8
_DIRECTION = "direction"


class Ranges:
    """The upper ends of the ranges in a line."""

    def __init__(self, line: FigureLine) -> None:
        self._line = line

    def upper_end(self, place: int, first: Numeral) -> Numeral | None:
        """The upper end of a range: '5 to 7', '80–200', 'between 10 and 29', '0.3% to 83%'."""
        at = first.after
        unit = self._line.unit(at)
        if unit and self._line.norm(unit[0]) == "to" and self._line.norm(place - 1) == "from" and self._changes_before(place):
            return None
        if unit and self._line.is_particle(unit[0], "range") and (unit[1].dimension == SHARE or self._line.norm(unit[0]) == "to"):
            upper = self._line.numeral(unit[0] + 1)
            upper_unit = self._line.unit(upper.after) if upper else None
            if upper and upper_unit and upper_unit[1].dimension == unit[1].dimension and upper.value > first.value:
                return upper
        bounded = self._upper_bound(unit[0] if unit and unit[1].dimension == SHARE else at, first)
        if bounded:
            return bounded
        between = self._line.is_particle(place - 1, "between")
        if self._line.norm(at) == "to" and self._line.norm(place - 1) == "from" and self._changes_before(place):
            return None
        if self._line.is_particle(at, "range") or (self._line.norm(at) == "and" and between):
            upper = self._line.numeral(at + 1)
            if upper and upper.value > first.value and not self._at_points(place, upper):
                return upper
        return None

    def _at_points(self, place: int, upper: Numeral) -> bool:
        """'12% at 40 to 46% at 79' tells two figures and where each was found, no range."""
        unit = self._line.unit(upper.after)
        return self._line.norm(place - 1) == "at" and unit is not None and self._line.norm(unit[0]) == "at"

    def _changes_before(self, place: int) -> bool:
        """Whether something is said to rise or fall, so that 'from 2 to 5' is no range."""
        return any(
            (found := self._line.lexicon.axes.at(self._line.norms, at)) and found[1][0] == _DIRECTION
            for at in range(max(0, place - _CHANGE_REACH), place)
        )

    def _upper_bound(self, at: int, first: Numeral) -> Numeral | None:
        """'more than 2% and up to 10%', 'over 50% but below 95%'."""
        at += self._line.norm(at) in ("and", "but")
        hedge = self._line.lexicon.hedges.at(self._line.norms, at) if at < len(self._line.norms) else None
        upper = self._line.numeral(at + hedge[0]) if hedge and hedge[1] in FROM_ABOVE else None
        return upper if upper and upper.value > first.value else None
