"""Names that look alike, for helpful errors."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Up to `count` of the known names that look like this one."""
    return tuple(get_close_matches(name[:80], list(known), n=count, cutoff=0.5))
