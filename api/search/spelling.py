"""Repairs typing errors against a known vocabulary: one error in words of five letters or more, two from nine on.

Words are found by deleting letters of their beginnings on both sides (symmetric deletion, Garbe 2012), then confirmed by the
optimal string alignment distance, which counts a swap of neighbours as one error.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from zlib import crc32

from api.search.index import Entry, Index

_SHORTEST = 5
_SHORTEST_FOR_TWO = 9
_LONGEST = 40
_BEGINNING = 7
_IN_AN_ENTRY = 16


def _as_spelled(word: str) -> str:
    return word


def beginning_entries(
    part: str, words: Mapping[str, int], errors: Callable[[str], int], form: Callable[[str], str] = _as_spelled
) -> Iterator[Entry]:
    """Weighted words by each shortened beginning of their form, a few an entry; `errors` tells how many one may have."""
    formed = [(word, form(word)) for word in words]
    found = sorted((shorter, word) for word, said in formed if errors(said) for shorter in _shortened(said, errors(said)))
    count = max(1, len(found) // _IN_AN_ENTRY)
    entries: dict[int, list[str]] = defaultdict(list)
    for shorter, word in found:
        entries[_number(shorter, count)].append(f"{shorter} {word} {words[word]}")
    yield part, str(count).encode()
    for number, lines in entries.items():
        yield f"{part}/{number}", "\n".join(lines).encode()


class Beginnings:
    """A part of the index with words by their shortened beginnings."""

    def __init__(self, index: Index, part: str, errors: Callable[[str], int], form: Callable[[str], str] = _as_spelled) -> None:
        self._index = index
        self._part = part
        self._errors = errors
        self._form = form
        self._looked: dict[str, list[tuple[str, str]]] = {}
        self._entries: dict[str, str] = {}

    def keys(self, word: str) -> list[str]:
        """The entries that looking for words like this one needs."""
        return [key for key, _ in self._places(word)]

    def near(self, word: str) -> dict[str, int]:
        """The words that share a shortened beginning, with their weights; most of them are no more like the word than that."""
        found = {}
        for key, shorter in self._places(word):
            text, start = self._entry(key), f"\n{shorter} "
            at = text.find(start)
            while at >= 0:
                end = text.find("\n", at + 1)
                known, weight = text[at + len(start) : end].split(" ")
                found[known] = int(weight)
                at = text.find(start, end)
        return found

    def _places(self, word: str) -> list[tuple[str, str]]:
        """Each shortened beginning of a word with the entry it is in."""
        if word not in self._looked:
            count = int(self._index.get(self._part) or 1)
            said = self._form(word)
            shortened = _shortened(said, self._errors(said))
            self._looked[word] = [(f"{self._part}/{_number(shorter, count)}", shorter) for shorter in shortened]
        return self._looked[word]

    def _entry(self, key: str) -> str:
        """An entry as text whose every line has a break on both sides; few of its lines are looked at."""
        if key not in self._entries:
            self._entries[key] = f"\n{(self._index.get(key) or b'').decode()}\n"
        return self._entries[key]


def speller_entries(part: str, vocabulary: Mapping[str, int]) -> Iterator[Entry]:
    """The entries of a speller that repairs towards a vocabulary."""
    words = {word: weight for word, weight in vocabulary.items() if word.isalpha()}
    yield from ((f"{part}/{word}", str(weight).encode()) for word, weight in words.items())
    yield from beginning_entries(f"{part}~", words, _errors)


class Speller:
    """A vocabulary with weights, a part of the index; a heavier word wins between equally near ones."""

    def __init__(self, index: Index, part: str) -> None:
        self._index = index
        self._part = part
        self._beginnings = Beginnings(index, f"{part}~", _errors)

    def want(self, words: Iterable[str]) -> None:
        """Read what knowing and repairing these words needs."""
        given = set(words)
        self._index.want(self.known_keys(given))
        self._index.want(key for word in given if self._may_be_wrong(word) for key in self._beginnings.keys(word))

    def knows(self, word: str) -> bool:
        """Whether the word is spelled as the vocabulary has it."""
        return self._index.get(f"{self._part}/{word}") is not None

    def weight(self, word: str) -> int:
        """How heavy a word is; 0 when it is not known."""
        return int(self._index.get(f"{self._part}/{word}") or 0)

    def repair(self, word: str) -> str | None:
        """The vocabulary word that was probably meant; None when the word is known, too short, or near nothing."""
        if not self._may_be_wrong(word):
            return None
        scored = [(errors, known[0] != word[0], -weight, known) for known, errors, weight in self.near(word)]
        return min(scored)[-1] if scored else None

    def near(self, word: str) -> Iterator[tuple[str, int, int]]:
        """The vocabulary words that are as few errors away as their lengths allow: each with the errors and its weight."""
        allowed = _errors(word)
        for known, weight in self._beginnings.near(word).items():
            most = min(allowed, _errors(known))
            if abs(len(known) - len(word)) <= most and (errors := distance(word, known)) <= most:
                yield known, errors, weight

    def known_keys(self, words: Iterable[str]) -> list[str]:
        """The entries that knowing words needs, and where to begin looking for others."""
        return [f"{self._part}~", *(f"{self._part}/{word}" for word in words)]

    def keys(self, word: str) -> list[str]:
        """The entries that looking for words near this one needs."""
        return self._beginnings.keys(word) if _errors(word) else []

    def _may_be_wrong(self, word: str) -> bool:
        return _SHORTEST <= len(word) <= _LONGEST and word.isalpha() and not self.knows(word)


def _number(shorter: str, count: int) -> int:
    return crc32(shorter.encode()) % count


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
