"""A key for how a word sounds, for spellings by ear that are too far off for a count of wrong letters."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from api.search.index import Entry, Index

_SHORTEST = 5
_PART = "sound"
_STEPS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?:ti|ci|si|ssi)on|sh[aeiou]+n", "xn"),
        (r"ph", "f"),
        (r"gn|kn", "n"),
        (r"sch|ch(?=r|l|o)", "k"),
        (r"ght", "t"),
        (r"c(?=[eiy])", "s"),
        (r"[ckq]+", "k"),
        (r"z", "s"),
        (r"x", "ks"),
        (r"^[aeiouy]+", "a"),
        (r"(?<=.)[aeiouyhw]+", ""),
        (r"(.)\1+", r"\1"),
    )
)


def sound(word: str) -> str:
    """How a word sounds, roughly: consonants by sound, vowels only at the start."""
    for pattern, instead in _STEPS:
        word = pattern.sub(instead, word)
    return word


def sound_entries(vocabulary: Mapping[str, int]) -> Iterator[Entry]:
    """The most frequent word of each sound."""
    best: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for word, weight in vocabulary.items():
        if _has_sound(word):
            best[sound(word)].append((-weight, word))
    return ((f"{_PART}/{key}", min(found)[1].encode()) for key, found in best.items())


class Sounds:
    """The words of a vocabulary by their sound."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @staticmethod
    def keys(word: str) -> list[str]:
        """The entries that asking for a word like this one needs."""
        return [f"{_PART}/{sound(word)}"] if _has_sound(word) else []

    def like(self, word: str) -> str | None:
        """The known word that sounds the same and is about as long, or None."""
        known = next((data.decode() for key in self.keys(word) if (data := self._index.get(key))), None)
        return known if known and known[0] == word[0] and abs(len(known) - len(word)) <= 2 else None


def _has_sound(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isascii() and word.isalpha()
