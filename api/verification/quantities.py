"""Figures in text: shares, lengths, times, ages, years, ratios, counts, with hedge, range and place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.verification.lexicon import Lexicon, Unit
from api.verification.numerals import Numeral, number_word, numeral_at
from api.verification.words import Piece

SHARE, TIME, AGE, YEAR, NUMBER, COUNT = "share", "time", "age", "year", "number", "count"
OF_ONE_THING = frozenset({"radiation", "absorbed", "mass", "activity", "gauge"})
_DENOMINATORS = {3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 100, 200, 500, 1000, 10000, 100000}
_FIRST_YEAR, _LAST_YEAR = 1890, 2100
_MONTH = 30.4375
_FRACTION_STEP = {2: 0.05, 3: 0.045, 4: 0.035}
_MOST_FILL = 3
_PART_OF_PERCENT = 0.2
_CHANGE_REACH = 8
_NEAR_AGE = 4
_DECADE = 9
_DIRECTION = "direction"
_BOUNDS = {"less", "more", "at_most", "at_least"}
_FIRST_WORDS = frozenset({"once", "none", "all", "every", "half", "halve", "a", "an"})
_YOUNGEST, _OLDEST = 18, 99


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in the base unit of its dimension. `first` to `after` are its pieces; `step` is how finely it was told."""

    dimension: str
    low: float
    high: float
    step: float
    first: int
    after: int
    hedge: str | None = None
    total: float | None = None

    @property
    def ranged(self) -> bool:
        """Whether it is a range."""
        return self.low != self.high


def complement(share: Quantity) -> Quantity:
    """The rest of the whole."""
    return replace(share, low=1 - share.high, high=1 - share.low, total=None)


