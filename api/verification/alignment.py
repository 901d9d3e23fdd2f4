"""Pairs each figure of a sentence with the statement's figure for the same thing, by value and by the words around both."""

from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from api.verification.claims import Claim, signed
from api.verification.compare import Match, compare
from api.verification.options import Option, Weigh, count_said, count_told, opposed_nature, options_of
from api.verification.quantities import COUNT, NUMBER, SHARE, TIME, YEAR, Quantity
from api.verification.reading import Reading
from api.verification.surroundings import around

_SWAPPED_BY = 1.5
_SWAPPED_GAP = 0.12
_FAR = 0.3
_CLOSE = 0.5
_HEAVY = 0.45
_FEW = 3
_PAIR = 2
_TELLING = 0.15
_FLIPPED = 0.12


@dataclass(frozen=True, slots=True)
class FigureMatch:
    """A figure of the sentence beside the statement's; `alignment` is how much the words around both have in common.

    It is `turned` when it agrees with the rest of the whole.
    """

    said: Quantity
    told: Quantity | None
    match: Match | None
    alignment: float = 0.0
    turned: bool = False


def align(reading: Reading, claim: Claim, weigh: Weigh) -> tuple[FigureMatch, ...]:
    """Every figure of the sentence with its best partner in the statement."""
    opposed = opposed_nature(reading, claim)
    every = [options_of(reading, quantity, claim, weigh, opposed=opposed) for quantity in reading.quantities]
    paired = _paired(every)
    chosen = _unswap(every, paired)
    chosen = _unmixed(reading, claim, every, chosen, weigh)
    chosen = [_bound(reading, number, every[number], chosen, weigh) for number in range(len(chosen))]
    chosen = [paired[number] if number in _beside_each_other(paired, claim) else option for number, option in enumerate(chosen)]
    return tuple(_match(reading, quantity, option, claim) for quantity, option in zip(reading.quantities, chosen, strict=True))


def _beside_each_other(paired: list[Option | None], claim: Claim) -> set[int]:
    """A share and a time that agree with a share and a time told next to each other: '13 in 100 within 10 years'."""
    agreeing = [(number, option.told.quantity) for number, option in enumerate(paired) if option and option.match is Match.AGREE]
    kept: set[int] = set()
    for sentence in claim.siblings:
        order = sentence.quantities
        for (one, first), (other, second) in combinations(agreeing, 2):
            if {first.dimension, second.dimension} != {SHARE, TIME}:
                continue
            pairs = list(pairwise(order))
            if any(
                (_alike(left, first) and _alike(right, second)) or (_alike(left, second) and _alike(right, first))
                for left, right in pairs
            ):
                kept |= {one, other}
    return kept


def _match(reading: Reading, quantity: Quantity, option: Option | None, claim: Claim) -> FigureMatch:
    derived = _derived(reading, quantity, claim)
    if derived is not None and (option is None or option.match is not Match.AGREE):
        return FigureMatch(quantity, None, derived, 1.0 if derived is Match.AGREE else 0.0)
    if option is None:
        return FigureMatch(quantity, None, None)
    return FigureMatch(quantity, option.told.quantity, option.match, option.alignment, option.turned)


def _paired(every: list[list[Option]]) -> list[Option | None]:
    """Agreeing partners first; a figure of the statement that agrees with one figure is not held against another."""
    chosen = [_choose(options) for options in every]
    used = [option.told.quantity for option in chosen if option and option.match is Match.AGREE]
    for number, option in enumerate(chosen):
        if option is None or option.match is Match.AGREE:
            continue
        free = [other for other in every[number] if not any(_alike(other.told.quantity, quantity) for quantity in used)]
        chosen[number] = _choose(free)
    return chosen


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.dimension == other.dimension and compare(one, other) is Match.AGREE


def _unmixed(
    reading: Reading, claim: Claim, every: list[list[Option]], chosen: list[Option | None], weigh: Weigh
) -> list[Option | None]:
    """'Three in four chose treatment' where 76% chose surveillance and 24% treatment: the right figure of the wrong thing."""
    said = {term.key for term in reading.terms}
    result = list(chosen)
    if len(chosen) > _FEW or _in_order(chosen):
        return result
    used = [option.told.quantity for option in chosen if option and option.match is Match.AGREE]
    for number, options in enumerate(every):
        quantity = reading.quantities[number]
        best = _choose([option for option in options if not option.told.typed])
        if (
            quantity.dimension == COUNT
            or best is None
            or best.turned
            or best.match is not Match.AGREE
            or count_told(claim, quantity.dimension) != _PAIR
        ):
            continue
        here = around(reading, quantity.first, quantity.after)
        for rival in every[number]:
            if not _differs(rival) or any(_alike(rival.told.quantity, quantity) for quantity in used):
                continue
            ours = [key for key in here if key in rival.told.around and key not in best.told.around and weigh(key) >= _HEAVY]
            theirs = [
                key for key in best.told.around if key not in rival.told.around and key not in said and weigh(key) >= _HEAVY
            ]
            if ours and theirs:
                result[number] = replace(rival, match=Match.CLASH)
    return result


