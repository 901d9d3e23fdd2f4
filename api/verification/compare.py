"""Whether two figures agree, clash, or cannot be told apart for sure. Honest rounding agrees."""

from enum import IntEnum

from api.verification.quantities import AGE, COUNT, FROM_ABOVE, FROM_BELOW, NUMBER, SHARE, TIME, YEAR, Quantity

_EPSILON = 1e-9
_TWOFOLD = 2.0
_YEAR = 365.25
_ALMOST = 0.12
_CLOSE_SHARE = 0.04
_NARROW, _NARROW_PART = 0.12, 0.5


class Match(IntEnum):
    """How a figure of the answer stands to a figure of a statement."""

    CLASH = 0
    UNSURE = 1
    AGREE = 2


def compare(said: Quantity, told: Quantity) -> Match | None:
    """How the answer's figure stands to the statement's; None when they measure different things."""
    if {said.dimension, told.dimension} == {COUNT, SHARE} and said.high == told.high == 0:
        return Match.AGREE
    if said.dimension != told.dimension and {said.dimension, told.dimension} not in _COMPARABLE:
        return None
    if {said.dimension, told.dimension} == {COUNT, TIME}:
        return Match.AGREE if _years(said) == _years(told) else None
    if said.dimension != told.dimension:
        alike = {said.dimension, told.dimension} != {COUNT, AGE} or (said.low, said.high) == (told.low, told.high)
        return Match.AGREE if alike and _agree(said, told) else None
    if told.ranged and not said.ranged and told.low <= said.low <= told.high and not _is_narrow(told):
        return None
    if _agree(said, told):
        return Match.CLASH if _opposed(said, told) else Match.AGREE
    return Match.CLASH if _apart(said, told) else Match.UNSURE


_COMPARABLE = ({COUNT, TIME}, {AGE, TIME}, {COUNT, AGE}, {NUMBER, SHARE})


def _years(quantity: Quantity) -> tuple[float, float]:
    """'Women under 50', where 'under 50 years' is told."""
    unit = _YEAR if quantity.dimension == TIME else 1.0
    return round(quantity.low / unit, 3), round(quantity.high / unit, 3)


def tolerance(said: Quantity, told: Quantity) -> float:
    """How far apart two honest tellings of one figure may lie."""
    size = max(abs(said.high), abs(told.high))
    allowed = max(said.step, min(told.step, 0.05 * size) if told.dimension != SHARE else told.step)
    if said.hedge == "about":
        allowed = max(allowed, 0.06 * size)
        if said.dimension == SHARE:
            allowed = max(allowed, min(0.05, 0.12 * size), said.step * 1.25)
    elif told.hedge == "about":
        allowed = max(allowed, 0.05 * size)
    if said.dimension in (COUNT, TIME, AGE) and said.hedge in ("about", "below", "above"):
        allowed = max(allowed, 0.07 * size)
    return allowed + _EPSILON


def _agree(said: Quantity, told: Quantity) -> bool:
    allowed = tolerance(said, told)
    if said.ranged and told.ranged:
        return abs(said.low - told.low) <= allowed and abs(said.high - told.high) <= allowed
    if said.ranged:
        return told.hedge in (None, "about") and said.low - allowed <= told.low <= said.high + allowed
    if told.ranged:
        return told.low - allowed <= said.low <= told.high + allowed
    difference = told.low - said.low
    if abs(difference) <= allowed:
        return True
    return _direction(told) is None and _within_hedge(said, difference)


def _is_narrow(quantity: Quantity) -> bool:
    """Whether a range says enough to be told by a figure within it; shares only, other ranges are told as such."""
    return quantity.dimension != SHARE or quantity.high - quantity.low <= max(_NARROW, _NARROW_PART * quantity.high)


def _within_hedge(said: Quantity, difference: float) -> bool:
    """'nearly half' may be 47 percent, 'more than nine in ten' 92 percent."""
    if said.dimension == COUNT and said.hedge in ("less", "more", "at_most", "at_least"):
        return False
    room = max(_ALMOST * abs(said.low), _CLOSE_SHARE if said.dimension == SHARE and said.low >= 0.2 else 0.0)
    if said.hedge in ("below", "less"):
        return -room <= difference <= _EPSILON
    if said.hedge in ("above", "more"):
        return -_EPSILON <= difference <= room
    return False


def _direction(quantity: Quantity) -> str | None:
    return "low" if quantity.hedge in FROM_ABOVE else "high" if quantity.hedge in FROM_BELOW else None


def _opposed(said: Quantity, told: Quantity) -> bool:
    """'under ten' against 'over ten' of the same value."""
    if said.ranged or told.ranged or abs(said.low - told.low) > _EPSILON + 0.001 * abs(said.low):
        return False
    return (said.hedge in FROM_ABOVE and told.hedge in FROM_BELOW) or (said.hedge in FROM_BELOW and told.hedge in FROM_ABOVE)


def _apart(said: Quantity, told: Quantity) -> bool:
    """Clearly different, not only less finely told."""
    allowed = tolerance(said, told)
    if said.dimension == YEAR:
        return True
    if said.ranged and told.ranged:
        if told.low - allowed <= said.low and said.high <= told.high + allowed:
            return False
        return abs(said.low - told.low) > 2 * allowed or abs(said.high - told.high) > 2 * allowed
    gap = max(told.low - said.high, said.low - told.high)
    if _direction(said) and _direction(said) == _direction(told):
        return gap > 2 * allowed
    if said.hedge in ("less", "at_most", "below") and told.high < said.low:
        return said.hedge == "below" and gap > 2 * allowed + 0.15 * said.low
    if said.hedge in ("more", "at_least", "above") and told.low > said.high:
        return said.hedge == "above" and gap > 2 * allowed + 0.15 * said.low
    if told.hedge in FROM_ABOVE and said.low < told.low:
        return False
    if told.hedge in FROM_BELOW and said.low > told.high:
        return False
    if said.dimension == SHARE and min(said.low, told.low) > 0 and gap > allowed:
        return max(told.low / said.high, said.low / told.high) >= _TWOFOLD or gap > _factor(said, told) * allowed
    return gap > _factor(said, told) * allowed


def _factor(said: Quantity, told: Quantity) -> float:
    return 1.0 if said.hedge is None and told.hedge is None and not told.ranged else 1.6
