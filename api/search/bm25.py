"""Full text: BM25 over stems. The same ranks on every database, and no query language for user text to slip into.

Each term's share of each document's score is worked out when the index is built (`documents.py`). Of a term that very many
documents have only those of the highest shares are kept, so that what a question costs does not grow with the content.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from api.search.index import Index, unpacked

SATURATION = 1.2
LENGTH = 0.6
MOST_POSTINGS = 1_536
RARITY = "d"
_POSTING = "Id"


def highest(held: list[tuple[int, float]], most: int = MOST_POSTINGS) -> list[tuple[int, float]]:
    """The postings of a term that are kept, by number: all, or those of the highest shares."""
    if len(held) <= most:
        return held
    return sorted(sorted(held, key=lambda posting: (-posting[1], posting[0]))[:most])


class TextIndex:
    """Documents of one part of the index; `tags` are the type codes of what is told of each."""

    def __init__(self, index: Index, part: str, tags: str = "") -> None:
        self._index = index
        self._part = part
        self._codes = _POSTING + tags

    def keys(self, terms: Iterable[str]) -> list[str]:
        """The entries that looking for these terms needs."""
        return [self._part, *(f"{self._part}/{term}" for term in terms)]

    def rarity(self, term: str) -> float:
        """How telling a term is; the highest for one no document has."""
        data = self._index.get(f"{self._part}/{term}")
        if data is None:
            size = (self._index.told(self._part) or {"size": 0})["size"]
            return math.log(1 + (size + 0.5) / 0.5)
        rarity: float = unpacked(RARITY, data[:8])[0][0]
        return rarity

    def knows(self, term: str) -> bool:
        """Whether any document has the term."""
        return self._index.get(f"{self._part}/{term}") is not None

    def scores(self, terms: Mapping[str, float]) -> tuple[dict[int, float], dict[int, tuple[Any, ...]]]:
        """The documents that have any of the weighted terms, with their scores, and what is told of each."""
        found: dict[int, float] = {}
        told: dict[int, tuple[Any, ...]] = {}
        for term, weight in terms.items():
            data = self._index.get(f"{self._part}/{term}")
            if data is None:
                continue
            numbers, shares, *tags = unpacked(self._codes, data[8:])
            for number, share in zip(numbers, shares, strict=True):
                found[number] = found.get(number, 0.0) + weight * share
            told.update(zip(numbers, zip(*tags, strict=True), strict=True) if tags else ())
        return found, told
