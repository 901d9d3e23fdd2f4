"""How words sound: for spellings by ear, and for words heard as others, too far off for a count of wrong letters."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from api.search.index import Entry, Index
from api.search.spelling import Beginnings, beginning_entries

_SHORTEST = 4
_SHORTEST_FOR_TWO = 8
_FEWEST_SOUNDS = 3
_PART = "sound"
_STEPS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?:ti|ci|si|ssi)on|(?:ti|ci)ou|sh[aeiou]+n", "xn"),
        (r"(?:ti|ci)(?=a)|t?ch(?![rlo])|sh|j|(?<=d)ge", "x"),
        (r"ph", "f"),
        (r"gn|kn|^pn", "n"),
        (r"^wr", "r"),
        (r"sch|ch", "k"),
        (r"gh(?=t|$)", ""),
        (r"mb$", "m"),
        (r"c(?=[eiy])", "s"),
        (r"[ckq]+", "k"),
        (r"x(?!n)", "ks"),
        (r"[aeiouyhw]+", "a"),
        (r"(.)\1+", r"\1"),
    )
)
_VOICED = str.maketrans("bdgvzm", "ptkfsn")
_VOWEL = "a"
_SOUNDS = "fklnprstxa"
_LONE = {_VOWEL: 0.3}
_NEAR_SOUND, _OTHER_SOUND = 0.4, 1.2
_ALIKE = {one: other for pair in zip("bdgvzm", "ptkfsn", strict=True) for one, other in (pair, pair[::-1])}


@lru_cache(maxsize=20_000)
def said(word: str) -> str:
    """The sounds of a word, all vowels one."""
    for pattern, instead in _STEPS:
        word = pattern.sub(instead, word)
    return word


def sound(word: str) -> str:
    """How a word sounds, roughly: consonants by sound, vowels only at the start."""
    heard = said(word)
    return heard[:1] + heard[1:].replace(_VOWEL, "")


def skeleton(word: str) -> str:
    """The sounds of a word without vowels, voiced and voiceless ones the same."""
    return said(word).replace(_VOWEL, "").translate(_VOICED)


@lru_cache(maxsize=20_000)
def _counts(word: str) -> tuple[int, ...]:
    """How often a word has each sound, vowels last, voiced and voiceless ones as one."""
    heard = said(word).translate(_VOICED)
    return tuple(map(heard.count, _SOUNDS))


def least_apart(one: str, other: str) -> float:
    """What the sounds that one of two words has more often than the other cost at least, wherever they stand."""
    *consonants, vowels = (here - there for here, there in zip(_counts(one), _counts(other), strict=True))
    more = sum(count for count in consonants if count > 0)
    fewer = more - sum(consonants)
    return min(more, fewer) * _OTHER_SOUND + abs(more - fewer) + abs(vowels) * (_OTHER_SOUND - 1)


def _strange(one: str, other: str) -> int:
    """How many consonants only one of two words has."""
    return sum((not here) != (not there) for here, there in zip(_counts(one)[:-1], _counts(other)[:-1], strict=True))


@lru_cache(maxsize=2_000)
def apart(one: str, other: str, most: float) -> float:
    """How far the sounds of two words lie apart, in errors: a vowel more or less is a small one, and so is a sound near another.

    No closer than told where it is more than `most`.
    """
    first, second = said(one), said(other)
    alone = [_LONE.get(letter, 1.0) for letter in second]
    row = [0.0]
    for cost in alone:
        row.append(row[-1] + cost)
    for letter in first:
        dropped, like = _LONE.get(letter, 1.0), _ALIKE.get(letter)
        before, row = row, [row[0] + dropped]
        last = row[0]
        for place, against in enumerate(second):
            cost = 0.0 if letter == against else _NEAR_SOUND if against == like else _OTHER_SOUND
            last = min(before[place] + cost, before[place + 1] + dropped, last + alone[place])
            row.append(last)
        if min(row) > most:
            break
    return max(row[-1], min(row))


def sound_entries(vocabulary: Mapping[str, int]) -> Iterator[Entry]:
    """The words of a vocabulary by their sounds."""
    words = {word: weight for word, weight in vocabulary.items() if _has_sound(word)}
    yield from beginning_entries(_PART, words, _errors, skeleton)


class Sounds:
    """The words of a vocabulary by their sounds."""

    def __init__(self, index: Index) -> None:
        self._beginnings = Beginnings(index, _PART, _errors, skeleton)

    def keys(self, word: str) -> list[str]:
        """The entries that asking for words like this one needs."""
        return self._beginnings.keys(word) if _has_sound(word) else []

    def near(self, word: str, most: float, least_weight: int = 0) -> Iterator[tuple[str, float, int]]:
        """The known words of some weight that sound like this one: each with how far they lie apart, and its weight."""
        if not _has_sound(word):
            return
        heard = skeleton(word)
        allowed = _errors(heard)
        for known, weight in self._beginnings.near(word).items():
            if weight < least_weight or abs(len(skeleton(known)) - len(heard)) > allowed:
                continue
            if _strange(word, known) > 2 * allowed or least_apart(word, known) > most:
                continue
            if (far := apart(word, known, most)) <= most:
                yield known, far, weight


def _has_sound(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isascii() and word.isalpha() and len(skeleton(word)) >= _FEWEST_SOUNDS


def _errors(heard: str) -> int:
    return 2 if len(heard) >= _SHORTEST_FOR_TWO else 1