class QuantityReader:
    """Reads the figures of a list of pieces; `taken` pieces belong to something else."""

    def __init__(self, pieces: Sequence[Piece], lexicon: Lexicon, taken: frozenset[int] = frozenset()) -> None:
        self._pieces = pieces
        self._norms = [piece.norm for piece in pieces]
        self._lexicon = lexicon
        self._taken = taken

    def read(self) -> list[Quantity]:
        """Every figure, left to right, none overlapping another."""
        found: list[Quantity] = []
        place = 0
        while place < len(self._pieces):
            quantity = None if place in self._taken else self._at(place)
            if quantity and quantity.dimension == SHARE and self._norm(quantity.after) in self._lexicon.particles["levels"]:
                place = quantity.after
            elif quantity:
                found.append(self._hedged(quantity))
                place = max(quantity.after, place + 1)
            else:
                place += 1
        return found

    def _at(self, place: int) -> Quantity | None:
        if not self._may_begin(place):
            return None
        return self._decade_of_life(place) or self._special(place) or self._fraction(place) or self._numeric(place)

    def _may_begin(self, place: int) -> bool:
        """Whether any figure begins so: of most words it is seen at once that none does."""
        piece = self._pieces[place]
        if piece.kind == "number" or piece.norm in _FIRST_WORDS or piece.norm in self._lexicon.first_of_figures:
            return True
        return number_word(piece) in self._lexicon.numbers or piece.text.casefold() in self._lexicon.decades

    def _norm(self, place: int) -> str:
        return self._norms[place] if 0 <= place < len(self._norms) else ""

    def _word(self, place: int) -> str:
        return number_word(self._pieces[place]) if 0 <= place < len(self._pieces) else ""

    def _numeral(self, place: int) -> Numeral | None:
        if place >= len(self._pieces) or place in self._taken:
            return None
        return numeral_at(self._pieces, place, self._lexicon)

    def _unit(self, place: int) -> tuple[int, Unit] | None:
        if self._norm(place) == "-":
            place += 1
        if place >= len(self._norms):
            return None
        if self._norms[place] == "%":
            return place + 1, Unit(SHARE, 0.01)
        found = self._lexicon.units.at(self._norms, place)
        return (place + found[0], found[1]) if found else None

    def _special(self, place: int) -> Quantity | None:
        """Intervals and multiples told in one word, and none or all of a number."""
        interval = self._lexicon.intervals.at(self._norms, place)
        if interval:
            days = interval[1] * _MONTH
            return Quantity(TIME, days, days, days * 0.02, place, place + interval[0])
        once = self._once(place)
        if once:
            return once
        multiple = self._lexicon.multiples.at(self._norms, place)
        if multiple:
            return self._multiple(place, place + multiple[0], multiple[1])
        if self._norm(place) in ("none", "all") and self._norm(place + 1) == "of":
            numeral = self._numeral(place + 2)
            if numeral and numeral.value > 1:
                value = float(self._norm(place) == "all")
                return Quantity(SHARE, value, value, 0.004, place, numeral.after, total=numeral.value)
        return None

    def _once(self, place: int) -> Quantity | None:
        """'once in fifty', 'more than a millimetre', 'within a year'."""
        if self._norm(place) == "once" and self._norm(place + 1) == "in":
            parts = self._numeral(place + 2)
            if parts and parts.value > 1 and not self._unit(parts.after):
                return self._share(1 / parts.value, self._one_in_step(parts.value), place, parts.after, total=parts.value)
        if self._norm(place) not in self._lexicon.particles["single"] or not self._bounded_before(place):
            return None
        unit = self._unit(place + 1)
        if not unit or self._norm(place + 1) in self._lexicon.particles["ordinal"]:
            return None
        kind = unit[1]
        step = kind.factor * (_PART_OF_PERCENT if kind.dimension == SHARE else 0.02)
        return Quantity(kind.dimension, kind.factor, kind.factor, step, place, unit[0])

    def _bounded_before(self, place: int) -> bool:
        """Whether a word such as 'under' or 'within' stands before."""
        return self._norm(place - 1) in self._lexicon.particles["before_unit"] or bool(
            self._lexicon.hedges.before(self._norms, place)
        )

    def _decade_of_life(self, place: int) -> Quantity | None:
        """'in their twenties'."""
        start = self._lexicon.decades.get(self._pieces[place].text.casefold())
        bounded = start and self._lexicon.hedges.before(self._norms, place)
        end = start if bounded and bounded[1] in _BOUNDS else start + _DECADE if start else None
        return Quantity(AGE, start, end, 0.5, place, place + 1) if start and end else None

    def _multiple(self, place: int, after: int, value: float) -> Quantity:
        article = after + (self._norm(after) in self._lexicon.particles["each"])
        unit = self._unit(article) if article > after else None
        if unit and unit[1].dimension == TIME:
            days = unit[1].factor / value
            return Quantity(TIME, days, days, days * 0.02, place, unit[0])
        return Quantity(NUMBER, value, value, 0.15 * value, place, after, "about")

    def _fraction(self, place: int) -> Quantity | None:
        """'a third', 'half of', 'every sixth'; 'half a year' is half of a unit."""
        norm = self._norm(place)
        if norm == "every" and self._word(place + 1) in self._lexicon.ordinals:
            share = 1 / self._lexicon.ordinals[self._word(place + 1)]
            return self._share(share, self._one_in_step(1 / share), place, place + 2)
        if norm in ("half", "halve"):
            return self._half(place)
        if norm in ("a", "an") and self._word(place + 1) in self._lexicon.fractions:
            if self._norm(place + 1) == "half":
                return self._half(place + 1)
            parts = self._lexicon.fractions[self._word(place + 1)]
            if self._norm(place + 2) in self._lexicon.particles["after_share"]:
                return self._share(1 / parts, _FRACTION_STEP.get(parts, 0.1 / parts + 0.01), place, place + 2)
        return None

    def _half(self, place: int) -> Quantity:
        after = place + 1
        unit = self._unit(after + 1) if self._norm(after) in ("a", "an") else self._unit(after)
        if unit:
            value = 0.5 * unit[1].factor
            step = value * (_PART_OF_PERCENT if unit[1].dimension == SHARE else 0.02)
            return Quantity(unit[1].dimension, value, value, step, place, unit[0])
        return self._share(0.5, _FRACTION_STEP[2], place, after)

    def _share(self, value: float, step: float, place: int, after: int, total: float | None = None) -> Quantity:
        return Quantity(SHARE, value, value, step, place, after, total=total)

    def _one_in_step(self, parts: float) -> float:
        return min(0.05, 0.45 * (1 / (parts - 0.5) - 1 / (parts + 0.5))) if parts > 1 else 0.05

    def _numeric(self, place: int) -> Quantity | None:
        first = self._numeral(place)
        if first and self._norm(place - 1) in self._lexicon.particles["naming"] and not self._unit(first.after):
            return None
        if not first or (self._norm(first.after) == "d" and self._pieces[place].end == self._pieces[first.after].start):
            return None
        second = self._second(place, first)
        last = second or first
        return (
            self._worded_fraction(place, first, last)
            or self._ratio(place, first, last)
            or self._measured(place, first, last)
            or self._bare(place, first, second)
        )

    def _second(self, place: int, first: Numeral) -> Numeral | None:
        """The upper end of a range: '5 to 7', '80–200', 'between 10 and 29', '0.3% to 83%'."""
        at = first.after
        unit = self._unit(at)
        if unit and self._norm(unit[0]) == "to" and self._norm(place - 1) == "from" and self._changes_before(place):
            return None
        if (
            unit
            and self._norm(unit[0]) in self._lexicon.particles["range"]
            and (unit[1].dimension == SHARE or self._norm(unit[0]) == "to")
        ):
            upper = self._numeral(unit[0] + 1)
            upper_unit = self._unit(upper.after) if upper else None
            if upper and upper_unit and upper_unit[1].dimension == unit[1].dimension and upper.value > first.value:
                return upper
        bounded = self._upper_bound(unit[0] if unit and unit[1].dimension == SHARE else at, first)
        if bounded:
            return bounded
        between = self._norm(place - 1) in self._lexicon.particles["between"]
        if self._norm(at) == "to" and self._norm(place - 1) == "from" and self._changes_before(place):
            return None
        if self._norm(at) in self._lexicon.particles["range"] or (self._norm(at) == "and" and between):
            upper = self._numeral(at + 1)
            if upper and upper.value > first.value and not self._at_points(place, upper):
                return upper
        return None

    def _at_points(self, place: int, upper: Numeral) -> bool:
        """'12% at 40 to 46% at 79' tells two figures and where each was found, no range."""
        unit = self._unit(upper.after)
        return self._norm(place - 1) == "at" and unit is not None and self._norm(unit[0]) == "at"

    def _changes_before(self, place: int) -> bool:
        """Whether something is said to rise or fall, so that 'from 2 to 5' is no range."""
        return any(
            (found := self._lexicon.axes.at(self._norms, at)) and found[1][0] == _DIRECTION
            for at in range(max(0, place - _CHANGE_REACH), place)
        )

    def _upper_bound(self, at: int, first: Numeral) -> Numeral | None:
        """'more than 2% and up to 10%', 'over 50% but below 95%'."""
        at += self._norm(at) in ("and", "but")
        hedge = self._lexicon.hedges.at(self._norms, at) if at < len(self._norms) else None
        upper = self._numeral(at + hedge[0]) if hedge and hedge[1] in ("at_most", "less") else None
        return upper if upper and upper.value > first.value else None

    def _worded_fraction(self, place: int, first: Numeral, last: Numeral) -> Quantity | None:
        at = last.after + (self._norm(last.after) == "-")
        if not last.worded or self._word(at) not in self._lexicon.fractions or self._norm(at) == "second":
            return None
        parts = self._lexicon.fractions[self._word(at)]
        if first.value >= parts and parts != 2:
            return None
        step = _FRACTION_STEP.get(parts, 0.3 / parts)
        return Quantity(SHARE, first.value / parts, last.value / parts, step, place, at + 1)

    def _ratio(self, place: int, first: Numeral, last: Numeral) -> Quantity | None:
        """'1 in 6', 'one woman in ten', '102 of the 356 groups', '5 out of 10'."""
        if self._unit(last.after):
            return None
        for at in range(last.after, min(last.after + _MOST_FILL, len(self._norms))):
            if self._norm(at) in self._lexicon.particles["of"] or self._norm(at) == "out":
                return self._ratio_from(place, at, first, last)
            if self._pieces[at].kind != "word" and at not in self._taken:
                return None
        return None

    def _ratio_from(self, place: int, at: int, first: Numeral, last: Numeral) -> Quantity | None:
        word, at = self._norm(at), at + 1
        if word == "out":
            at += 1
        direct = at - 1 - (word == "out") == last.after
        fill = 0
        while fill < _MOST_FILL and at < len(self._norms) and self._pieces[at].kind == "word" and not self._numeral(at):
            if word != "of" and word != "out":
                return None
            at, fill = at + 1, fill + 1
        whole = self._numeral(at)
        if not whole or not 0 <= last.value <= whole.value or whole.value < 2 or whole.decimals:
            return None
        unit = self._unit(whole.after) or self._unit_of_range(at, whole)
        if not direct and (word == "from" or (first.worded and first.value == 1 and word == "of")):
            return None
        if unit and not (word == "of" and unit[1].dimension == TIME):
            return None
        if word in ("in", "per", "from") and whole.value not in _DENOMINATORS:
            return None
        if word == "/" and (not direct or whole.value < 3):
            return None
        if (
            _FIRST_YEAR <= whole.value <= _LAST_YEAR
            and word in ("in", "from")
            and not whole.grouped
            and whole.value not in _DENOMINATORS
        ):
            return None
        step = self._ratio_step(first.value, whole.value)
        return Quantity(SHARE, first.value / whole.value, last.value / whole.value, step, place, whole.after, total=whole.value)

    def _unit_of_range(self, place: int, first: Numeral) -> tuple[int, Unit] | None:
        """The unit after '8 to 9 gauge'."""
        upper = self._second(place, first)
        return self._unit(upper.after) if upper else None

    def _ratio_step(self, events: float, whole: float) -> float:
        if whole in _DENOMINATORS and whole <= 10:
            return self._one_in_step(whole) * 1.2 if events == 1 else 0.4 / whole
        return 0.5 / whole

    def _measured(self, place: int, first: Numeral, last: Numeral) -> Quantity | None:
        unit = self._unit(last.after) or self._shared_unit(last.after) or self._unit_after_word(last.after)
        if not unit:
            return None
        after, kind = unit
        if kind.dimension == TIME and self._is_age(place, after):
            after += sum(self._norm(after + offset) in self._lexicon.particles["aged"] for offset in range(3))
            return Quantity(AGE, first.value, last.value, last.step, place, after)
        step = last.step * kind.factor if last.decimals or kind.dimension == SHARE else 0.02 * last.value * kind.factor
        return Quantity(kind.dimension, first.value * kind.factor, last.value * kind.factor, step, place, after)

    def _shared_unit(self, after: int) -> tuple[int, Unit] | None:
        """'14.5 against 17.4 minutes', '6 and 12 months': the first figure has the unit of the second."""
        falling = self._norm(after) in self._lexicon.particles["falling"] and self._norm(after + 1) == "to"
        if self._norm(after) not in self._lexicon.particles["sharing"] and not falling:
            return None
        second = self._numeral(after + 1 + falling)
        unit = self._unit(second.after) if second else None
        compared = falling or self._norm(after) in self._lexicon.particles["against"]
        return (after, unit[1]) if unit and (compared or unit[1].dimension != SHARE) else None

    def _unit_after_word(self, after: int) -> tuple[int, Unit] | None:
        """'six stable months'."""
        if self._norm(after) not in self._lexicon.unit_fillers:
            return None
        unit = self._unit(after + 1)
        return unit if unit and unit[1].dimension == TIME else None

    def _is_age(self, place: int, after: int) -> bool:
        following = [self._norm(after), self._norm(after + 1), self._norm(after + 2)]
        if "old" in following[:2] or following[:2] == ["of", "age"]:
            return self._norm(place - 1) not in self._lexicon.particles["each"]
        return self._aged_before(place)

    def _aged_before(self, place: int) -> bool:
        return any(self._lexicon.age_words.at(self._norms, at) for at in range(max(0, place - _NEAR_AGE), place))

    def _bare(self, place: int, first: Numeral, second: Numeral | None) -> Quantity | None:
        last = second or first
        if second is None and first.worded and first.value == 1:
            return None
        if self._aged_before(place) and 10 <= first.value <= 110:
            return Quantity(AGE, first.value, last.value, 0.5, place, last.after)
        plain = not first.decimals and not first.grouped and not first.worded
        if plain and _FIRST_YEAR <= first.value <= _LAST_YEAR:
            return Quantity(YEAR, first.value, first.value, 0.4, place, self._after_year(first.after))
        dimension = NUMBER if first.decimals or last.decimals else COUNT
        step = last.step if dimension == NUMBER else 0.4
        return Quantity(dimension, first.value, last.value, step, place, last.after)

    def _after_year(self, after: int) -> int:
        """'2018-19' is one year of work, '1995 to 2000' two figures."""
        following = self._pieces[after + 1 : after + 2]
        short = bool(following) and following[0].kind == "number" and len(following[0].text) == 2
        return after + 2 if self._norm(after) in ("-", "–", "/") and short else after

    def _hedged(self, quantity: Quantity) -> Quantity:
        before = self._lexicon.hedges.before(self._norms, quantity.first)
        if before is None and self._norm(quantity.first - 1) in self._lexicon.particles["articles"]:
            before = self._lexicon.hedges.before(self._norms, quantity.first - 1)
        symbol = {"<": "less", ">": "more", "≤": "at_most", "≥": "at_least", "~": "about", "≈": "about"}
        hedge = before[1] if before else symbol.get(self._norm(quantity.first - 1))
        if hedge in ("at_least", "about", None) or before is None:
            following = self._lexicon.hedges_after.at(self._norms, quantity.after) if quantity.after < len(self._norms) else None
            hedge = following[1] if following else hedge
        first = before[0] if before else quantity.first
        negated = self._norm(first - 1) in self._lexicon.particles["nots"]
        hedge = _turned(hedge) if negated else hedge
        dimension = AGE if hedge in _BOUNDS and self._is_bare_age(quantity) else quantity.dimension
        return replace(quantity, dimension=dimension, hedge=hedge, first=first)

    def _is_bare_age(self, quantity: Quantity) -> bool:
        """'Women under 50': a bound on a number of two digits with nothing counted after it."""
        if quantity.dimension != COUNT or quantity.ranged or not _YOUNGEST <= quantity.low <= _OLDEST:
            return False
        following = self._norm(quantity.after)
        counted = quantity.after < len(self._pieces) and self._pieces[quantity.after].kind == "word"
        return not counted or following in self._lexicon.stop_words


def _turned(hedge: str | None) -> str | None:
    turns = {"less": "at_least", "more": "at_most"}
    return turns.get(hedge, hedge) if hedge else hedge
