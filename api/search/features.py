"""What typed texts are compared by: stems, neighbouring stems and pieces of stems.

So word order and typing errors count without rules.
"""

from collections.abc import Iterator, Sequence, Set
from enum import Enum
from itertools import pairwise
from zlib import crc32

_PIECE_LENGTH = 4


class Kind(Enum):
    """What a feature is, and how much it counts beside the others."""

    STEM = ("stem", 1.0)
    STOP = ("stop", 0.5)
    PAIR = ("pair", 0.7)
    PIECE = ("piece", 0.3)

    @property
    def share(self) -> float:
        """How much a feature of this kind counts."""
        return self.value[1]


def stem_feature(stem: str) -> int:
    """The hash of a stem as a feature."""
    return crc32(stem.encode())


def pair_feature(before: str, after: str) -> int:
    """The hash of two neighbouring stems as a feature."""
    return crc32(f"{before} {after}".encode())


def features(stems: Sequence[str], stop_stems: Set[str]) -> dict[int, Kind]:
    """The features of a text by hash."""
    return {crc32(feature.encode()): kind for feature, kind in _named(stems, stop_stems)}


def _named(stems: Sequence[str], stop_stems: Set[str]) -> Iterator[tuple[str, Kind]]:
    for stem in stems:
        if stem in stop_stems:
            yield stem, Kind.STOP
            continue
        yield stem, Kind.STEM
        whole = f"^{stem}$"
        yield from (("~" + whole[at : at + _PIECE_LENGTH], Kind.PIECE) for at in range(max(1, len(whole) - _PIECE_LENGTH + 1)))
    yield from ((f"{before} {after}", Kind.PAIR) for before, after in pairwise(("^", *stems, "$")))
