"""Cues: small patterns over words that tell what a text is about, kept in language files and matched by stem.

A cue is a line of terms that must all occur near each other, in any order: `biopsy|needle hurt|pain`. Alternatives are parted
by `|`, words in a row are joined by `_` (`come_back`), a `*` ends a beginning of a word (`worr*`), and a term with a
minus sign must not occur anywhere in the text (`-supplement`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from api.search.stems import stem

Meaning = TypeVar("Meaning")
_NEAR = 12
_SHORTEST_BEGINNING = 3


@dataclass(frozen=True, slots=True)
class CueMatch(Generic[Meaning]):
    """A cue that holds, what it means, and the places of the words that made it hold."""

    meaning: Meaning
    cue: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Alternative:
    stems: tuple[str, ...]
    cue: int
    group: int


class CueBook(Generic[Meaning]):
    """Cues with what each means, found in a text in one pass over its words."""

    def __init__(self, cues: Iterable[tuple[str, Meaning]], fold: Callable[[str], tuple[str, ...]]) -> None:
        self._cues: list[tuple[str, Meaning, int, frozenset[int]]] = []
        self._first: dict[str, list[_Alternative]] = defaultdict(list)
        self._beginnings: dict[str, list[_Alternative]] = defaultdict(list)
        for number, (cue, meaning) in enumerate(cues):
            self._add(number, cue, meaning, fold)
        self._lengths = sorted({len(beginning) for beginning in self._beginnings if len(beginning) >= _SHORTEST_BEGINNING})

    def _add(self, number: int, cue: str, meaning: Meaning, fold: Callable[[str], tuple[str, ...]]) -> None:
        terms = cue.split()
        banned = frozenset(place for place, term in enumerate(terms) if term.startswith("-"))
        for group, term in enumerate(terms):
            for alternative in term.removeprefix("-").split("|"):
                self._add_alternative(alternative, number, group, fold)
        self._cues.append((cue, meaning, len(terms), banned))

    def _add_alternative(self, alternative: str, cue: int, group: int, fold: Callable[[str], tuple[str, ...]]) -> None:
        if alternative.endswith("*"):
            beginning = alternative[:-1]
            self._beginnings[beginning].append(_Alternative((beginning,), cue, group))
            return
        run = tuple(stem(word) for word in fold(alternative.replace("_", " ")))
        if run:
            self._first[run[0]].append(_Alternative(run, cue, group))

    def matches(self, words: Sequence[str]) -> list[CueMatch[Meaning]]:
        """The cues that hold in a text of comparable words, in the order of the book."""
        found: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        stems = [stem(word) for word in words]
        for place, word in enumerate(words):
            for alternative in self._first.get(stems[place], ()):
                size = len(alternative.stems)
                if size == 1 or tuple(stems[place : place + size]) == alternative.stems:
                    found[alternative.cue][alternative.group].append(place)
            for length in self._lengths:
                for alternative in self._beginnings.get(word[:length], ()) if length <= len(word) else ():
                    found[alternative.cue][alternative.group].append(place)
        matched = []
        for number in sorted(found):
            cue, meaning, size, banned = self._cues[number]
            groups = found[number]
            if banned & groups.keys() or len(groups) < size - len(banned):
                continue
            places = _near(list(groups.values()))
            if places is not None:
                matched.append(CueMatch(meaning, cue, places))
        return matched


def _near(groups: list[list[int]]) -> tuple[int, ...] | None:
    if not groups:
        return None
    for anchor in groups[0]:
        chosen = [anchor, *(min(group, key=lambda place: abs(place - anchor)) for group in groups[1:])]
        if max(chosen) - min(chosen) <= _NEAR:
            return tuple(sorted(set(chosen)))
    return None


def cue_words(cues: Iterable[str]) -> set[str]:
    """Every plain word of some cues, as written, for spelling."""
    alternatives = (alternative for cue in cues for term in cue.split() for alternative in term.removeprefix("-").split("|"))
    return {word for alternative in alternatives if not alternative.endswith("*") for word in alternative.split("_") if word}
