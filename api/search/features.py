"""What typed texts are compared by: stems, neighbouring stems and pieces of stems.

So word order and typing errors count without rules.
"""

import math
from collections.abc import Mapping, Sequence, Set
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

_PIECE_LENGTH = 4
_MOST_KNOWN = 20_000


class Kind(Enum):
    """What a feature is, and how much it counts beside the others."""

    STEM = ("stem", 1.0)
    STOP = ("stop", 0.5)
    PAIR = ("pair", 0.7)
    PIECE = ("piece", 0.3)

    def __init__(self, _name: str, share: float) -> None:
        self.share = share


def stem_feature(stem: str) -> int:
    """The hash of a stem as a feature."""
    return crc32(stem.encode())


def pair_feature(before: str, after: str) -> int:
    """The hash of two neighbouring stems as a feature."""
    return crc32(f"{before} {after}".encode())


def features(stems: Sequence[str], stop_stems: Set[str], *, pairs: bool = True) -> dict[int, Kind]:
    """The features of a text by hash; without `pairs` when its words do not stand as in a question."""
    found: dict[int, Kind] = {}
    for stem in stems:
        found.update(_of_stop(stem) if stem in stop_stems else _of_stem(stem))
    for before, after in pairwise(("^", *stems, "$") if pairs else ()):
        found[pair_feature(before, after)] = Kind.PAIR
    return found


@lru_cache(maxsize=_MOST_KNOWN)
def _of_stem(stem: str) -> dict[int, Kind]:
    whole = f"^{stem}$"
    pieces = ("~" + whole[at : at + _PIECE_LENGTH] for at in range(max(1, len(whole) - _PIECE_LENGTH + 1)))
    return {stem_feature(stem): Kind.STEM} | {crc32(piece.encode()): Kind.PIECE for piece in pieces}


@lru_cache(maxsize=_MOST_KNOWN)
def _of_stop(stem: str) -> dict[int, Kind]:
    return {stem_feature(stem): Kind.STOP}


def of_length_one(weights: Mapping[int, float]) -> dict[int, float]:
    """Weights as a vector of length one."""
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {feature: weight / length for feature, weight in weights.items()}
