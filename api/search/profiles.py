"""What each concept is spoken of with: its names, questions, cues and statements as one weighted bag of words."""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from api.search.bm25 import highest
from api.search.index import Entry, Index, as_json, packed, unpacked

_PIVOT = 0.4
_PART = "profile"
_CONCEPT = "profiled"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a concept's profile a question is, and the words they share."""

    score: float
    shared: tuple[str, ...]


def profile_entries(bags: Mapping[str, Iterable[tuple[str, float]]]) -> Iterator[Entry]:
    """Concepts as weighted bags of stems; a word many concepts share tells little."""
    counted: dict[str, dict[str, float]] = {}
    for slug in sorted(bags):
        counted[slug] = defaultdict(float)
        for term, weight in bags[slug]:
            counted[slug][term] += weight
    spread = Counter(term for bag in counted.values() for term in bag)
    size = len(counted) or 1
    rarity = {term: math.log(1 + size / (1 + n)) for term, n in spread.items()}
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, (slug, bag) in enumerate(counted.items()):
        yield f"{_CONCEPT}/{number}", slug.encode()
        weights = {term: math.log1p(count) * rarity[term] for term, count in bag.items()}
        norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        for term, weight in weights.items():
            found[term].append((number, weight / norm**_PIVOT))
    yield _PART, as_json({"unknown": math.log(1 + size)})
    for term, held in found.items():
        kept = highest(held)
        columns = array("I", (number for number, _ in kept)), array("d", (share for _, share in kept))
        yield f"{_PART}/{term}", packed(array("d", (rarity[term],))) + packed(*columns)


class Profiles:
    """The profiles of the release's concepts."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @staticmethod
    def keys(terms: Iterable[str]) -> list[str]:
        """The entries that comparing with these terms needs."""
        return [_PART, *(f"{_PART}/{term}" for term in terms)]

    def likest(self, terms: Mapping[str, float], most: int) -> list[tuple[str, Likeness]]:
        """The concepts most like a question, with how like they are; the first by name where they are equally like."""
        scores: dict[int, float] = defaultdict(float)
        shared: dict[int, list[str]] = defaultdict(list)
        asked = 0.0
        for term, weight in terms.items():
            data = self._index.get(f"{_PART}/{term}")
            if data is None:
                asked += (weight * self._unknown()) ** 2
                continue
            rarity = unpacked("d", data[:8])[0][0]
            asked += (weight * rarity) ** 2
            for number, share in zip(*unpacked("Id", data[8:]), strict=True):
                scores[number] += weight * rarity * share
                shared[number].append(term)
        asked = math.sqrt(asked)
        best = sorted(scores, key=lambda number: (-scores[number] / asked, number))[:most] if asked else []
        self._index.want(f"{_CONCEPT}/{number}" for number in best)
        return [(self._slug(number), Likeness(scores[number] / asked, tuple(shared[number]))) for number in best]

    def _unknown(self) -> float:
        unknown: float = (self._index.told(_PART) or {"unknown": 0.0})["unknown"]
        return unknown

    def _slug(self, number: int) -> str:
        return (self._index.get(f"{_CONCEPT}/{number}") or b"").decode()
