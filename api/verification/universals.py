"""'Never', 'every' and 'no such thing ever', where the statement tells of some, and 'usually' where it tells of few."""

from collections.abc import Sequence

from api.verification.candidates import Candidate
from api.verification.claims import Claim
from api.verification.lexicon import Lexicon
from api.verification.quantities import SHARE
from api.verification.reading import FREQUENCY, Reading

_CLOSE = 0.55
_SOME, _MOST = 0.02, 0.98
_NO, _NEVER = "no", "never"


class Universals:
    """Words that leave no exception, held against the closest claim."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def against(self, reading: Reading, candidates: Sequence[Candidate]) -> Claim | None:
        """The closest claim, when it tells of some what the sentence says of all or none, or of few what it says of most."""
        if reading.quantities or reading.contrasting or reading.comparing or reading.distancing or reading.open or not candidates:
            return None
        closest = max(candidates, key=lambda candidate: candidate.support)
        told = closest.claim.reading
        if closest.support < _CLOSE or closest.other_subject or told.absolutes:
            return None
        if self._is_absolute(reading) and _tells_of_some(told):
            return closest.claim
        return closest.claim if _most_of_few(reading, told) else None

    def _is_absolute(self, reading: Reading) -> bool:
        """Whether it leaves no exception either way: 'always', 'never', 'no ... ever'."""
        if reading.soft or reading.partial or _is_question(reading) or (1 in reading.absolutes and reading.denials):
            return False
        norms = [piece.norm for piece in reading.pieces]
        if norms[0] == _NEVER:
            return False  # 'never do that' warns
        ever = bool(self._lexicon.particles["ever"] & set(norms)) and reading.denials + (norms[0] == _NO) > 0
        return len(reading.absolutes) == 1 or (not reading.absolutes and ever)


def _is_question(reading: Reading) -> bool:
    return reading.pieces[-1].text == "?"


def _tells_of_some(told: Reading) -> bool:
    """Whether a statement's sentence leaves both open: it says 'may' or 'most', or gives a share that is neither all nor none."""
    part = any(item.dimension == SHARE and _SOME < item.low < _MOST for item in told.quantities)
    return part or told.partial or told.soft or told.most or told.lessened


def _most_of_few(reading: Reading, told: Reading) -> bool:
    """'Usually' and 'most' where 'rarely' is told, with no denial on either side."""
    said = reading.signs.get(FREQUENCY, frozenset())
    rarely = told.signs.get(FREQUENCY) == frozenset({-1})
    if reading.denials or told.denials or reading.partial or -1 in said or told.most:
        return False
    return rarely and (reading.most or 1 in said)
