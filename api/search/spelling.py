"""Repairs typing errors against a known vocabulary: one error in words of five letters or more, two from nine on.

Words are found by deleting letters on both sides (symmetric deletion, Garbe 2012), then confirmed by the optimal string
alignment distance, which counts a swap of neighbours as one error.
"""

from collections import defaultdict
from collections.abc import Iterable

_SHORTEST = 5
_SHORTEST_FOR_TWO = 9
_LONGEST = 40


class Speller:
    """A vocabulary with weights; a heavier word wins between equally near ones."""

    def __init__(self, vocabulary: dict[str, int]) -> None:
        self._weights = {word: weight for word, weight in vocabulary.items() if word.isalpha()}
        self._by_deletion: dict[str, list[str]] = defaultdict(list)
        for word in self._weights:
            for shorter in _deletions(word, _errors(word)):
                self._by_deletion[shorter].append(word)

    def knows(self, word: str) -> bool:
        """Whether the word is spelled as the vocabulary has it."""
        return word in self._weights

    def repair(self, word: str) -> str | None:
        """The vocabulary word that was probably meant; None when the word is known, too short, or near nothing."""
        if word in self._weights or not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return None
        allowed = _errors(word)
        near = {known for shorter in _deletions(word, allowed) for known in self._by_deletion.get(shorter, ())}
        scored = []
        for known in near:
            errors = distance(word, known)
            if errors <= min(allowed, _errors(known)):
                scored.append((errors, known[0] != word[0], -self._weights[known], known))
        return min(scored)[-1] if scored else None


def _errors(word: str) -> int:
    if len(word) < _SHORTEST - 1:
        return 0
    return 2 if len(word) >= _SHORTEST_FOR_TWO else 1


def _deletions(word: str, count: int) -> Iterable[str]:
    found = {word}
    edge = {word}
    for _ in range(count):
        edge = {shorter[:i] + shorter[i + 1 :] for shorter in edge for i in range(len(shorter))}
        found |= edge
    return found


def distance(one: str, other: str) -> int:
    """Optimal string alignment distance: insertions, deletions, substitutions, and swaps of neighbours count one each."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, against in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
