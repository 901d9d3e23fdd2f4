"""Names that are nearly the whole text: the same words in the same order but for a typing error in one or two of them."""

from collections import defaultdict
from collections.abc import Iterable

from api.search.labels import Name
from api.search.spelling import distance
from api.search.terms import words

_MOST_WORDS = 12
_MOST_WRONG = 2
_SHORTEST = 4
_SHORTEST_FOR_TWO = 9

Key = tuple[str, ...]


class NearNames:
    """Every name by its words as written."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names: dict[Key, list[Name]] = defaultdict(list)
        for name in names:
            self._names[words(name.text)].append(name)
        self._by_word: dict[str, list[Key]] = defaultdict(list)
        for key in self._names:
            for word in sorted(set(key)):
                self._by_word[word].append(key)
        self._single = [key for key in self._names if len(key) == 1]

    def exactly(self, text: str) -> list[Name]:
        """The names whose words are just these, as written."""
        return self._names.get(words(text), [])

    def like(self, text: str) -> list[Name]:
        """The names that these words would be with a typing error or two put right, nearest first."""
        given = words(text)
        if not given or len(given) > _MOST_WORDS:
            return []
        keys = {key for word in given for key in self._by_word.get(word, ()) if len(key) == len(given)}
        keys.update(self._single if len(given) == 1 else ())
        near = sorted((errors, key) for key in keys if (errors := _errors(given, key)) is not None)
        return [name for _, key in near for name in self._names[key]]


def _errors(given: Key, key: Key) -> int | None:
    total = wrong = 0
    for one, other in zip(given, key, strict=True):
        if one == other:
            continue
        wrong += 1
        if wrong > _MOST_WRONG or abs(len(one) - len(other)) > 2:
            return None
        errors = distance(one, other)
        if errors > _allowed(min(len(one), len(other)) + 1):
            return None
        total += errors
    return total


def _allowed(length: int) -> int:
    if length < _SHORTEST:
        return 0
    return 2 if length > _SHORTEST_FOR_TWO else 1
