"""'4B is more than 10 and up to 30 percent', held against the typed likelihood band of the category."""

from sqlmodel import Session, col, select

from api.store.tables import ConceptRow
from api.verification.claims import Claim, Claims
from api.verification.quantities import SHARE, Quantity
from api.verification.reading import GENERAL, NATURE, Reading

_ROOM = 0.015
_FEW_WORDS = 2
_LOWER, _UPPER = frozenset({"more", "at_least"}), frozenset({"less", "at_most"})
Band = tuple[float, float]


class Bands:
    """The likelihood of cancer that each category stands for, with the claim that tells it."""

    def __init__(self, bands: dict[str, tuple[Band, str]], claims: Claims) -> None:
        self._bands = bands
        self._claims = claims

    def against(self, reading: Reading, before: frozenset[str]) -> Claim | None:
        """The claim on the band, when a sentence that only tells the band of one category tells another."""
        slugs = {category.concept for category in reading.categories} or set(before)
        shares = [quantity for quantity in reading.quantities if quantity.dimension == SHARE]
        if len(slugs) != 1 or len(shares) != 1 or len(reading.quantities) != 1 or not _tells_band_alone(reading, slugs):
            return None
        if not shares[0].ranged and shares[0].hedge not in _UPPER | _LOWER:
            return None
        known = self._bands.get(next(iter(slugs)))
        if known is None or not _outside(shares[0], known[0]):
            return None
        numbers = self._claims.by_slug.get(next(iter(slugs)), ())
        return next((self._claims.all[at] for at in numbers if self._claims.all[at].statement_id == known[1]), None)


def _tells_band_alone(reading: Reading, slugs: set[str]) -> bool:
    """Whether a sentence speaks of nothing beside the category and a likelihood."""
    bearing = [term for term in reading.terms if not term.light and not term.key.startswith(("=", "~")) and not term.poles]
    own = all(any(one.startswith(slug) for one in slugs | GENERAL) for slug in reading.slugs)
    return own and len(bearing) <= _FEW_WORDS and not reading.denials and 1 not in reading.signs.get(NATURE, set())


def _outside(said: Quantity, band: Band) -> bool:
    """Whether the bounds that are said are not those of the band."""
    low, high = band
    if said.ranged:
        return abs(said.low - low) > _ROOM or abs(said.high - high) > _ROOM
    if said.hedge in _UPPER:
        return abs(said.high - high) > _ROOM
    return abs(said.low - low) > _ROOM


def load_bands(session: Session, claims: Claims) -> Bands:
    """Read the band of every category that has one."""
    bands: dict[str, tuple[Band, str]] = {}
    for row in session.exec(select(ConceptRow).where(col(ConceptRow.likelihood_statement_id).is_not(None))).all():
        if row.likelihood_low is not None and row.likelihood_high is not None and row.likelihood_statement_id:
            bands[row.slug] = ((row.likelihood_low, row.likelihood_high), row.likelihood_statement_id)
    return Bands(bands, claims)
