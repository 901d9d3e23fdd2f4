"""What keeps a claim from supporting a sentence, or sets it against it, although they share words and figures."""

from api.verification.alignment import FigureMatch
from api.verification.claims import Claim
from api.verification.compare import Match, compare
from api.verification.polarity import Polarity
from api.verification.quantities import SHARE
from api.verification.reading import CANCER, FREQUENCY, NATURE, Reading

_SOME = 0.03
_NEAR_SHARE = 4
_CLEARLY_FEWER = 0.4
_NEAR_HALF = 0.2
_TEST = "test"


def never_untold(reading: Reading, claim: Claim) -> bool:
    """Whether the sentence says never or none and no sentence of the statement denies anything."""
    return -1 in reading.absolutes and not any(
        term.negated or -1 in sentence.absolutes for sentence in claim.siblings for term in sentence.terms
    )


def opposite_direction(reading: Reading, claim: Claim, polarity: Polarity) -> bool:
    """Whether the very sentence told has only the other direction of one the sentence has, and nothing beside it the same."""
    if reading.most or any(quantity.dimension == SHARE for quantity in reading.quantities):
        return False
    told = claim.reading.signs
    return any(
        axis in told
        and signs.isdisjoint(told[axis])
        and axis not in polarity.agree
        and not (axis == FREQUENCY and reading.quantities)
        for axis, signs in reading.signs.items()
    )


def opposite_outcome(reading: Reading, claim: Claim, figures: tuple[FigureMatch, ...]) -> bool:
    """'Three in four have cancer' where three in four are normal: the right share of the opposite."""
    shares = [figure for figure in figures if figure.said.dimension == SHARE]
    if len(shares) != 1 or shares[0].match is not Match.AGREE or shares[0].told is None:
        return False
    share, told = shares[0].said, shares[0].told
    sentence = next((item for item in claim.siblings if told in item.quantities), None)
    if (
        sentence is None
        or compare(share, told) is not Match.AGREE
        or abs(1 - share.low - share.high) < _NEAR_HALF
        or sum(q.dimension == SHARE for q in sentence.quantities) > 1
    ):
        return False
    return {_outcome(reading), _outcome(sentence)} == {1, -1}


def _outcome(reading: Reading) -> int:
    """1 when a sentence tells of benign or normal results alone, -1 when it tells of cancer alone."""
    good = any(
        (axis == NATURE and sign > 0) or (axis == _TEST and sign < 0) for term in reading.terms for axis, sign in term.poles
    )
    bad = any(term.key == CANCER and not term.negated and all(sign < 0 for _, sign in term.poles) for term in reading.terms)
    return 0 if good == bad else (1 if good else -1)


def none_told(reading: Reading, claim: Claim, figures: tuple[FigureMatch, ...], polarity: Polarity) -> bool:
    """'One in eight was severe' where none was."""
    if -1 not in claim.reading.absolutes:
        return False
    shares = [figure for figure in figures if figure.said.dimension == SHARE and figure.match is None and figure.said.low > _SOME]
    near = {term.key for figure in shares for term in reading.terms if 0 <= term.place - figure.said.after < _NEAR_SHARE}
    return bool(near & set(polarity.negation))


def _fewer_told(reading: Reading, claim: Claim) -> bool:
    """'Most are cancer' where clearly less than half are."""
    if not any(term.key == CANCER and not term.negated for term in reading.terms) or 1 in reading.signs.get(NATURE, set()):
        return False
    told = {term.key for term in claim.reading.terms if not term.negated}
    shares = [q for q in claim.reading.quantities if q.dimension == SHARE]
    return CANCER in told and bool(shares) and all(q.high < _CLEARLY_FEWER for q in shares)


def universal_clash(reading: Reading, claim: Claim) -> bool:
    """'Every woman came back' where a share of them is told, 'one in eight' where none is."""
    if reading.most and not reading.quantities and _fewer_told(reading, claim):
        return True
    if not reading.absolutes or reading.soft or reading.open or reading.quantities or claim.reading.absolutes:
        return False
    return any(q.dimension == SHARE and q.low > _SOME and q.high < 1 - _SOME for q in claim.reading.quantities)
