"""Full text in memory: BM25 over stems. The same ranks on every database, and no query language for user text to slip into."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

_SATURATION = 1.2
_LENGTH = 0.6


class TextIndex:
    """Documents as bags of stems; each term's share of each document's score is worked out when the index is built."""

    def __init__(self, documents: Sequence[Iterable[str]]) -> None:
        bags = [Counter(document) for document in documents]
        self.size = len(bags)
        lengths = [sum(bag.values()) for bag in bags]
        mean = sum(lengths) / len(lengths) if bags else 1.0
        spread = Counter(term for bag in bags for term in bag)
        self._idf = {term: math.log(1 + (len(bags) - n + 0.5) / (n + 0.5)) for term, n in spread.items()}
        self._documents: dict[str, array[int]] = {term: array("I") for term in spread}
        self._shares: dict[str, array[float]] = {term: array("d") for term in spread}
        for number, bag in enumerate(bags):
            norm = _SATURATION * (1 - _LENGTH + _LENGTH * lengths[number] / mean)
            for term, count in bag.items():
                self._documents[term].append(number)
                self._shares[term].append(self._idf[term] * count * (_SATURATION + 1) / (count + norm))

    def rarity(self, term: str) -> float:
        """How telling a term is; the highest for one no document has."""
        return self._idf.get(term, math.log(1 + (self.size + 0.5) / 0.5))

    def knows(self, term: str) -> bool:
        """Whether any document has the term."""
        return term in self._idf

    def scores(self, terms: Mapping[str, float]) -> dict[int, float]:
        """The documents that have any of the weighted terms, with their scores."""
        found: dict[int, float] = {}
        for term, weight in terms.items():
            for number, share in zip(self._documents.get(term, ()), self._shares.get(term, ()), strict=True):
                found[number] = found.get(number, 0.0) + weight * share
        return found
