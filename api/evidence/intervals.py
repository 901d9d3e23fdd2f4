"""Confidence intervals of a proportion by Wilson's score method (Wilson 1927), for figures whose source prints none."""

from math import sqrt

_Z_95 = 1.959963984540054
LEVEL = 0.95


def wilson(events: int, n: int) -> tuple[float, float]:
    """The 95 % interval around events/n, always within 0 and 1 and around the proportion."""
    share = events / n
    spread = _Z_95 * sqrt(share * (1 - share) / n + _Z_95**2 / (4 * n * n))
    centre = share + _Z_95**2 / (2 * n)
    scale = 1 + _Z_95**2 / n
    low, high = (centre - spread) / scale, (centre + spread) / scale
    return max(0.0, min(low, share)), min(1.0, max(high, share))
