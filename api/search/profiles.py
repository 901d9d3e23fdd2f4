"""What each concept is spoken of with: its names, questions, cues and statements as one weighted bag of words."""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_PIVOT = 0.4


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a concept's profile a question is, and the words they share."""

    score: float
    shared: tuple[str, ...]


class Profiles:
    """Concepts as weighted bags of stems; a word many concepts share tells little."""

    def __init__(self, bags: Mapping[str, Iterable[tuple[str, float]]]) -> None:
        counted: dict[str, dict[str, float]] = {}
        for slug in sorted(bags):
            counted[slug] = defaultdict(float)
            for term, weight in bags[slug]:
                counted[slug][term] += weight
        spread = Counter(term for bag in counted.values() for term in bag)
        size = len(counted) or 1
        self._rarity = {term: math.log(1 + size / (1 + n)) for term, n in spread.items()}
        self._unknown = math.log(1 + size)
        self._slugs = tuple(counted)
        self._shares: dict[str, tuple[array[int], array[float]]] = {term: (array("H"), array("d")) for term in spread}
        for number, bag in enumerate(counted.values()):
            weights = {term: math.log1p(count) * self._rarity[term] for term, count in bag.items()}
            norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            for term, weight in weights.items():
                numbers, shares = self._shares[term]
                numbers.append(number)
                shares.append(weight / norm**_PIVOT)

    def rarity(self, term: str) -> float:
        """How telling a word is."""
        return self._rarity.get(term, self._unknown)

    def likeness(self, terms: Mapping[str, float]) -> dict[str, Likeness]:
        """The concepts that share words with a question, with how like they are."""
        asked = math.sqrt(sum((weight * self.rarity(term)) ** 2 for term, weight in terms.items()))
        scores: dict[str, float] = defaultdict(float)
        shared: dict[str, list[str]] = defaultdict(list)
        for term, weight in terms.items():
            for number, share in zip(*self._shares.get(term, ((), ())), strict=True):
                slug = self._slugs[number]
                scores[slug] += weight * self.rarity(term) * share
                shared[slug].append(term)
        return {slug: Likeness(score / asked, tuple(shared[slug])) for slug, score in scores.items()} if asked else {}
