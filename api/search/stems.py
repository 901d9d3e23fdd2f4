"""One stem for the forms of a word, so that "removing", "removed" and "remove" count as the same in scoring and cues."""

from functools import lru_cache

_VOWELS = frozenset("aeiouy")
_SHORTEST = 3
_LONG = 6
_ENDINGS = ("ing", "edly", "ed", "ly")
_DOUBLED = frozenset("bdgmnprt")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a comparable word; short words and words with digits or foreign letters stay as they are."""
    if len(word) <= _SHORTEST or not (word.isascii() and word.isalpha()):
        return word
    if word.endswith("ied"):
        return word[:-3] + "y"
    for ending in _ENDINGS:
        rest = word.removesuffix(ending)
        if len(word) >= _LONG - (ending == "ed") and rest != word and len(rest) >= _SHORTEST and _VOWELS & set(rest):
            return _tidied(rest)
    return word.removesuffix("e") if len(word) > _SHORTEST + 1 else word


def _tidied(rest: str) -> str:
    if len(rest) > _SHORTEST and rest[-1] == rest[-2] and rest[-1] in _DOUBLED:
        return rest[:-1]
    return rest.removesuffix("e") if len(rest) > _SHORTEST + 1 else rest