def _bound(reading: Reading, number: int, options: list[Option], chosen: list[Option | None], weigh: Weigh) -> Option | None:
    """The right figure of another thing, by what the statement's list of figures says each of them counts."""
    quantity, best = reading.quantities[number], chosen[number]
    if quantity.dimension != SHARE or best is None or best.turned or best.match is not Match.AGREE:
        return best
    said = _said_of(reading, quantity)
    agreeing = [option for option in options if option.match is Match.AGREE and option.told.about]
    if not agreeing or _in_order(chosen) or any(_fits(said, option.told.about) for option in agreeing):
        return best
    near = around(reading, quantity.first, quantity.after)
    close = signed(term for term in reading.terms if term.key in near)
    if all(_denied(close, option.told.about, weigh) for option in agreeing):
        return replace(best, match=Match.CLASH)
    used = [other.told.quantity for other in chosen if other and other is not best and other.match is Match.AGREE]
    for rival in options:
        theirs = rival.told.about
        if best.alignment >= _CLOSE > 2 * rival.alignment:
            continue
        if rival.match is Match.AGREE or not theirs or any(_alike(rival.told.quantity, other) for other in used):
            continue
        if all(_weight(said & (theirs - own.told.about), weigh) >= _TELLING for own in agreeing) and all(
            not said & (own.told.about - theirs) for own in agreeing
        ):
            return replace(rival, match=Match.CLASH)
    return best


def _said_of(reading: Reading, quantity: Quantity) -> frozenset[str]:
    """What a share is said of: the whole sentence, or the words around it when there are several."""
    bearing = [term for term in reading.terms if not term.light]
    if count_said(reading, SHARE) == 1:
        return signed(bearing)
    near = around(reading, quantity.first, quantity.after)
    return signed(term for term in bearing if term.key in near)


def _fits(said: frozenset[str], about: frozenset[str]) -> bool:
    """Whether the sentence says all that is told of the figure."""
    return about <= said


def _denied(said: frozenset[str], about: frozenset[str], weigh: Weigh) -> bool:
    """Whether the statement denies of the figure what the sentence says of it."""
    flipped = {key[1:] for key in about if key.startswith("!")} & said - about
    return any(weigh(key) >= _FLIPPED and f"!{key}" not in said for key in flipped)


def _weight(keys: frozenset[str], weigh: Weigh) -> float:
    return sum(weigh(key.removeprefix("!")) for key in keys)


def _choose(options: list[Option]) -> Option | None:
    agreeing = [option for option in options if option.match is Match.AGREE]
    pool = agreeing or [option for option in options if option.comparable or option.match is Match.UNSURE]
    return max(pool, key=lambda option: (option.alignment, option.match), default=None)


def _unswap(every: list[list[Option]], chosen: list[Option | None]) -> list[Option | None]:
    """Find figures that agree with the statement's figure for something else."""
    result = list(chosen)
    shares = sum(1 for option in chosen if option and option.told.quantity.dimension == SHARE)
    if shares > _PAIR or _in_order(chosen):
        return result
    for number, (options, best) in enumerate(zip(every, chosen, strict=True)):
        if best is None or best.turned or best.match is not Match.AGREE or best.told.quantity.dimension == COUNT:
            continue
        rivals = [option for option in options if _differs(option) and _better(option, best)]
        rival = max(rivals, key=lambda option: option.alignment, default=None)
        if rival is None:
            continue
        crossed = any(
            other is not None
            and other.match is Match.AGREE
            and other.told.quantity == rival.told.quantity
            and any(option.told.quantity == best.told.quantity and _better(option, other) for option in every[place])
            for place, other in enumerate(chosen)
            if place != number
        )
        if crossed or (best.alignment < _FAR and rival.alignment > 2 * best.alignment + _FAR):
            result[number] = replace(rival, match=Match.CLASH)
    return result


def _in_order(chosen: list[Option | None]) -> bool:
    """Whether several shares are told, one after the other, as the statement tells them."""
    places = [
        (option.told.quantity.low, option.told.quantity.first)
        for option in chosen
        if option and option.match is Match.AGREE and option.told.quantity.dimension == SHARE and not option.told.typed
    ]
    order = [place for _, place in places]
    return len(set(places)) >= _PAIR and len(places) == len(set(places)) and order == sorted(order)


def _differs(option: Option) -> bool:
    return option.match is not Match.AGREE and not option.told.typed and not option.told.quantity.ranged


def _better(rival: Option, best: Option) -> bool:
    return rival.alignment > _SWAPPED_BY * best.alignment and rival.alignment - best.alignment > _SWAPPED_GAP


def _derived(reading: Reading, quantity: Quantity, claim: Claim) -> Match | None:
    """'Three minutes less than' and 'twice as often' follow from two told figures of one dimension."""
    if _none_of_them(quantity, claim):
        return Match.AGREE
    difference = quantity.dimension in (TIME, SHARE, "length") and reading.compares_at(quantity.after)
    if not difference and quantity.dimension != NUMBER:
        return None
    told = [item.quantity for item in claim.told if not item.typed and not item.quantity.ranged]
    for one, other in combinations(told, 2):
        if one.dimension != other.dimension or one.dimension in (YEAR, COUNT):
            continue
        if difference and one.dimension == quantity.dimension:
            if _near(abs(one.low - other.low), quantity, 0.12):
                return Match.AGREE
        elif not difference and min(one.low, other.low) > 0:
            ratio = max(one.low, other.low) / min(one.low, other.low)
            if _near(ratio, quantity, 0.15) or _near(1 / ratio, quantity, 0.15):
                return Match.AGREE
    return Match.UNSURE if difference else None


def _none_of_them(quantity: Quantity, claim: Claim) -> bool:
    """'None of 4,776' where a statement on so many tells that none had it."""
    if quantity.dimension != SHARE or quantity.high > 0 or quantity.total is None:
        return False
    counted = any(item.quantity.dimension == COUNT and item.quantity.low == quantity.total for item in claim.told)
    return counted and any(-1 in sentence.absolutes for sentence in claim.siblings)


def _near(value: float, quantity: Quantity, room: float) -> bool:
    return abs(value - quantity.low) <= max(quantity.step, room * quantity.low)
