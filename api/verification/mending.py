"""Reads an answer as meant before it is held against anything: slips of the hand and the ear are healed, places stay known."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from api.search.healing import Healer, Unit, Way
from api.search.index import Index
from api.search.reader import WORD, Correction
from api.search.sounds import Sounds
from api.search.spelled import SpelledWords
from api.search.spelling import Speller
from api.verification.words import Piece, pieces

_SHORTEST_REST = 4
MOST_MENDED = 40  # unknown words of an answer; each costs some milliseconds, and an answer with more is not meant for us
_NO_STOP = frozenset({" ", "-", "‐", "‑"})


class Change(NamedTuple):
    """A place that differs, in the text as meant and in the text as typed."""

    start: int
    end: int
    typed_start: int
    typed_end: int


@dataclass(frozen=True, slots=True)
class Mended:
    """A text as meant, what was changed in order, and the words as typed and as meant."""

    text: str
    changes: tuple[Change, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the text as meant stands in the text as typed: changed places count as a whole."""
        return self._typed(start, first=True), self._typed(end, first=False)

    def _typed(self, place: int, *, first: bool) -> int:
        before = bisect_right(self.changes, place, key=lambda change: change.start) - 1
        if before < 0:
            return place
        change = self.changes[before]
        if place >= change.end:
            return place - change.end + change.typed_end
        return change.typed_start if first else change.typed_end


class Affixes:
    """What stands before or behind a word and makes another of it, as in 'nonsurgical' and 'gridless'."""

    def __init__(self, prefixes: Iterable[str], suffixes: Iterable[str]) -> None:
        self._prefixes, self._suffixes = tuple(prefixes), tuple(suffixes)

    def without(self, word: str) -> list[str]:
        """What is left of a word without one of them, if that is long enough to be a word."""
        rests = [word.removeprefix(prefix) for prefix in self._prefixes if word.startswith(prefix)]
        rests += [word.removesuffix(suffix) for suffix in self._suffixes if word.endswith(suffix)]
        return [rest for rest in rests if len(rest) >= _SHORTEST_REST]


class Mender:
    """Mends the texts of one answer towards the words of a release: what is written is rarely heard, so known words stay.

    So are words made of a known one and one of the language's prefixes or suffixes.
    """

    def __init__(self, index: Index, affixes: Affixes) -> None:
        self._index = index
        self._affixes = affixes
        self._left = MOST_MENDED
        self._speller = Speller(index, WORD)
        self._spelled = SpelledWords(index)
        self._healer = Healer(index, self._speller, Sounds(index))

    def mended(self, texts: Sequence[str]) -> list[Mended]:
        """These texts as meant, read together."""
        found = [pieces(text) for text in texts]
        norms = {piece.norm for part in found for piece in part if piece.kind == "word"}
        norms |= {rest for norm in norms for rest in self._affixes.without(norm)}
        self._index.want([*self._speller.known_keys(norms), *self._spelled.keys(norms)])
        units = [unit for text, part in zip(texts, found, strict=True) for unit in self._units(text, part)]
        ways = iter([] if all(unit.known for unit in units) else self._healer.heal(units))
        mended, first, way = [], 0, next(ways, None)
        for text, part in zip(texts, found, strict=True):
            own = []
            while way and way.first < first + len(part):
                own.append(replace(way, first=way.first - first))
                way = next(ways, None)
            mended.append(_written(text, part, own) if own else Mended(text))
            first += len(part)
        return mended

    def _units(self, text: str, found: Sequence[Piece]) -> list[Unit]:
        follows = [False, *(text[one.end : other.start] in _NO_STOP for one, other in pairwise(found))]
        return [self._unit(*each) for each in zip(found, follows, strict=False)]

    def _unit(self, piece: Piece, follows: bool) -> Unit:
        plain = piece.kind == "word" and piece.text.isalpha()
        known = not plain or self._knows(piece.norm) or any(map(self._knows, self._affixes.without(piece.norm)))
        self._left -= not known
        known = known or self._left < 0
        return Unit(piece.norm if plain else "", (piece.norm,), known, follows, firm=known)

    def _knows(self, word: str) -> bool:
        return self._speller.knows(word) or self._spelled.knows(word)


def _written(text: str, found: Sequence[Piece], ways: Sequence[Way]) -> Mended:
    parts, changes, done, length = [], [], 0, 0
    for way in ways:
        start, end = found[way.first].start, found[way.first + way.size - 1].end
        meant = " ".join(way.words)
        meant = meant[:1].upper() + meant[1:] if text[start].isupper() else meant
        parts += [text[done:start], meant]
        length += start - done
        changes.append(Change(length, length + len(meant), start, end))
        length += len(meant)
        done = end
    corrections = {
        text[change.typed_start : change.typed_end]: " ".join(way.words) for change, way in zip(changes, ways, strict=True)
    }
    return Mended(
        "".join([*parts, text[done:]]), tuple(changes), tuple(Correction(typed, meant) for typed, meant in corrections.items())
    )
