"""What stands around a figure of a sentence: words and how near, categories, denied words, and what it is a share of."""

from dataclasses import dataclass

from api.verification.quantities import SHARE, Quantity
from api.verification.reading import Reading

_WINDOW = 7
_BRACKETS = 14
_TO_BRACKET = 6
_WHOLE_REACH = 4
_SUBJECT_REACH = 12
_KIND_REACH = 5
_OF_CANCERS = "cancer"
_KINDS = dict.fromkeys(("=cancer", "=dcis"), _OF_CANCERS) | dict.fromkeys(
    ("=woman", "=man", "=people", "=recall", "=biopsy", "=image", "mammogram"), "other"
)
_WALLS = frozenset({";", ":"})
_FENCES = frozenset({",", "and", "but", "against", "versus", "vs", "while", "whereas", "compared"})


@dataclass(frozen=True, slots=True)
class Beside:
    """The categories told beside a figure, the words denied beside it, the kind of thing it is a share of,
    and whether it only tells how sure another figure is."""

    categories: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    kind: str | None = None
    interval: bool = False


NOTHING_BESIDE = Beside()


def _reach(reading: Reading, first: int, after: int, window: int) -> tuple[int, int, int]:
    """Where the neighbourhood of some pieces begins and ends, and where it goes on behind brackets.

    Between two figures a comma or an 'and' ends it, so that each figure keeps its own words; a semicolon always does.
    """
    start = _after_brackets(reading, after)
    low, high = max(0, first - window), min(len(reading.pieces), start + window)
    others_left = any(quantity.after <= first for quantity in reading.quantities)
    others_right = any(quantity.first >= start for quantity in reading.quantities)
    for at in range(first - 1, low - 1, -1):
        norm = reading.pieces[at].norm
        if norm == ";" or (others_left and (norm in _WALLS or norm in _FENCES)):
            low = at
            break
    for at in range(start, high):
        if reading.pieces[at].norm in _WALLS or (others_right and reading.pieces[at].norm in _FENCES):
            high = at
            break
    return low, high, start


def around(reading: Reading, first: int, after: int, window: int = _WINDOW) -> dict[str, float]:
    """The keys near some pieces and how near they are, 1 for neighbours.

    What stands in brackets right after a figure, such as its interval, takes up no room.
    """
    low, high, start = _reach(reading, first, after, window)
    near: dict[str, float] = {}
    for term in reading.terms:
        if low <= term.place < high:
            distance = first - term.place if term.place < first else max(1, term.place - max(start, after) + 1)
            near[term.key] = max(near.get(term.key, 0.0), 2 / (1 + distance))
    return near


def beside(reading: Reading, quantity: Quantity) -> Beside:
    """What stands beside a figure that tells whose figure it is."""
    low, high, _ = _reach(reading, quantity.first, quantity.after, _WINDOW)
    near = [term for term in reading.terms if low <= term.place < high]
    every = frozenset(category.slug for category in reading.categories)
    return Beside(
        every if len(every) == 1 else frozenset(category.slug for category in reading.categories if low <= category.place < high),
        frozenset(term.key for term in near if term.negated and not term.slugs),
        _kind(reading, quantity),
        _is_interval(reading, quantity),
    )


def _is_interval(reading: Reading, quantity: Quantity) -> bool:
    """Whether a range in brackets tells only how sure the figure before them is."""
    opening = next(
        (at for at in range(quantity.first - 1, max(-1, quantity.first - _TO_BRACKET), -1) if reading.pieces[at].norm == "("),
        None,
    )
    return quantity.ranged and opening is not None and any(other.after == opening for other in reading.quantities)


def _kind(reading: Reading, quantity: Quantity) -> str | None:
    """What a share is a share of: cancers, or something else; None when it is not said right after the figure."""
    if quantity.dimension != SHARE:
        return None
    following = [term for term in reading.terms if quantity.after <= term.place < quantity.after + _KIND_REACH]
    first = next((term for term in following if term.key in _KINDS), None)
    if first is None or any(at in reading.predicates for at in range(quantity.after, first.place)):
        return None
    kind = _KINDS[first.key]
    return kind if kind != _OF_CANCERS or reading.pieces[quantity.after].norm == "of" else None


def _after_brackets(reading: Reading, after: int) -> int:
    """The place after brackets that open at a place, if they close soon."""
    if after < len(reading.pieces) and reading.pieces[after].norm == "(":
        for at in range(after + 1, min(len(reading.pieces), after + _BRACKETS)):
            if reading.pieces[at].norm == ")":
                return at + 1
    return after


def whole_of(reading: Reading, quantity: Quantity) -> frozenset[str]:
    """What a share is a share of, when it is said beside it: '85% of DCIS', 'of 40 women recalled 31% had DCIS'."""
    if quantity.dimension != SHARE:
        return frozenset()
    following = next((at for at in range(quantity.after, len(reading.pieces)) if reading.pieces[at].kind != "mark"), None)
    if following in reading.predicates:
        first = max((at for at, piece in enumerate(reading.pieces[: quantity.first]) if piece.norm in _WALLS), default=-1)
        before = [term for term in reading.terms if max(first, quantity.first - _SUBJECT_REACH) < term.place < quantity.first]
        return frozenset(term.key for term in before if not term.light)
    if following != quantity.after or (quantity.total is None and reading.pieces[following].norm != "of"):
        return frozenset()
    after = [term for term in reading.terms if quantity.after <= term.place <= quantity.after + _WHOLE_REACH]
    return frozenset(term.key for term in after if not term.light)
