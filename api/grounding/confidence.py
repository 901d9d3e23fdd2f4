"""How sure the service is that its first passage answers, or that a refusal is right.

The curve was fitted with rules older than the questions they were tried on, out-of-scope questions counted as not answered; its
bias was then lowered by hand, because sets seen for the first time do worse than any set worked on (see docs/grounding.md).
"""

import math

from api.grounding.refusal import Refusal
from api.search.meaning import Evidence

_BIAS, _STRONGEST, _OUTSIDE = -3.3, 2.2, -1.6
_MOST_STRENGTH = 3.0
_REFUSED_BY_NAME = 0.95
_REFUSED_FOR_LACK = 0.8


def confidence(evidence: Evidence, refusal: Refusal | None, doubt: float, *, answered: bool) -> float:
    """From 0 to 1, to two places."""
    if refusal:
        return _REFUSED_BY_NAME if refusal.named else _REFUSED_FOR_LACK
    if not answered:
        return 0.0
    value = _BIAS + _STRONGEST * min(evidence.strongest, _MOST_STRENGTH) + _OUTSIDE * evidence.verdict.outside
    return round(1 / (1 + math.exp(-value)), 2)
