"""US school grades of plain English text by two published formulas.

Flesch-Kincaid grade (Kincaid et al. 1975): 0.39 words per sentence + 11.8 syllables per word - 15.59.
Automated Readability Index (Smith and Senter 1967): 4.71 letters per word + 0.5 words per sentence - 21.43.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from pyphen import Pyphen

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d+(?:[.,]\d+)*")
_SENTENCE_END = re.compile(r"[.!?]+(?:\s|$)")
_hyphenation = Pyphen(lang="en_US")
_VOWEL_GROUP = re.compile(r"[aeiouy]+")


class Grades(NamedTuple):
    """The two grades of a text."""

    flesch_kincaid: float
    automated: float


def grades(text: str) -> Grades:
    """Both grades of a text of one or more sentences."""
    words = _WORD.findall(text)
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    if not words:
        return Grades(0, 0)
    length = len(words) / sentences
    syllables = sum(_syllables(word.lower()) for word in words) / len(words)
    letters = sum(len(re.sub(r"\W", "", word)) for word in words) / len(words)
    return Grades(0.39 * length + 11.8 * syllables - 15.59, 4.71 * letters + 0.5 * length - 21.43)


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    """Hyphenation points miss syllables where no break is allowed, vowel groups miss hiatus: take the larger count."""
    groups = len(_VOWEL_GROUP.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee", "ye")) and groups > 1:
        groups -= 1
    return max(1, groups, len(_hyphenation.inserted(word).split("-")))
