"""Words taken down by ear: neighbours that together sound like a name the report is about ("segment all", "hetero genius").

Only what sounds the same counts, by consonants and without telling voiced from unvoiced; short sounds are left alone.
"""

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


class Ear:
    """Names by their sound."""

    def __init__(self, names: Iterable[str]) -> None:
        keys = [phrase_key(name) for name in names]
        self._names = {heard: key for key in reversed(keys) if len(heard := _heard(key)) >= _SHORTEST}
        self._parts = frozenset(part for key in keys for part in key if len(part) >= _SHORTEST)

    def at(self, words: Sequence[Word], place: int) -> tuple[tuple[str, ...], int] | None:
        """The name that the words from a place on sound like, and the last of these words."""
        heard: list[str] = []
        for last in range(place, min(place + _MOST_WORDS, len(words))):
            word = words[last]
            if word.norm in self._parts or len(word.norm) > _LONGEST_PART or not (word.norm.isalpha() and word.norm.isascii()):
                return None
            before = _heard(heard) if heard else ""
            heard.append(word.norm)
            sounds = _heard(heard)
            name = self._names.get(sounds) if before and before != sounds else None
            if name and abs(sum(map(len, heard)) - sum(map(len, name))) <= _LENGTHS_APART:
                return name, last
        return None


def _heard(words: Sequence[str]) -> str:
    """How words sound one after the other; vowels only at the start of the first."""
    first, *others = map(_sound, words)
    joined = first + "".join(other.removeprefix(_VOWEL) for other in others)
    return "".join(letter for before, letter in zip(" " + joined, joined, strict=False) if letter != before)


@lru_cache(maxsize=4_000)
def _sound(word: str) -> str:
    return sound(word).translate(_VOICED)
