"""The right number with the wrong unit, or its point in the wrong place: 5 cm for 5 mm, 7 months for 7 days."""

from collections.abc import Iterator, Sequence

from api.verification.candidates import Candidate
from api.verification.claims import Claim
from api.verification.compare import Match, compare
from api.verification.quantities import COUNT, SHARE, TIME, Quantity, complement
from api.verification.reading import Reading

_CLOSEST, _OTHERS = 3, 8
_ON_SUBJECT = 0.45
_SURELY = {SHARE: 0.85, COUNT: 0.55, TIME: 0.5}
_AS_CLOSE = 0.2
_ROOM = 0.012
_TELLING_COUNT = 30
_RATIOS = {
    "length": (10.0,),
    "mass": (1_000.0,),
    SHARE: (10.0,),
    COUNT: (10.0,),
    TIME: (7.0, 12.0, 24.0, 30.0, 30.4375, 52.1786, 60.0, 365.25, 168.0),
}
_SHORTEST = {TIME: 1.5}  # of the unit: 'a day' for 'an hour' is told of many things


def exchanged(reading: Reading, candidates: Sequence[Candidate]) -> Claim | None:
    """The claim whose number a sentence tells with another unit, where none as close tells the figure itself."""
    if reading.denials or reading.remaining or reading.contrasting or reading.comparing:
        return None
    for quantity in _alone(reading):
        if any(_tells(item.claim, quantity) for item in candidates[:_OTHERS] if item.subject >= _least(candidates)):
            continue
        for candidate in candidates[:_CLOSEST]:
            if candidate.subject >= _SURELY.get(quantity.dimension, _ON_SUBJECT) and _shifted(candidate.claim, quantity):
                return candidate.claim
    return None


def _alone(reading: Reading) -> Iterator[Quantity]:
    """The figures of which the sentence tells no other of the kind."""
    for quantity in reading.quantities:
        alike = [item for item in reading.quantities if item.dimension == quantity.dimension]
        if quantity.dimension in _RATIOS and not quantity.ranged and len(alike) == 1:
            yield quantity


def _least(candidates: Sequence[Candidate]) -> float:
    return max(item.subject for item in candidates[:_CLOSEST]) - _AS_CLOSE


def _tells(claim: Claim, quantity: Quantity) -> bool:
    """Whether a claim tells a figure, or the rest of the whole."""
    meant = (quantity, complement(quantity)) if quantity.dimension == SHARE else (quantity,)
    return any(compare(item, told.quantity) is Match.AGREE for told in claim.told for item in meant)


def _shifted(claim: Claim, quantity: Quantity) -> bool:
    """Whether the one figure of the kind that a claim tells has the same number with another unit."""
    told = [item.quantity for item in claim.told if not item.typed and item.quantity.dimension == quantity.dimension]
    if quantity.dimension == COUNT and quantity.low < _TELLING_COUNT:
        return False
    return any(_is_ratio(quantity, item) for item in told if item.low and quantity.low)


def _is_ratio(said: Quantity, told: Quantity) -> bool:
    ratio = max(said.low / told.low, told.low / said.low)
    if min(said.low, told.low) < _SHORTEST.get(said.dimension, 0.0):
        return False
    return any(abs(ratio - other) < _ROOM * other for other in _RATIOS[said.dimension])
