"""Pieces of text with their places, phrases found among them, and one stem for the forms of a word."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from api.search.terms import normal

Payload = TypeVar("Payload")
_PIECE = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+)|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<mark>(?!-(?=[^\W\d_]))[^\w\s])",
    re.UNICODE,
)
_SHORTEST_STEM = 4


class Piece(NamedTuple):
    """A word, a number or a mark; `norm` is what pieces are compared by."""

    text: str
    start: int
    end: int
    norm: str
    kind: str


def pieces(text: str) -> list[Piece]:
    """The words, numbers and marks of a text in order, in time linear in its length."""
    return [_piece(match) for match in _PIECE.finditer(text)]


def _piece(match: re.Match[str]) -> Piece:
    kind = str(match.lastgroup)
    text = match[0]
    norm = normal(text) if kind == "word" else text.replace(",", "")
    return Piece(text, match.start(), match.end(), norm if kind != "mark" else text, kind)


@lru_cache(maxsize=10_000)
def piece_of(norm: str) -> Piece:
    """A piece that is known by its comparable form only."""
    match = _PIECE.match(norm)
    return Piece(norm, 0, 0, norm, str(match.lastgroup) if match else "word")


def listed(rows: Iterable[str]) -> tuple[str, ...]:
    """The words and phrases of comma-separated rows."""
    return tuple(word.strip() for row in rows for word in row.split(",") if word.strip())


def phrase(text: str) -> tuple[str, ...]:
    """A phrase as the norms of its words and numbers."""
    return tuple(piece.norm for piece in pieces(text) if piece.kind != "mark")


class Phrases(Generic[Payload]):
    """Phrases with what they stand for; finds the longest one that starts at a place."""

    def __init__(self, entries: Iterable[tuple[str, Payload]]) -> None:
        by_first: dict[str, list[tuple[tuple[str, ...], Payload]]] = defaultdict(list)
        for text, payload in entries:
            key = phrase(text)
            if key and all(known != key for known, _ in by_first[key[0]]):
                by_first[key[0]].append((key, payload))
        for found in by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))
        self._by_first = dict(by_first)

    def at(self, norms: Sequence[str], place: int) -> tuple[int, Payload] | None:
        """How many words the longest phrase at the place takes, and what it stands for."""
        for key, payload in self._by_first.get(norms[place], ()):
            length = len(key)
            if length == 1 or tuple(norms[place : place + length]) == key:
                return length, payload
        return None

    def along(self, norms: Sequence[str]) -> list[tuple[int, Payload] | None]:
        """What `at` finds at each place."""
        known = self._by_first
        return [self.at(norms, place) if norm in known else None for place, norm in enumerate(norms)]

    def within(self, norms: Sequence[str]) -> bool:
        """Whether any phrase stands anywhere."""
        return not self.firsts.isdisjoint(norms) and any(self.along(norms))

    def before(self, norms: Sequence[str], place: int, longest: int = 5) -> tuple[int, Payload] | None:
        """The longest phrase that ends just before the place: where it starts, and what it stands for."""
        for start in range(max(0, place - longest), place):
            found = self.at(norms[:place], start) if norms[start] in self._by_first else None
            if found and start + found[0] == place:
                return start, found[1]
        return None

    def covers(self, norms: Sequence[str], place: int, longest: int = 5) -> bool:
        """Whether a phrase of several words takes in the place."""
        found = ((start, self.at(norms, start)) for start in range(max(0, place - longest), place + 1))
        return any(hit and hit[0] > 1 and start + hit[0] > place for start, hit in found)

    @property
    def firsts(self) -> Set[str]:
        """The words that phrases begin with: no phrase is found at a place of another."""
        return self._by_first.keys()

    @property
    def words(self) -> set[str]:
        """Every comparable word of every phrase."""
        return {word for entries in self._by_first.values() for key, _ in entries for word in key}


class Stemmer:
    """Cuts endings, the longest first, as long as a recognisable part remains."""

    def __init__(self, endings: Iterable[str]) -> None:
        self._endings = sorted(endings, key=lambda ending: (-len(ending), ending))
        self.stem = lru_cache(maxsize=20_000)(self._stem)

    def _stem(self, norm: str) -> str:
        if not norm.isalpha() or not norm.isascii():
            return norm
        for ending in self._endings:
            if norm.endswith(ending) and len(norm) - len(ending) >= _SHORTEST_STEM:
                return _tidy(norm[: -len(ending)])
        return _tidy(norm)


def _tidy(stem: str) -> str:
    if len(stem) > _SHORTEST_STEM and stem.endswith("ct"):
        stem = stem[:-1]
    if len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2]:
        stem = stem[:-1]
    return stem
