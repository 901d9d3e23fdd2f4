"""Repairs typing errors against a known vocabulary: one error in words of five letters or more, two from nine on.

Words are found by deleting letters of their beginnings on both sides (symmetric deletion, Garbe 2012), then confirmed by the
optimal string alignment distance, which counts a swap of neighbours as one error.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from zlib import crc32

_SHORTEST = 5
_SHORTEST_FOR_TWO = 9
_LONGEST = 40
_BEGINNING = 7
_NUMBER_BITS = 24
_NUMBER_MASK = (1 << _NUMBER_BITS) - 1


class Speller:
    """A vocabulary with weights; a heavier word wins between equally near ones.

    Kept as one sorted array: the checksum of a shortened beginning in the high bits, the number of the word in the low ones.
    Two beginnings of one checksum cost a needless comparison and nothing else.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._weights = {word: weight for word, weight in vocabulary.items() if word.isalpha()}
        self._words = tuple(self._weights)
        entries = (
            _key(shorter) | number
            for number, word in enumerate(self._words)
            if _errors(word)
            for shorter in _shortened(word, _errors(word))
        )
        self._by_beginning = array("Q", sorted(entries))

    def knows(self, word: str) -> bool:
        """Whether the word is spelled as the vocabulary has it."""
        return word in self._weights

    def repair(self, word: str) -> str | None:
        """The vocabulary word that was probably meant; None when the word is known, too short, or near nothing."""
        if word in self._weights or not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return None
        allowed = _errors(word)
        scored = []
        for known in self._near(word, allowed):
            most = min(allowed, _errors(known))
            if abs(len(known) - len(word)) <= most and (errors := distance(word, known)) <= most:
                scored.append((errors, known[0] != word[0], -self._weights[known], known))
        return min(scored)[-1] if scored else None

    def _near(self, word: str, allowed: int) -> set[str]:
        """The words that share a shortened beginning, most of them no more like the word than that."""
        entries, found = self._by_beginning, set()
        for shorter in _shortened(word, allowed):
            key = _key(shorter)
            place = bisect_left(entries, key)
            while place < len(entries) and entries[place] & ~_NUMBER_MASK == key:
                found.add(self._words[entries[place] & _NUMBER_MASK])
                place += 1
        return found


def _key(text: str) -> int:
    return crc32(text.encode()) << _NUMBER_BITS


def _errors(word: str) -> int:
    if len(word) < _SHORTEST - 1:
        return 0
    return 2 if len(word) >= _SHORTEST_FOR_TWO else 1


def _shortened(word: str, count: int) -> set[str]:
    """The beginning of a word, and what is left of it after deleting up to `count` letters."""
    found = {word[:_BEGINNING]}
    edge = found
    for _ in range(count):
        edge = {shorter for text in edge for shorter in _each_shorter(text)}
        found = found | edge
    return found


def _each_shorter(text: str) -> Iterator[str]:
    return (text[:place] + text[place + 1 :] for place in range(len(text)))


def distance(one: str, other: str) -> int:
    """Optimal string alignment distance: insertions, deletions, substitutions, and swaps of neighbours count one each."""
    one, other = _unlike(one, other)
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


def _unlike(one: str, other: str) -> tuple[str, str]:
    """What two words do not share at their beginnings and ends: all that the distance depends on."""
    start = 0
    most = min(len(one), len(other))
    while start < most and one[start] == other[start]:
        start += 1
    end = 0
    while end < most - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]
