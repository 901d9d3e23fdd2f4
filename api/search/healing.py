"""Heals slips: of the ways to read a run of typed words, the one that explains them with the least trouble.

A word may be misspelled, spelled by ear, cut in two, run together with the next, or heard by a dictation as one to four other
words. Every way has a gain over leaving the words as typed; the ways that together gain most without overlapping are taken.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from api.search.company import Company
from api.search.index import Entry, Index, as_json
from api.search.sounds import Sounds, skeleton
from api.search.spelling import Speller, distance
from api.search.stems import stem
from api.search.terms import normal

_LONGEST_RUN = 4
_LONGEST = 28
_SHORTEST_JOINED = 5
_SHORT = 3
OPENING = 4
_OFTEN = 4
_MOST_CANDIDATES = 12
SWAPPED, _PART = "swapped", "opening"

# What speaks for a way and against it, in wrong letters of a word that is neither short nor long.
_UNKNOWN, _UNKNOWN_SHORT = 2.4, 1.7
_LIKELY_LENGTH = 8
_OTHER_FIRST, _BY_EAR, _SPACE, _SPLIT, _SHORT_PART = 0.4, 0.8, 0.35, 1.2, 0.5
_FURTHER_LETTER, _FURTHER_LETTER_HEARD, _MOST_UNLIKE = 0.3, 0.1, 0.55
_CUT_OFF, _CUT_LETTER = 0.9, 0.06
_SWAP, _SWAPPED_WEIGHT = 0.5, 20
_PRIOR, _MOST_PRIOR, _COMPANY, _AT_HOME = 0.12, 0.9, 0.9, 0.7
_NAMED, _FEWEST_HEARD = 30, 3
_HEARD, _HEARD_SOUND, _CHANCE = 0.5, 1.3, 1.5

_Found = tuple[str, float, int]


@dataclass(frozen=True, slots=True)
class Unit:
    """What was typed as one: its letters, the comparable words it is read as so far, whether all of them are known,
    whether it follows the unit before without a stop between them, and whether only an unknown one beside it makes it doubtful.
    """

    letters: str
    words: tuple[str, ...]
    known: bool
    follows: bool = True
    firm: bool = False


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
            letters, firm = "", True
            for size in range(1, min(_LONGEST_RUN, len(units) - first) + 1):
                last = units[first + size - 1]
                letters += last.letters
                firm = firm and last.firm
                if size > 1 and not last.follows:
                    break
                if not last.letters or len(letters) > _LONGEST or (size > 1 and together[first + size - 2]):
                    break
                if not firm and ((size > 1 and len(letters) >= _SHORTEST_JOINED) or (size == 1 and not unit.known)):
                    yield first, size

    def _foresee(self, units: Sequence[Unit], runs: Iterable[tuple[int, int]]) -> None:
        forms = dict.fromkeys(_letters(units[first : first + size]) for first, size in runs)
        parts = {part for first, size in runs if size == 1 for pair in _splits(units[first].letters) for part in pair}
        openings = (opening_key(form) for form in forms if len(form) >= OPENING)
        self._index.want([*self._speller.known_keys([*forms, *parts]), *(f"{SWAPPED}/{form}" for form in forms), *openings])
        self._index.want(key for form in forms for key in (*self._speller.keys(form), *self._sounds.keys(form)))

    def _ways(self, units: Sequence[Unit], first: int, size: int) -> Iterator[Way]:
        run = units[first : first + size]
        if any(not unit.known for unit in run):
            yield from self._mended(run, first)
        else:
            yield from self._misheard(run, first)

    def _mended(self, run: Sequence[Unit], first: int) -> Iterator[Way]:
        """Ways to read a run with an unknown word in it."""
        letters, size = _letters(run), len(run)
        relief = sum((_UNKNOWN_SHORT if len(unit.letters) <= _SHORT else _UNKNOWN) for unit in run if not unit.known)
        relief -= _SPACE * (size - 1)
        found = [
            *self._spelled(letters),
            *self._sounding(letters, relief, _NAMED if size > 1 else 0),
            *(self._cut_off(letters) if size == 1 else ()),
        ]
        yield from _likeliest(run, first, found, relief, _FURTHER_LETTER)
        for parts in _splits(letters) if size == 1 else ():
            weight = min(map(self._speller.weight, parts))
            if weight > 1:
                beside = _AT_HOME * self._company.neighbours(*map(stem, parts))
                short = _SHORT_PART * (min(map(len, parts)) < _SHORT)
                yield Way(first, 1, parts, relief - _SPLIT - short + beside + _prior(weight))

    def _misheard(self, run: Sequence[Unit], first: int) -> Iterator[Way]:
        """Ways to read a run of known words as a name of ours: chance makes short ones sound alike, not long ones."""
        letters = _letters(run)
        sounds = len(skeleton(letters))
        relief = _HEARD * sounds - _CHANCE - _SPACE * (len(run) - 1)
        named = any(len(unit.letters) >= _SHORTEST_JOINED and self._speller.weight(unit.letters) >= _NAMED for unit in run)
        if named or sounds < _FEWEST_HEARD or relief + _MOST_PRIOR <= 0:
            return
        weight = self._speller.weight(letters)
        found = [(letters, 0.0, weight)] if weight >= _NAMED else []
        most = (relief + _MOST_PRIOR) / _HEARD_SOUND
        found += [(word, _HEARD_SOUND * far, weight) for word, far, weight in self._sounds.near(letters, most, _NAMED)]
        yield from _likeliest(run, first, found, relief, _FURTHER_LETTER_HEARD)

    def _spelled(self, letters: str) -> Iterator[_Found]:
        """Known words that look like these letters, with the trouble of getting from one to the other, and their weights."""
        if weight := self._speller.weight(letters):
            yield letters, 0.0, weight
        if swapped := self._index.get(f"{SWAPPED}/{letters}"):
            yield swapped.decode(), _SWAP, _SWAPPED_WEIGHT
        for word, errors, weight in self._speller.near(letters):
            yield word, _wrong(letters) * errors + _OTHER_FIRST * (word[0] != letters[0]), weight

    def _sounding(self, letters: str, relief: float, least_weight: int) -> Iterator[_Found]:
        """Known words of some weight that sound like these letters."""
        for word, far, weight in self._sounds.near(letters, (relief + _MOST_PRIOR - _BY_EAR) / _wrong(letters), least_weight):
            other = _OTHER_FIRST * (skeleton(word)[0] != skeleton(letters)[0])
            yield word, _BY_EAR + _wrong(letters) * far + other, weight

    def _cut_off(self, letters: str) -> Iterator[_Found]:
        """Known words that these letters begin."""
        if len(letters) < OPENING:
            return
        for word, weight in self._index.told(opening_key(letters)) or ():
            if word.startswith(letters):
                yield word, _CUT_OFF + _CUT_LETTER * (len(word) - len(letters)), weight

    def _in_company(self, units: Sequence[Unit], ways: Sequence[Way]) -> list[Way]:
        """The ways with what their words gain by the company of the units around them."""
        stems = [[stem(word) for word in unit.words] if unit.known else [] for unit in units]
        self._index.want(self._company.keys({stem(word) for way in ways for word in way.words} | {s for of in stems for s in of}))
        weighed = []
        for (first, size), alike in groupby(ways, key=lambda way: (way.first, way.size)):
            self._company.gather(s for place, of in enumerate(stems) if not first <= place < first + size for s in of)
            for way in alike:
                likes = max(self._company.likes(stem(word)) for word in way.words)
                weighed.append(replace(way, gain=way.gain + _COMPANY * likes))
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


def opening_entries(vocabulary: Mapping[str, int]) -> Iterator[Entry]:
    """Words that people cut off, by their first letters."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for word in sorted(vocabulary):
        if len(word) > OPENING + 1 and word.isalpha() and vocabulary[word] >= _OFTEN:
            found[opening_key(word)].append((word, vocabulary[word]))
    return ((key, as_json(words)) for key, words in found.items())


