"""Words taken down by ear: neighbours that together sound like a name the report is about ("segment all", "hetero genius").

Only what sounds the same counts, by consonants and without telling voiced from unvoiced; short sounds are left alone.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from api.annotation.phrases import phrase_key
from api.annotation.words import Word
from api.search.sounds import sound

_VOICED = str.maketrans("bdgjv", "ptkkf")
_SHORTEST = 5
_MOST_WORDS = 4
_LONGEST_PART = 14
_LENGTHS_APART = 2
_VOWEL = "a"
_DOUBLED = re.compile(r"(.)\1+")


class Ear:
    """Names by their sound."""

    def __init__(self, names: Iterable[str]) -> None:
        keys = [phrase_key(name) for name in names]
        self._names = {heard: key for key in reversed(keys) if len(heard := _heard(key)) >= _SHORTEST}
        self._beginnings = frozenset(name[:end] for name in self._names for end in range(1, len(name) + 1))
        self._parts = frozenset(part for key in keys for part in key if len(part) >= _SHORTEST)

    def at(self, words: Sequence[Word], place: int) -> tuple[tuple[str, ...], int] | None:
        """The name that the words from a place on sound like, and the last of these words."""
        sounds, letters = "", 0
        for last in range(place, min(place + _MOST_WORDS, len(words))):
            norm = words[last].norm
            if norm in self._parts or len(norm) > _LONGEST_PART or not (norm.isalpha() and norm.isascii()):
                return None
            before, sounds, letters = sounds, _then(sounds, norm), letters + len(norm)
            if sounds not in self._beginnings:
                return None
            name = self._names.get(sounds) if before and before != sounds else None
            if name and abs(letters - sum(map(len, name))) <= _LENGTHS_APART:
                return name, last
        return None


def _heard(words: Iterable[str]) -> str:
    """How words sound one after the other; vowels only at the start of the first."""
    sounds = ""
    for word in words:
        sounds = _then(sounds, word)
    return sounds


def _then(sounds: str, word: str) -> str:
    following = _sound(word)
    if not sounds:
        return following
    following = following.removeprefix(_VOWEL)
    return sounds + (following[1:] if following[:1] == sounds[-1] else following)


@lru_cache(maxsize=4_000)
def _sound(word: str) -> str:
    return _DOUBLED.sub(r"\1", sound(word).translate(_VOICED))
