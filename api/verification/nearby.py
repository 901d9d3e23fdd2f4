"""Finds which of thousands of patterns may speak of a sentence: by the rarest term of each; the next must not be missing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from sys import intern

from api.verification.patterns import Text, Word, openings


class Nearby:
    """Lines of patterns, by number; of those looked at here a twentieth is looked at in full."""

    def __init__(self, lines: Sequence[str]) -> None:
        starts = [[_starts(words) for words in openings(line)] for line in lines]
        spread = Counter(start for terms in starts for term in terms for start in term)
        found: dict[str, list[int]] = defaultdict(list)
        self._beside: list[tuple[str, ...]] = []
        for number, terms in enumerate(starts):
            rarest, further, *_ = (*sorted(terms, key=lambda term: sum(spread[start] for start in term)), (), ())
            for start in rarest:
                found[start].append(number)
            self._beside.append(tuple(map(intern, further)))
        self._by_start = {start: tuple(numbers) for start, numbers in found.items()}

    def of(self, text: Text) -> list[int]:
        """The numbers of the lines whose two rarest terms begin to stand in a text, in order."""
        starts = {*text.stems, *(norm[:length] + "*" for norm in text.norms for length in range(2, len(norm) + 1))}
        found = {number for start in starts for number in self._by_start.get(start, ())}
        return sorted(number for number in found if not self._beside[number] or not starts.isdisjoint(self._beside[number]))


def _starts(words: Iterable[Word]) -> frozenset[str]:
    return frozenset(word.text + "*" * word.begins for word in words)
