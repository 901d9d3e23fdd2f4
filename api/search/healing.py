"""Heals slips: of the ways to read a run of typed words, the one that explains them with the least trouble.

A word may be misspelled, spelled by ear, cut in two, run together with the next, or heard by a dictation as one to four other
words. Every way has a gain over leaving the words as typed; the ways that together gain most without overlapping are taken.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from api.search.company import Company
from api.search.index import Index
from api.search.sounds import Sounds, skeleton
from api.search.spelling import Speller
from api.search.stems import stem
from api.search.terms import normal

_LONGEST_RUN = 4
_LONGEST = 28
_SHORTEST_JOINED = 5
_UNKNOWN, _UNKNOWN_SHORT = 2.4, 1.7
_SHORT = 3
_LETTER, _SOUND, _SPACE = 1.0, 1.0, 0.35
_OTHER_FIRST = 0.4
_PRIOR, _COMPANY = 0.12, 0.9
_HEARD, _HEARD_SOUND, _CHANCE = 0.5, 1.3, 1.9
_AT_HOME = 0.7
_MOST_CANDIDATES = 12
_NAMED, _FEWEST_HEARD = 30, 4
_SWAPPED_WEIGHT = 20
_LIKELY_LENGTH = 8
_SWAP = 0.5
SWAPPED = "swapped"


@dataclass(frozen=True, slots=True)
class Unit:
    """What was typed as one: its letters, the comparable words it is read as so far, whether all of them are known,
    and whether it follows the unit before without a stop between them.
    """

    letters: str
    words: tuple[str, ...]
    known: bool
    follows: bool = True


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read units from `first` on: as these words, with what it gains before company is asked."""

    first: int
    size: int
    words: tuple[str, ...]
    gain: float


