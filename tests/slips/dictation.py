"""Writes a long word as one to four ordinary words that sound like it, the way dictation does."""

import random
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path

from tests.slips.sounds import apart, phones

_WORDS = tuple((Path(__file__).parent / "ordinary_words.txt").read_text(encoding="utf-8").split())
_WORD_COST = 0.8
_MOST_APART = 0.2
_CHOICES = 3
_LONGEST_PIECE = 6
_MOST_AT_FIRST = 0.3


def ordinary() -> frozenset[str]:
    """The ordinary words."""
    return frozenset(_WORDS)


def misheard(word: str, lot: random.Random) -> str | None:
    """The word as heard, one of the likeliest ways; None when nothing ordinary sounds like it."""
    ways = _ways(word)
    return lot.choice(ways) if ways else None


@cache
def _ways(word: str) -> tuple[str, ...]:
    """The few likeliest ways to hear a word, by the cheapest cover of its sounds."""
    said = phones(word)
    best: list[list[tuple[float, str]]] = [[(0.0, "")]] + [[] for _ in said]
    for end in range(1, len(said) + 1):
        found: dict[str, float] = {}
        for start in range(max(0, end - _LONGEST_PIECE), end):
            for piece_cost, piece in _heard(said[start:end]):
                for cost, before in best[start]:
                    way = f"{before} {piece}".strip()
                    found[way] = min(found.get(way, 99.0), cost + piece_cost + _WORD_COST)
        best[end] = sorted((cost, way) for way, cost in found.items())[:_CHOICES]
    return tuple(way for cost, way in best[-1] if cost - _WORD_COST <= _MOST_APART * len(said) + 1 and way != word)


@cache
def _heard(said: str) -> tuple[tuple[float, str], ...]:
    """The ordinary words that sound most like a run of sounds."""
    sizes = range(len(said) - 1, len(said) + 2)
    near = [word for size in sizes for word in _by_length()[size] if apart(said[:1], phones(word)[:1]) <= _MOST_AT_FIRST]
    scored = sorted((apart(said, phones(word)), word) for word in near)
    return tuple((cost, word) for cost, word in scored[:_CHOICES] if cost <= 0.34 * len(said))


@lru_cache(maxsize=1)
def _by_length() -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for word in _WORDS:
        found[len(phones(word))].append(word)
    return found
