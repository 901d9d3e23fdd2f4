"""Pairs each figure of a sentence with the statement's figure for the same thing, by value and by the words around both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from api.verification.claims import Claim, Told, around, signed, whole_of
from api.verification.compare import Match, compare
from api.verification.quantities import AGE, COUNT, NUMBER, SHARE, TIME, YEAR, Quantity
from api.verification.reading import Reading

Weigh = Callable[[str], float]
_NEEDED = {SHARE: 0.1, YEAR: 0.2, COUNT: 0.35, NUMBER: 0.2, TIME: 0.25, AGE: 0.2}
_NEEDED_ELSE = 0.15
_NEEDED_AMONG_MANY = 0.2
_SWAPPED_BY = 1.5
_SWAPPED_GAP = 0.12
_FAR = 0.3
_SAID_WINDOW, _WINDOW = 10, 7
_CLOSE = 0.5
_HEAVY = 0.45
_FEW = 3
_PAIR = 2
_CANCER = "=cancer"
_TELLING = 0.15
_FLIPPED = 0.12
_QUALIFYING = frozenset({"=edition"})
_ONLY = {TIME, "length", "mass", "activity", "radiation", "gauge"}


@dataclass(frozen=True, slots=True)
class FigureMatch:
    """A figure of the sentence beside the statement's; `alignment` is how much the words around both have in common."""

    said: Quantity
    told: Quantity | None
    match: Match | None
    alignment: float = 0.0


@dataclass(frozen=True, slots=True)
class _Option:
    match: Match
    alignment: float
    told: Told
    comparable: bool
    turned: bool = False


def align(reading: Reading, claim: Claim, weigh: Weigh) -> tuple[FigureMatch, ...]:
    """Every figure of the sentence with its best partner in the statement."""
    opposed = _opposed_nature(reading, claim)
    every = [_options(reading, quantity, claim, weigh, opposed=opposed) for quantity in reading.quantities]
    paired = _paired(every)
    chosen = _unswap(every, paired)
    chosen = _unmixed(reading, claim, every, chosen, weigh)
    chosen = [_bound(reading, number, every[number], chosen, weigh) for number in range(len(chosen))]
    chosen = [paired[number] if number in _beside_each_other(paired, claim) else option for number, option in enumerate(chosen)]
    return tuple(_match(reading, quantity, option, claim) for quantity, option in zip(reading.quantities, chosen, strict=True))


def _beside_each_other(paired: list[_Option | None], claim: Claim) -> set[int]:
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


def _match(reading: Reading, quantity: Quantity, option: _Option | None, claim: Claim) -> FigureMatch:
    derived = _derived(reading, quantity, claim)
    if derived is not None and (option is None or option.match is not Match.AGREE):
        return FigureMatch(quantity, None, derived, 1.0 if derived is Match.AGREE else 0.0)
    if option is None:
        return FigureMatch(quantity, None, None)
    return FigureMatch(quantity, option.told.quantity, option.match, option.alignment)


def _opposed_nature(reading: Reading, claim: Claim) -> bool:
    said, told = reading.signs.get("nature"), claim.reading.signs.get("nature")
    return bool(said and told and len(said) == 1 and len(told) == 1 and said != told)


def _options(reading: Reading, quantity: Quantity, claim: Claim, weigh: Weigh, *, opposed: bool) -> list[_Option]:
    here = around(reading, quantity.first, quantity.after, _SAID_WINDOW if len(reading.quantities) <= _PAIR else _WINDOW)
    whole = whole_of(reading, quantity)
    options = []
    denied = [{term.key for term in sentence.terms if term.negated} for sentence in (reading, claim.reading)]
    denies = denied[0] != denied[1]
    for told in claim.told:
        match, turned = compare(quantity, told.quantity), False
        benign = reading.signs.get("nature") == frozenset({1}) and (_CANCER in told.around or _CANCER in told.about)
        if match is not Match.AGREE and (opposed or benign) and quantity.dimension == told.quantity.dimension == SHARE:
            match = compare(_complement(quantity), told.quantity)
            turned = match is Match.AGREE
        if match is None:
            continue
        alignment = _shared(here, told.around, weigh)
        same_number = quantity.total is not None and quantity.total == told.quantity.total
        same_whole = not whole or not told.whole or bool(whole & told.whole) or same_number
        comparable = not told.typed and same_whole and _comparable(reading, quantity, told, alignment, claim)
        if match is Match.CLASH and quantity.dimension == SHARE:
            complementary = compare(_complement(quantity), told.quantity) is Match.AGREE
            if complementary and (opposed or denied[0] - denied[1]):
                match, turned = Match.AGREE, True
            elif opposed or (complementary and denies):
                match = Match.UNSURE
        options.append(_Option(match, alignment, told, comparable, turned))
    return options


