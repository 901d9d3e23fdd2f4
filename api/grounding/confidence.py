"""How sure the service is that its first passage answers, or that a refusal is right.

Both curves are fitted on questions judged with their own wordings held out, together with the question sets (docs/grounding.md).
"""

import math

from api.grounding.refusal import Refusal
from api.search.meaning import Evidence

_BIAS, _STRONGEST, _DOUBT = -2.83, 1.16, -0.23
_MOST_STRENGTH = 5.0
_LEANS_TO_REFUSING = 0.35
_REFUSED_WITHOUT_DOUBT = 0.85


def confidence(evidence: Evidence, refusal: Refusal | None, doubt: float, *, answered: bool) -> float:
    """From 0 to 1, to two places."""
    if refusal:
        return _share(doubt - _LEANS_TO_REFUSING) if doubt > 0 else _REFUSED_WITHOUT_DOUBT
    if not answered:
        return 0.0
    return _share(_BIAS + _STRONGEST * min(evidence.strongest, _MOST_STRENGTH) + _DOUBT * doubt)


def _share(odds: float) -> float:
    return round(1 / (1 + math.exp(-odds)), 2)
