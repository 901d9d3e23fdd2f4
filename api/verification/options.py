"""The figures of a statement that may stand for one of a sentence: how they compare, and whether both are of the same thing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from api.verification.claims import Claim, Told
from api.verification.compare import Match, compare
from api.verification.quantities import AGE, COUNT, NUMBER, SHARE, TIME, YEAR, Quantity, complement
from api.verification.reading import Reading
from api.verification.surroundings import Beside, around, beside, whole_of

Weigh = Callable[[str], float]
_NEEDED = {SHARE: 0.1, YEAR: 0.2, COUNT: 0.35, NUMBER: 0.2, TIME: 0.25, AGE: 0.2}
_NEEDED_ELSE = 0.15
_NEEDED_AMONG_MANY = 0.2
_SAID_WINDOW, _WINDOW = 10, 7
_CLOSE = 0.5
_FEW = 3
_PAIR = 2
_TELLING_NUMBER = 30
_MOSTLY = 0.75
_ROUND = frozenset({40, 50, 100, 200, 500, 1000, 10000, 100000})
_CANCER = "=cancer"
_CALCIFICATION = "=calcification"
_QUALIFYING = frozenset({"=edition"})
_ONLY = {TIME, "length", "mass", "activity", "radiation", "gauge"}


@dataclass(frozen=True, slots=True)
class Option:
    """A figure of a statement beside one of the sentence; `turned` when it agrees with the rest of the whole."""

    match: Match
    alignment: float
    told: Told
    comparable: bool
    turned: bool = False


def opposed_nature(reading: Reading, claim: Claim) -> bool:
    """Whether one tells of benign results and the other of malignant ones."""
    said, told = reading.signs.get("nature"), claim.reading.signs.get("nature")
    return bool(said and told and len(said) == 1 and len(told) == 1 and said != told)


def options_of(reading: Reading, quantity: Quantity, claim: Claim, weigh: Weigh, *, opposed: bool) -> list[Option]:
    """Every figure of a statement that measures the same as one of the sentence."""
    here = around(reading, quantity.first, quantity.after, _SAID_WINDOW if len(reading.quantities) <= _PAIR else _WINDOW)
    whole = whole_of(reading, quantity)
    own = beside(reading, quantity)
    identified = _is_identified(reading, claim)
    options = []
    denied = [
        {term.key for term in sentence.terms if term.negated and term.key != _CALCIFICATION}
        for sentence in (reading, claim.reading)
    ]
    denies = denied[0] != denied[1]
    for told in claim.told:
        match, turned = compare(quantity, told.quantity), False
        benign = reading.signs.get("nature") == frozenset({1}) and (_CANCER in told.around or _CANCER in told.about)
        if match is not Match.AGREE and (opposed or benign) and quantity.dimension == told.quantity.dimension == SHARE:
            match = compare(complement(quantity), told.quantity)
            turned = match is Match.AGREE
        if match is None or (told.beside.interval and not quantity.ranged):
            continue
        alignment = _shared(here, told.around, weigh)
        same_number = quantity.total is not None and quantity.total == told.quantity.total
        same_whole = not whole or not told.whole or bool(whole & told.whole) or same_number or whole <= claim.keys.keys()
        comparable = not told.typed and same_whole and _comparable(reading, quantity, told, alignment, claim)
        if quantity.dimension == SHARE and match is Match.AGREE and _of_another(quantity, own, told, claim):
            continue
        if quantity.dimension == SHARE and not told.typed:
            comparable = comparable or _of_same(quantity, own, told) or (identified and count_told(claim, SHARE) == 1)
            flipped = (own.denied ^ told.beside.denied) & here.keys() & told.around.keys()
            if flipped and match is Match.AGREE and alignment >= _CLOSE:
                match, comparable = Match.CLASH, True
        if match is Match.CLASH and quantity.dimension == SHARE:
            rest = compare(complement(quantity), told.quantity)
            complementary, remaining = rest is Match.AGREE, reading.remaining and not _telling(claim, told).remaining
            if (complementary and (opposed or denied[0] - denied[1])) or (complementary and remaining):
                match, turned = Match.AGREE, True
            elif opposed or (complementary and denies) or (remaining and rest is not Match.CLASH):
                match = Match.UNSURE
        options.append(Option(match, alignment, told, comparable, turned))
    return options


def _telling(claim: Claim, told: Told) -> Reading:
    """The sentence of a statement that tells a figure."""
    return next((sentence for sentence in claim.siblings if told.quantity in sentence.quantities), claim.reading)


def _is_identified(reading: Reading, claim: Claim) -> bool:
    """Whether both name the size of one study, so that they speak of the very same one."""
    sizes = {item.low for item in reading.quantities if item.dimension == COUNT and item.low >= _TELLING_NUMBER}
    told = {item.quantity.low for item in claim.told if item.quantity.dimension == COUNT}
    return bool(sizes & told - _ROUND)


def _of_same(said: Quantity, own: Beside, told: Told) -> bool:
    """Whether both count among the very same number, which hardly stands anywhere else, or of the same category."""
    if said.total is not None and said.total == told.quantity.total and said.total >= _TELLING_NUMBER:
        return True
    return bool(own.categories) and own.categories == told.beside.categories


def _of_another(said: Quantity, own: Beside, told: Told, claim: Claim) -> bool:
    """Whether an equal figure is told of something else: another category, another number, cancers where women are counted."""
    texts = [told]
    if told.typed:
        texts = [item for item in claim.told if not item.typed and compare(said, item.quantity) is Match.AGREE]
    return bool(texts) and all(_apart_from(said, own, item) for item in texts)


def _apart_from(said: Quantity, own: Beside, told: Told) -> bool:
    if own.kind and told.beside.kind and own.kind != told.beside.kind:
        return True
    totals = [total for total in (said.total, told.quantity.total) if total is not None and total >= _TELLING_NUMBER]
    if len(set(totals)) == _PAIR and not any(total in _ROUND for total in totals):
        return True
    return bool(own.categories and told.beside.categories) and not any(
        one.startswith(other) or other.startswith(one) for one in own.categories for other in told.beside.categories
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
        alone = count_told(claim, COUNT) == 1
        head = (
            near[0].key
            if near
            and (alone or not near[0].light or _counted_once(claim, near[0].key))
            and count_said(reading, COUNT) == 1
            and len(reading.quantities) <= _PAIR
            else None
        )
        if head in _QUALIFYING and all(item.dimension != YEAR for item in reading.quantities):
            return False
        if quantity.ranged != told.quantity.ranged or head is None or head != told.head:
            return False
        if sum(item.head == head and item.quantity.dimension == COUNT for item in claim.told) > 1:
            return False
    if quantity.dimension in _ONLY and count_told(claim, quantity.dimension) == 1 == count_said(reading, quantity.dimension):
        return True
    if quantity.dimension == YEAR:
        if count_said(reading, YEAR) > 1:
            return False
        if count_told(claim, YEAR) == 1 and _same_event(reading, claim):
            return True
    if quantity.dimension == SHARE and (count_said(reading, SHARE) > 1 or count_told(claim, SHARE) >= _FEW):
        return alignment >= _NEEDED_AMONG_MANY
    return alignment >= _NEEDED.get(quantity.dimension, _NEEDED_ELSE)


def _same_event(reading: Reading, claim: Claim) -> bool:
    """Whether the statement speaks of nearly all a sentence speaks of, beside the names of editions."""
    bearing = [term for term in reading.terms if not term.light]
    known = sum(term.key in claim.keys for term in bearing)
    return known >= _FEW and known >= _MOSTLY * len(bearing) and not claim.categories


def _counted_once(claim: Claim, key: str) -> bool:
    """Whether one count of the statement alone counts this."""
    return sum(item.head == key and item.quantity.dimension == COUNT and not item.typed for item in claim.told) == 1


def count_told(claim: Claim, dimension: str) -> int:
    """How many figures of a kind the text of a statement tells."""
    return sum(item.quantity.dimension == dimension and not item.typed for item in claim.told)


def count_said(reading: Reading, dimension: str) -> int:
    """How many figures of a kind a sentence tells."""
    return sum(quantity.dimension == dimension for quantity in reading.quantities)
