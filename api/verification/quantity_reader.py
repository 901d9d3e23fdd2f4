"""Reads figures: shares, lengths, times, ages, years, ratios, counts, with hedge, range and place."""

from collections.abc import Sequence
from dataclasses import replace

from api.verification.figure_line import FigureLine
from api.verification.lexicon import Lexicon, Unit
from api.verification.numerals import Numeral
from api.verification.quantities import (
    AGE,
    COUNT,
    FIRST_YEAR,
    FROM_ABOVE,
    FROM_BELOW,
    LAST_YEAR,
    NUMBER,
    SHARE,
    TIME,
    YEAR,
    Quantity,
)
from api.verification.ranges import Ranges
from api.verification.shares import Shares
from api.verification.words import Piece

_MONTH = 30.4375
_NEAR_AGE = 4
_DECADE = 9
_BOUNDS = FROM_ABOVE | FROM_BELOW
_AND_A_HALF = ("and", "a", "half")
_YOUNGEST, _OLDEST = 18, 99
_FIRST_WORDS = frozenset({"once", "none", "all", "every", "half", "halve", "a", "an"})
_SIGNS = {"<": "less", ">": "more", "≤": "at_most", "≥": "at_least", "~": "about", "≈": "about"}


class QuantityReader:
    """Reads the figures of a list of pieces; `taken` pieces belong to something else."""

    def __init__(self, pieces: Sequence[Piece], lexicon: Lexicon, taken: frozenset[int] = frozenset()) -> None:
        self._line = FigureLine(pieces, lexicon, taken)
        self._ranges = Ranges(self._line)
        self._shares = Shares(self._line, self._ranges)

    def read(self) -> list[Quantity]:
        """Every figure, left to right, none overlapping another."""
        found: list[Quantity] = []
        place = 0
        while place < len(self._line.pieces):
            quantity = None if place in self._line.taken else self._at(place)
            if quantity and quantity.dimension == SHARE and self._line.is_particle(quantity.after, "levels"):
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
        return self._decade_of_life(place) or self._special(place) or self._shares.fraction(place) or self._numeric(place)

    def _may_begin(self, place: int) -> bool:
        """Whether any figure begins so: of most words it is seen at once that none does."""
        piece, lexicon = self._line.pieces[place], self._line.lexicon
        if piece.kind == "number" or piece.norm in _FIRST_WORDS or piece.norm in lexicon.first_of_figures:
            return True
        return self._line.word(place) in lexicon.numbers or piece.text.casefold() in lexicon.decades

    def _special(self, place: int) -> Quantity | None:
        """Intervals and multiples told in one word, and none or all of a number."""
        interval = self._line.lexicon.intervals.at(self._line.norms, place)
        if interval:
            days = interval[1] * _MONTH
            return Quantity(TIME, days, days, days * 0.02, place, place + interval[0])
        if self._line.is_particle(place, "single"):
            unit = self._line.unit(place + 1)
            if unit and self._and_a_half(unit[0]):
                value = 1.5 * unit[1].factor
                return Quantity(unit[1].dimension, value, value, value * 0.02, place, unit[0] + len(_AND_A_HALF))
        once = self._shares.once(place)
        if once:
            return once
        multiple = self._line.lexicon.multiples.at(self._line.norms, place)
        if multiple:
            return self._multiple(place, place + multiple[0], multiple[1])
        if self._line.norm(place) in ("none", "all") and self._line.norm(place + 1) == "of":
            numeral = self._line.numeral(place + 2)
            if numeral and numeral.value > 1:
                value = float(self._line.norm(place) == "all")
                return Quantity(SHARE, value, value, 0.004, place, numeral.after, total=numeral.value)
        return None

    def _decade_of_life(self, place: int) -> Quantity | None:
        """'in their twenties'."""
        start = self._line.lexicon.decades.get(self._line.pieces[place].text.casefold())
        bounded = start and self._line.lexicon.hedges.before(self._line.norms, place)
        end = start if bounded and bounded[1] in _BOUNDS else start + _DECADE if start else None
        return Quantity(AGE, start, end, 0.5, place, place + 1) if start and end else None

    def _multiple(self, place: int, after: int, value: float) -> Quantity:
        article = after + (self._line.is_particle(after, "each"))
        unit = self._line.unit(article) if article > after else None
        if unit and unit[1].dimension == TIME:
            days = unit[1].factor / value
            return Quantity(TIME, days, days, days * 0.02, place, unit[0])
        return Quantity(NUMBER, value, value, 0.15 * value, place, after, "about")

    def _is_dimension(self, place: int, after: int) -> bool:
        """'3D' is no figure."""
        pieces = self._line.pieces
        return self._line.norm(after) == "d" and pieces[place].end == pieces[after].start

    def _numeric(self, place: int) -> Quantity | None:
        first = self._line.numeral(place)
        if first and self._line.is_particle(place - 1, "naming") and not self._line.unit(first.after):
            return None
        if not first or (
            self._line.norm(first.after) == "d" and self._line.pieces[place].end == self._line.pieces[first.after].start
        ):
            return None
        second = self._ranges.upper_end(place, first)
        last = second or first
        return (
            self._shares.worded(place, first, last)
            or self._shares.ratio(place, first, last)
            or self._measured(place, first, last)
            or self._bare(place, first, second)
        )

    def _measured(self, place: int, first: Numeral, last: Numeral) -> Quantity | None:
        unit = self._line.unit(last.after) or self._shared_unit(last.after) or self._unit_after_word(last.after)
        if not unit:
            return None
        after, kind = unit
        if self._and_a_half(after):
            value = (last.value + 0.5) * kind.factor
            return Quantity(kind.dimension, value, value, value * 0.02, place, after + len(_AND_A_HALF))
        if kind.dimension == TIME and self._is_age(place, after):
            after += sum(self._line.is_particle(after + offset, "aged") for offset in range(3))
            return Quantity(AGE, first.value, last.value, last.step, place, after)
        step = last.step * kind.factor if last.decimals or kind.dimension == SHARE else 0.02 * last.value * kind.factor
        return Quantity(kind.dimension, first.value * kind.factor, last.value * kind.factor, step, place, after)

    def _and_a_half(self, place: int) -> bool:
        """'two years and a half'."""
        return tuple(self._line.norms[place : place + len(_AND_A_HALF)]) == _AND_A_HALF

    def _shared_unit(self, after: int) -> tuple[int, Unit] | None:
        """'14.5 against 17.4 minutes', '6 and 12 months': the first figure has the unit of the second."""
        falling = self._line.is_particle(after, "falling") and self._line.norm(after + 1) == "to"
        if not self._line.is_particle(after, "sharing") and not falling:
            return None
        second = self._line.numeral(after + 1 + falling)
        unit = self._line.unit(second.after) if second else None
        compared = falling or self._line.is_particle(after, "against")
        return (after, unit[1]) if unit and (compared or unit[1].dimension != SHARE) else None

    def _unit_after_word(self, after: int) -> tuple[int, Unit] | None:
        """'six stable months'."""
        if self._line.norm(after) not in self._line.lexicon.unit_fillers:
            return None
        unit = self._line.unit(after + 1)
        return unit if unit and unit[1].dimension == TIME else None

    def _is_age(self, place: int, after: int) -> bool:
        following = [self._line.norm(after), self._line.norm(after + 1), self._line.norm(after + 2)]
        if "old" in following[:2] or following[:2] == ["of", "age"]:
            return not self._line.is_particle(place - 1, "each")
        return self._aged_before(place)

    def _aged_before(self, place: int) -> bool:
        return any(self._line.lexicon.age_words.at(self._line.norms, at) for at in range(max(0, place - _NEAR_AGE), place))

    def _bare(self, place: int, first: Numeral, second: Numeral | None) -> Quantity | None:
        last = second or first
        if second is None and first.worded and first.value == 1:
            return None
        if self._aged_before(place) and 10 <= first.value <= 110:
            return Quantity(AGE, first.value, last.value, 0.5, place, last.after)
        if self._is_of_a_name(place):
            return None
        plain = not first.decimals and not first.grouped and not first.worded
        if plain and FIRST_YEAR <= first.value <= LAST_YEAR:
            return Quantity(YEAR, first.value, first.value, 0.4, place, self._after_year(first.after))
        dimension = NUMBER if first.decimals or last.decimals else COUNT
        step = last.step if dimension == NUMBER else 0.4
        return Quantity(dimension, first.value, last.value, step, place, last.after)

    def _is_of_a_name(self, place: int) -> bool:
        """'HL7' is a name."""
        before = self._line.pieces[place - 1 : place]
        return bool(before) and before[0].kind == "word" and before[0].end == self._line.pieces[place].start

    def _after_year(self, after: int) -> int:
        """'2018-19' is one year of work, '1995 to 2000' two figures."""
        following = self._line.pieces[after + 1 : after + 2]
        short = bool(following) and following[0].kind == "number" and len(following[0].text) == 2
        return after + 2 if self._line.norm(after) in ("-", "–", "/") and short else after

    def _hedged(self, quantity: Quantity) -> Quantity:
        hedge, first = self._hedge(quantity)
        dimension = AGE if hedge in _BOUNDS and self._is_bare_age(quantity) else quantity.dimension
        return replace(quantity, dimension=dimension, hedge=hedge, first=first)

    def _hedge(self, quantity: Quantity) -> tuple[str | None, int]:
        """How a figure is bounded or rounded, by words before or behind it or by a sign, and where the words before it begin."""
        line, hedges = self._line, self._line.lexicon.hedges
        before = hedges.before(line.norms, quantity.first)
        if before is None and line.is_particle(quantity.first - 1, "articles"):
            before = hedges.before(line.norms, quantity.first - 1)
        hedge = before[1] if before else _SIGNS.get(line.norm(quantity.first - 1))
        if hedge in ("at_least", "about", None) or before is None:
            behind = line.lexicon.hedges_after.at(line.norms, quantity.after) if quantity.after < len(line.norms) else None
            hedge = behind[1] if behind else hedge
        first = before[0] if before else quantity.first
        return (_turned(hedge) if line.is_particle(first - 1, "nots") else hedge), first

    def _is_bare_age(self, quantity: Quantity) -> bool:
        """'Women under 50': a bound on a number of two digits with nothing counted after it."""
        if quantity.dimension != COUNT or quantity.ranged or not _YOUNGEST <= quantity.low <= _OLDEST:
            return False
        following = self._line.norm(quantity.after)
        counted = quantity.after < len(self._line.pieces) and self._line.pieces[quantity.after].kind == "word"
        return not counted or following in self._line.lexicon.stop_words


def _turned(hedge: str | None) -> str | None:
    turns = {"less": "at_least", "more": "at_most"}
    return turns.get(hedge, hedge) if hedge else hedge
