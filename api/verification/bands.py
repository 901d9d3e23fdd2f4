"""'4B is more than 10 and up to 30 percent', held against the typed likelihood band of the category."""

from api.verification.claims import Claim
from api.verification.quantities import FROM_ABOVE, FROM_BELOW, SHARE, Quantity
from api.verification.reading import GENERAL, NATURE, Reading
from api.verification.shelf import Claims
from api.verification.subjects import Band

_ROOM = 0.015
_FEW_WORDS = 2
_OBSERVED = frozenset({"=trial", "=meta analysis"})


class Bands:
    """The likelihood of cancer that each category stands for, with the claim that tells it."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims

    def against(self, reading: Reading, before: frozenset[str]) -> Claim | None:
        """The claim on the band, when a sentence that only tells the band of one category tells another."""
        slugs = {category.concept for category in reading.categories} or set(before)
        shares = [quantity for quantity in reading.quantities if quantity.dimension == SHARE]
        if len(slugs) != 1 or len(shares) != 1 or len(reading.quantities) != 1 or not _tells_band_alone(reading, slugs):
            return None
        if not shares[0].ranged and shares[0].hedge not in FROM_ABOVE | FROM_BELOW:
            return None
        slug = next(iter(slugs))
        known = self._claims.subject(slug).facts.band
        if known is None or not _outside(shares[0], known):
            return None
        claim = self._claims.first_of(known.statement_id)
        return claim if claim and slug in claim.slugs else None


def _tells_band_alone(reading: Reading, slugs: set[str]) -> bool:
    """Whether a sentence speaks of nothing beside the category and a likelihood; what studies found may lie outside the band."""
    bearing = [term for term in reading.terms if not term.light and not term.key.startswith(("=", "~")) and not term.poles]
    if any(term.key in _OBSERVED for term in reading.terms):
        return False
    own = all(any(one.startswith(slug) for one in slugs | GENERAL) for slug in reading.slugs)
    return own and len(bearing) <= _FEW_WORDS and not reading.denials and 1 not in reading.signs.get(NATURE, set())


def _outside(said: Quantity, band: Band) -> bool:
    """Whether the bounds that are said are not those of the band."""
    if said.ranged:
        return abs(said.low - band.low) > _ROOM or abs(said.high - band.high) > _ROOM
    if said.hedge in FROM_ABOVE:
        return abs(said.high - band.high) > _ROOM
    return abs(said.low - band.low) > _ROOM
