"""Shares of a whole: 'a third', '1 in 6', '102 of the 356 groups', 'once in fifty'; half a unit is half of it."""

from api.verification.figure_line import FigureLine
from api.verification.lexicon import Unit
from api.verification.numerals import Numeral
from api.verification.quantities import FIRST_YEAR, LAST_YEAR, PART_OF_PERCENT, SHARE, TIME, Quantity
from api.verification.ranges import Ranges

_DENOMINATORS = {3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 100, 200, 500, 1000, 10000, 100000}
_FRACTION_STEP = {2: 0.05, 3: 0.045, 4: 0.035}
_MOST_FILL = 3


class Shares:
    """The shares told in a line."""

    def __init__(self, line: FigureLine, ranges: Ranges) -> None:
        self._line = line
        self._ranges = ranges

    def fraction(self, place: int) -> Quantity | None:
        """'a third', 'half of', 'every sixth'; 'half a year' is half of a unit."""
        norm = self._line.norm(place)
        if norm == "every" and self._line.word(place + 1) in self._line.lexicon.ordinals:
            share = 1 / self._line.lexicon.ordinals[self._line.word(place + 1)]
            return self._share(share, self._one_in_step(1 / share), place, place + 2)
        if norm in ("half", "halve"):
            return self._half(place)
        if norm in ("a", "an") and self._line.word(place + 1) in self._line.lexicon.fractions:
            if self._line.norm(place + 1) == "half":
                return self._half(place + 1)
            parts = self._line.lexicon.fractions[self._line.word(place + 1)]
            if self._line.is_particle(place + 2, "after_share") or self._line.lexicon.hedges.before(self._line.norms, place):
                return self._share(1 / parts, _FRACTION_STEP.get(parts, 0.1 / parts + 0.01), place, place + 2)
        return None

    def _half(self, place: int) -> Quantity:
        after = place + 1
        unit = self._line.unit(after + 1) if self._line.norm(after) in ("a", "an") else self._line.unit(after)
        if unit:
            value = 0.5 * unit[1].factor
            step = value * (PART_OF_PERCENT if unit[1].dimension == SHARE else 0.02)
            return Quantity(unit[1].dimension, value, value, step, place, unit[0])
        return self._share(0.5, _FRACTION_STEP[2], place, after)

    def _share(self, value: float, step: float, place: int, after: int, total: float | None = None) -> Quantity:
        return Quantity(SHARE, value, value, step, place, after, total=total)

    def _one_in_step(self, parts: float) -> float:
        return min(0.05, 0.45 * (1 / (parts - 0.5) - 1 / (parts + 0.5))) if parts > 1 else 0.05

    def worded(self, place: int, first: Numeral, last: Numeral) -> Quantity | None:
        """'two thirds', 'nine-tenths'."""
        at = last.after + (self._line.norm(last.after) == "-")
        if not last.worded or self._line.word(at) not in self._line.lexicon.fractions or self._line.norm(at) == "second":
            return None
        parts = self._line.lexicon.fractions[self._line.word(at)]
        if first.value >= parts and parts != 2:
            return None
        step = _FRACTION_STEP.get(parts, 0.3 / parts)
        return Quantity(SHARE, first.value / parts, last.value / parts, step, place, at + 1)

    def ratio(self, place: int, first: Numeral, last: Numeral) -> Quantity | None:
        """'1 in 6', 'one woman in ten', '102 of the 356 groups', '5 out of 10'."""
        if self._line.unit(last.after):
            return None
        for at in range(last.after, min(last.after + _MOST_FILL, len(self._line.norms))):
            if self._line.is_particle(at, "of") or self._line.norm(at) == "out":
                return self._ratio_from(place, at, first, last)
            if self._line.pieces[at].kind != "word" and at not in self._line.taken:
                return None
        return None

    def _ratio_from(self, place: int, at: int, first: Numeral, last: Numeral) -> Quantity | None:
        word, at = self._line.norm(at), at + 1
        if word == "out":
            at += 1
        direct = at - 1 - (word == "out") == last.after
        fill = 0
        while (
            fill < _MOST_FILL
            and at < len(self._line.norms)
            and self._line.pieces[at].kind == "word"
            and not self._line.numeral(at)
        ):
            if word != "of" and word != "out":
                return None
            at, fill = at + 1, fill + 1
        whole = self._line.numeral(at)
        if not whole or not 0 <= last.value <= whole.value or whole.value < 2 or whole.decimals:
            return None
        unit = self._line.unit(whole.after) or self._unit_of_range(at, whole)
        if not direct and (word == "from" or (first.worded and first.value == 1 and word == "of")):
            return None
        if unit and not (word == "of" and unit[1].dimension == TIME):
            return None
        if word in ("in", "per", "from") and whole.value not in _DENOMINATORS and not (direct and first.value == last.value == 1):
            return None
        if word == "/" and (not direct or whole.value < 3):
            return None
        if (
            FIRST_YEAR <= whole.value <= LAST_YEAR
            and word in ("in", "from")
            and not whole.grouped
            and whole.value not in _DENOMINATORS
        ):
            return None
        step = self._ratio_step(first.value, whole.value)
        return Quantity(SHARE, first.value / whole.value, last.value / whole.value, step, place, whole.after, total=whole.value)

    def _unit_of_range(self, place: int, first: Numeral) -> tuple[int, Unit] | None:
        """The unit after '8 to 9 gauge'."""
        upper = self._ranges.upper_end(place, first)
        return self._line.unit(upper.after) if upper else None

    def _ratio_step(self, events: float, whole: float) -> float:
        if whole in _DENOMINATORS and whole <= 10:
            return self._one_in_step(whole) * 1.2 if events == 1 else 0.4 / whole
        return 0.5 / whole

    def once(self, place: int) -> Quantity | None:
        """'once in fifty', 'more than a millimetre', 'within a year'."""
        if self._line.norm(place) == "once" and self._line.norm(place + 1) == "in":
            parts = self._line.numeral(place + 2)
            if parts and parts.value > 1 and not self._line.unit(parts.after):
                return self._share(1 / parts.value, self._one_in_step(parts.value), place, parts.after, total=parts.value)
        if not self._line.is_particle(place, "single") or not self._bounded_before(place):
            return None
        unit = self._line.unit(place + 1)
        if not unit or self._line.is_particle(place + 1, "ordinal"):
            return None
        kind = unit[1]
        step = kind.factor * (PART_OF_PERCENT if kind.dimension == SHARE else 0.02)
        return Quantity(kind.dimension, kind.factor, kind.factor, step, place, unit[0])

    def _bounded_before(self, place: int) -> bool:
        """Whether a word such as 'under' or 'within' stands before."""
        return self._line.is_particle(place - 1, "before_unit") or bool(self._line.lexicon.hedges.before(self._line.norms, place))