def _complement(quantity: Quantity) -> Quantity:
    return Quantity(
        quantity.dimension, 1 - quantity.high, 1 - quantity.low, quantity.step, quantity.first, quantity.after, quantity.hedge
    )


def _shared(here: Mapping[str, float], there: Mapping[str, float], weigh: Weigh) -> float:
    whole = sum(weigh(key) * near for key, near in here.items())
    if whole == 0:
        return 0.0
    return sum(weigh(key) * min(near, there[key]) for key, near in here.items() if key in there) / whole


def _comparable(reading: Reading, quantity: Quantity, told: Told, alignment: float, claim: Claim) -> bool:
    """Whether two figures with so much in common around them may be held against each other."""
    if quantity.dimension == COUNT:
        near = [term for term in reading.terms if quantity.after <= term.place <= quantity.after + 2]
        alone = _count(claim, COUNT) == 1
        head = (
            near[0].key
            if near and (alone or not near[0].light) and _said(reading, COUNT) == 1 and len(reading.quantities) <= _PAIR
            else None
        )
        if head in _QUALIFYING and all(item.dimension != YEAR for item in reading.quantities):
            return False
        if quantity.ranged != told.quantity.ranged or head is None or head != told.head:
            return False
        if sum(item.head == head and item.quantity.dimension == COUNT for item in claim.told) > 1:
            return False
    if quantity.dimension in _ONLY and _count(claim, quantity.dimension) == 1 == _said(reading, quantity.dimension):
        return True
    if quantity.dimension == YEAR and _said(reading, YEAR) > 1:
        return False
    if quantity.dimension == SHARE and (_said(reading, SHARE) > 1 or _count(claim, SHARE) >= _FEW):
        return alignment >= _NEEDED_AMONG_MANY
    return alignment >= _NEEDED.get(quantity.dimension, _NEEDED_ELSE)


def _count(claim: Claim, dimension: str) -> int:
    return sum(item.quantity.dimension == dimension and not item.typed for item in claim.told)


def _said(reading: Reading, dimension: str) -> int:
    return sum(quantity.dimension == dimension for quantity in reading.quantities)


def _paired(every: list[list[_Option]]) -> list[_Option | None]:
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
    reading: Reading, claim: Claim, every: list[list[_Option]], chosen: list[_Option | None], weigh: Weigh
) -> list[_Option | None]:
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
            or _count(claim, quantity.dimension) != _PAIR
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


def _bound(reading: Reading, number: int, options: list[_Option], chosen: list[_Option | None], weigh: Weigh) -> _Option | None:
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
    if _said(reading, SHARE) == 1:
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


def _choose(options: list[_Option]) -> _Option | None:
    agreeing = [option for option in options if option.match is Match.AGREE]
    pool = agreeing or [option for option in options if option.comparable or option.match is Match.UNSURE]
    return max(pool, key=lambda option: (option.alignment, option.match), default=None)


def _unswap(every: list[list[_Option]], chosen: list[_Option | None]) -> list[_Option | None]:
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


def _in_order(chosen: list[_Option | None]) -> bool:
    """Whether several shares are told, one after the other, as the statement tells them."""
    places = [
        (option.told.quantity.low, option.told.quantity.first)
        for option in chosen
        if option and option.match is Match.AGREE and option.told.quantity.dimension == SHARE and not option.told.typed
    ]
    order = [place for _, place in places]
    return len(set(places)) >= _PAIR and len(places) == len(set(places)) and order == sorted(order)


def _differs(option: _Option) -> bool:
    return option.match is not Match.AGREE and not option.told.typed and not option.told.quantity.ranged


def _better(rival: _Option, best: _Option) -> bool:
    return rival.alignment > _SWAPPED_BY * best.alignment and rival.alignment - best.alignment > _SWAPPED_GAP


def _derived(reading: Reading, quantity: Quantity, claim: Claim) -> Match | None:
    """'Three minutes less than' and 'twice as often' follow from two told figures of one dimension."""
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


def _near(value: float, quantity: Quantity, room: float) -> bool:
    return abs(value - quantity.low) <= max(quantity.step, room * quantity.low)
