"""'A is more often malignant than B', held against the typed predictive values of both."""

from collections import defaultdict
from statistics import median

from sqlmodel import Session, col, select

from api.store.tables import FigureRow
from api.verification.claims import Claim, Claims
from api.verification.lexicon import Sign
from api.verification.reading import AMOUNT, NATURE, SUSPICION, Reading, Term

_PREDICTIVE = "ppv"
_CLEARLY = 1.5
_FEWEST = 2
_DIRECTION = "direction"
_RISKY = frozenset({"=cancer", "=chance", "=suspicious"})
_THAN = "than"
_REACH = 7


class Ranking:
    """The middle predictive value of each shape and each arrangement that has several."""

    def __init__(self, values: dict[str, float], claims: Claims) -> None:
        self._values = values
        self._claims = claims

    def against(self, reading: Reading) -> Claim | None:
        """A claim on the riskier of two that shows the sentence has their order wrong."""
        than = next((at for at, piece in enumerate(reading.pieces) if piece.norm == _THAN), None)
        if than is None or reading.quantities or reading.partial:
            return None
        left = _named([term for term in reading.terms if term.place < than], self._values)
        right = _named([term for term in reading.terms if term.place > than], self._values)
        sign = _sign(reading, than)
        if len(left) != 1 or len(right) != 1 or left == right or sign is None:
            return None
        (one,), (other,) = left, right
        higher, lower = (one, other) if sign > 0 else (other, one)
        if self._values[lower] < _CLEARLY * self._values[higher]:
            return None
        return next((self._claims.all[number] for number in self._claims.by_slug.get(lower, ())), None)


def _named(terms: list[Term], values: dict[str, float]) -> frozenset[str]:
    return frozenset(slug for term in terms for slug in term.slugs if slug in values)


def _sign(reading: Reading, than: int) -> Sign | None:
    """Whether more or less danger is told before 'than'."""
    before = [term for term in reading.terms if than - _REACH <= term.place < than]
    signs = {sign for term in before for axis, sign in term.poles if axis in (AMOUNT, _DIRECTION)}
    benign = any(axis in (NATURE, SUSPICION) and sign > 0 for term in before for axis, sign in term.poles)
    risky = any(term.key in _RISKY for term in before) or any(
        axis in (NATURE, SUSPICION) and sign < 0 for term in before for axis, sign in term.poles
    )
    if len(signs) != 1 or benign == risky:
        return None
    (sign,) = signs
    return sign if risky else (-1 if sign > 0 else 1)


def load_ranking(session: Session, claims: Claims) -> Ranking:
    """Read the typed predictive values of shapes on their own and of arrangements on their own."""
    told: dict[str, list[float]] = defaultdict(list)
    rows = select(FigureRow.value, FigureRow.morphology_slug, FigureRow.distribution_slug)
    for value, shape, arrangement in session.exec(rows.where(col(FigureRow.measure) == _PREDICTIVE)).all():
        slug = shape or arrangement
        if value is not None and slug and not (shape and arrangement):
            told[slug].append(value)
    return Ranking({slug: median(values) for slug, values in told.items() if len(values) >= _FEWEST}, claims)