class Healer:
    """Reads units as meant."""

    def __init__(self, index: Index, speller: Speller, sounds: Sounds) -> None:
        self._index = index
        self._speller = speller
        self._sounds = sounds
        self._company = Company(index)

    def heal(self, units: Sequence[Unit]) -> list[Way]:
        """The ways taken, in order; units that no way covers stay as they are."""
        runs = list(self._runs(units))
        self._foresee(units, runs)
        ways = [way for first, size in runs for way in self._ways(units, first, size)]
        return _best(len(units), self._in_company(units, ways)) if ways else []

    def _runs(self, units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
        """The places and sizes of runs that may have been meant otherwise."""
        stems = [[stem(word) for word in unit.words] for unit in units]
        self._index.want(
            key for one, other in pairwise(stems) if one and other for key in self._company.pair_keys((one[-1], other[0]))
        )
        together = [bool(one and other) and self._company.neighbours(one[-1], other[0]) for one, other in pairwise(stems)]
        for first, unit in enumerate(units):
            letters = ""
            for size in range(1, min(_LONGEST_RUN, len(units) - first) + 1):
                last = units[first + size - 1]
                letters += last.letters
                if size > 1 and not last.follows:
                    break
                if not last.letters or len(letters) > _LONGEST or (size > 1 and together[first + size - 2]):
                    break
                if size > 1 and len(letters) >= _SHORTEST_JOINED or size == 1 and not unit.known:
                    yield first, size

    def _foresee(self, units: Sequence[Unit], runs: Iterable[tuple[int, int]]) -> None:
        forms = dict.fromkeys("".join(unit.letters for unit in units[first : first + size]) for first, size in runs)
        parts = {part for first, size in runs if size == 1 for pair in _splits(units[first].letters) for part in pair}
        self._index.want([*self._speller.known_keys([*forms, *parts]), *(f"{SWAPPED}/{form}" for form in forms)])
        self._index.want(key for form in forms for key in (*self._speller.keys(form), *self._sounds.keys(form)))

    def _ways(self, units: Sequence[Unit], first: int, size: int) -> Iterator[Way]:
        run = units[first : first + size]
        letters = "".join(unit.letters for unit in run)
        relief = sum((_UNKNOWN_SHORT if len(unit.letters) <= _SHORT else _UNKNOWN) for unit in run if not unit.known)
        found: dict[str, float] = {}
        heard = all(unit.known for unit in run)
        taken = {stem(word) for unit in run for word in unit.words} if size > 1 else set()
        for word, trouble, weight in self._candidates(letters):
            if stem(word) in taken or (heard and (weight < _NAMED or len(skeleton(word)) < _FEWEST_HEARD)):
                continue
            gain = relief - trouble - _SPACE * (size - 1) + _PRIOR * math.log1p(weight)
            if heard:
                gain += _HEARD * len(skeleton(word)) - (_HEARD_SOUND - _SOUND) * trouble - _CHANCE
            found[word] = max(found.get(word, 0.0), gain)
        best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_MOST_CANDIDATES]
        yield from (Way(first, size, (word,), gain) for word, gain in best if gain > 0)
        if size == 1:
            for parts in _splits(letters):
                weight = min(map(self._speller.weight, parts))
                if weight > 1:
                    beside = self._company.neighbours(*map(stem, parts))
                    gain = relief - 1.2 + _PRIOR * math.log1p(weight) - 0.5 * (min(map(len, parts)) < 3) + _AT_HOME * beside
                    yield Way(first, 1, parts, gain)

    def _candidates(self, letters: str) -> Iterator[tuple[str, float, int]]:
        """Known words these letters may stand for, with the trouble of getting from one to the other, and their weights."""
        weight = self._speller.weight(letters)
        if weight:
            yield letters, 0.0, weight
        swapped = self._index.get(f"{SWAPPED}/{letters}")
        if swapped:
            yield swapped.decode(), _SWAP, _SWAPPED_WEIGHT
        wrong = max(1.0, _LIKELY_LENGTH / len(letters))
        for word, errors, weight in self._speller.near(letters):
            yield word, _LETTER * wrong * errors + _OTHER_FIRST * (word[0] != letters[0]), weight
        for word, far, weight in self._sounds.near(letters):
            yield word, 0.5 + _SOUND * wrong * far + _OTHER_FIRST * (skeleton(word)[0] != skeleton(letters)[0]), weight

    def _in_company(self, units: Sequence[Unit], ways: Sequence[Way]) -> list[Way]:
        """The ways with what their words gain by the company of the units around them."""
        stems = [[stem(word) for word in unit.words] if unit.known else [] for unit in units]
        self._index.want(self._company.keys({stem(word) for way in ways for word in way.words} | {s for of in stems for s in of}))
        weighed = []
        for way in ways:
            around = [s for place, of in enumerate(stems) if not way.first <= place < way.first + way.size for s in of]
            self._company.gather(around)
            likes = max(self._company.likes(stem(word)) for word in way.words)
            weighed.append(Way(way.first, way.size, way.words, way.gain + _COMPANY * likes))
        return weighed


def _best(count: int, ways: Iterable[Way]) -> list[Way]:
    """The ways that gain most together without overlapping."""
    ending: list[list[Way]] = [[] for _ in range(count + 1)]
    for way in ways:
        ending[way.first + way.size].append(way)
    gained: list[tuple[float, Way | None]] = [(0.0, None)]
    for place in range(1, count + 1):
        best: tuple[float, Way | None] = (gained[place - 1][0], None)
        for way in ending[place]:
            total = gained[way.first][0] + way.gain
            if total > best[0]:
                best = (total, way)
        gained.append(best)
    taken: list[Way] = []
    place = count
    while place:
        last = gained[place][1]
        place = last.first if last else place - 1
        taken += [last] if last else []
    return taken[::-1]


def _splits(letters: str) -> list[tuple[str, str]]:
    """Letters as two words that were run together."""
    return [(normal(letters[:place]), normal(letters[place:])) for place in range(2, len(letters) - 1)]
