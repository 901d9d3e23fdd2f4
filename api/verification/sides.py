"""The two sides of a ranking and what is measured, as patterns, and where a sentence names them."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.verification.patterns import Alternative, Text

COMPARED = ("er",)


@dataclass(frozen=True, slots=True)
class Sides:
    """The patterns of an order: the side that has more of what is measured, the other, the measure and its opposite."""

    more: tuple[Alternative, ...]
    less: tuple[Alternative, ...]
    measure: tuple[Alternative, ...]
    counter: tuple[Alternative, ...]


class View:
    """One order's patterns, found in one sentence."""

    def __init__(self, text: Text, sides: Sides) -> None:
        self._norms = text.norms
        self._more, self._less = _found(text, sides.more), _found(text, sides.less)
        self._measure, self._counter = _found(text, sides.measure), _found(text, sides.counter)

    def side(self, start: int, end: int, *, nearest_first: bool, but: int = 0) -> int:
        """1 for `more`, -1 for `less`: the side named first, or last, in a stretch; not the one that is taken already."""
        found = [(place, 1) for place in self._more] + [(place, -1) for place in self._less]
        inside = sorted((place, side) for place, side in found if start <= place < end and side != but)
        return (inside[0] if nearest_first else inside[-1])[1] if inside else 0

    def only_side(self, start: int, end: int) -> int:
        """The one side that a stretch names."""
        named = {side for places, side in ((self._more, 1), (self._less, -1)) if any(start <= place < end for place in places)}
        return named.pop() if len(named) == 1 else 0

    def measured(self, start: int, end: int) -> int:
        """1 when a stretch names the measure, -1 when it names its opposite, 0 when neither or both."""
        found = [(place, 1) for place in self._measure] + [(place, -1) for place in self._counter]
        named = {sign for place, sign in found if start <= place < end}
        return named.pop() if len(named) == 1 else 0

    def is_measure(self, place: int) -> bool:
        """Whether the measure, or its opposite, is named there."""
        return place in self._measure or place in self._counter

    def compared(self, start: int, end: int) -> int:
        """The same for a measure that is itself a comparing form ('quicker'), or for a degree without any measure."""
        forms = [
            (place, sign)
            for places, sign in ((self._measure, 1), (self._counter, -1))
            for place in places
            if start <= place < end and self._norms[place].endswith(COMPARED)
        ]
        return max(forms)[1] if forms else 0


def _found(text: Text, alternatives: Sequence[Alternative]) -> tuple[int, ...]:
    return tuple(sorted({places[0] for alternative in alternatives for places in text.places(alternative)}))
