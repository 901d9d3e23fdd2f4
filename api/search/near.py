"""Names that are nearly the whole text: the same words in the same order but for a typing error in one or two of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from api.search.index import Entry, Index, keyed
from api.search.labels import LabelIndex, Name, name_entries
from api.search.spelling import Beginnings, beginning_entries, distance
from api.search.terms import words

_MOST_WORDS = 12
_MOST_WRONG = 2
_SHORTEST = 4
_SHORTEST_FOR_TWO = 9
_MOST_BESIDE = 2_000
WRITTEN = "written"
_BESIDE, _ALONE = "beside", "alone"

Key = tuple[str, ...]


def near_entries(names: Iterable[Name]) -> Iterator[Entry]:
    """The names by their words as written, by each of their words, and those of one word by what typing errors leave of them."""
    held = [(words(name.text), name) for name in names]
    by_word: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys(key for key, _ in held):
        for word in sorted(set(key)) if len(key) > 1 else ():
            beside = by_word[f"{len(key)} {word}"]
            if len(beside) < _MOST_BESIDE:
                beside.append(" ".join(key))
    yield from name_entries(WRITTEN, (name for _, name in held))
    yield from keyed(_BESIDE, by_word)
    yield from beginning_entries(_ALONE, {key[0]: 1 for key, _ in held if len(key) == 1}, _wrong)


class NearNames:
    """Every name by its words as written."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._names = LabelIndex(index, WRITTEN)
        self._alone = Beginnings(index, _ALONE, _wrong)

    def exactly(self, text: str) -> tuple[Name, ...]:
        """The names whose words are just these, as written."""
        return self._names.exactly(words(text))

    def keys(self, text: str) -> list[str]:
        """The entries that looking for names like this text needs first."""
        given = words(text)
        if not given or len(given) > _MOST_WORDS:
            return []
        alone = self._alone.keys(given[0]) if len(given) == 1 else []
        return [*self._names.wanted((" ".join(given),)), *alone, *(f"{_BESIDE}/{len(given)} {word}" for word in given)]

    def like(self, text: str) -> list[Name]:
        """The names that these words would be with a typing error or two put right, nearest first."""
        given = words(text)
        if not given or len(given) > _MOST_WORDS:
            return []
        keys = {tuple(key.split(" ")) for word in given for key in self._index.told(f"{_BESIDE}/{len(given)} {word}") or ()}
        if len(given) == 1:
            keys.update((known,) for known in self._alone.near(given[0]))
        keys.add(given)
        near = sorted((errors, key) for key in keys if (errors := _errors(given, key)) is not None)
        self._index.want(self._names.wanted(" ".join(key) for _, key in near))
        return [name for _, key in near for name in self._names.exactly(key)]


def _wrong(word: str) -> int:
    """How many letters of a word may be wrong at most, whatever the other word's length."""
    return _allowed(len(word) + 1)


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