def opening_key(word: str) -> str:
    """The entry of the words that begin like this one."""
    return f"{_PART}/{word[:OPENING]}"


def _likeliest(run: Sequence[Unit], first: int, found: Iterable[_Found], relief: float, further: float) -> list[Way]:
    """The few ways that gain most; none takes up a word of the run by swallowing the others."""
    letters = _letters(run)
    gains: dict[str, float] = {}
    for word, trouble, weight in found:
        gain = relief - trouble + _prior(weight)
        if gain > gains.get(word, 0.0) and not (len(run) > 1 and _stands_there(word, run)):
            gains[word] = gain
    for word in gains:
        if not word.startswith(letters):
            unlike = distance(letters, word)
            gains[word] -= further * max(0, unlike - 1) if unlike <= _MOST_UNLIKE * len(letters) else _UNKNOWN * len(run)
    best = sorted(gains.items(), key=lambda item: (-item[1], item[0]))[:_MOST_CANDIDATES]
    return [Way(first, len(run), (word,), gain) for word, gain in best if gain > 0]


def _stands_there(word: str, run: Sequence[Unit]) -> bool:
    """Whether a unit of a run is that word already, or nearly."""
    return any(
        word in unit.words or (unit.known and len(unit.letters) >= _SHORTEST_JOINED and distance(word, unit.letters) <= 2)
        for unit in run
    ) or any(stem(word) == stem(other) for unit in run for other in unit.words)


def _letters(run: Sequence[Unit]) -> str:
    return "".join(unit.letters for unit in run)


def _wrong(letters: str) -> float:
    """What a wrong letter costs: the more, the fewer there are."""
    return max(1.0, _LIKELY_LENGTH / len(letters))


def _prior(weight: int) -> float:
    return min(_MOST_PRIOR, _PRIOR * math.log1p(weight))


def _splits(letters: str) -> list[tuple[str, str]]:
    """Letters as two words that were run together."""
    return [(normal(letters[:place]), normal(letters[place:])) for place in range(2, len(letters) - 1)]
