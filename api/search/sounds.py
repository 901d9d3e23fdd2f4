"""A key for how a word sounds, for spellings by ear that are too far off for a count of wrong letters."""

import re
from collections import defaultdict
from collections.abc import Mapping

_SHORTEST = 5
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


class Sounds:
    """The words of a vocabulary by their sound; the most frequent one answers."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        best: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for word, weight in vocabulary.items():
            if len(word) >= _SHORTEST and word.isascii() and word.isalpha():
                best[sound(word)].append((-weight, word))
        self._best = {key: min(found)[1] for key, found in best.items()}

    def like(self, word: str) -> str | None:
        """The known word that sounds the same and is about as long, or None."""
        if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
            return None
        known = self._best.get(sound(word))
        return known if known and known[0] == word[0] and abs(len(known) - len(word)) <= 2 else None
