"""How sure the service is that its passages answer: a logistic curve fitted on the development set (tests keep it honest)."""

import math
from collections.abc import Sequence

from api.search.meaning import Evidence

_BIAS = -1.0
_STRONGEST = 1.6
_BEST_PASSAGE = 0.6


def confidence(evidence: Evidence, scores: Sequence[float], *, refused: bool) -> float:
    """From 0 to 1, to two places; for a refusal how sure it is that there is nothing to answer."""
    if refused:
        return round(1 - _logistic(_BIAS + _STRONGEST * min(evidence.strongest, 1.5) - 1.5), 2)
    if not scores:
        return 0.0
    return round(_logistic(_BIAS + _STRONGEST * min(evidence.strongest, 1.5) + _BEST_PASSAGE * scores[0]), 2)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))
