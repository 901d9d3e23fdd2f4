"""Words that are spelled as they are meant, kept in the index: no slip is looked for in them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from zlib import crc32

from api.search.index import Entry, Index

_PART = "spelled"
_ENTRIES = 1_024


def spelled_entries(words: Iterable[str]) -> Iterator[Entry]:
    """The entries that tell which words are spelled as meant."""
    found = defaultdict(list)
    for word in sorted(set(words)):
        found[_number(word)].append(word)
    return ((f"{_PART}/{number}", " ".join(held).encode()) for number, held in sorted(found.items()))


class SpelledWords:
    """The words that are spelled as meant."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @staticmethod
    def keys(words: Iterable[str]) -> set[str]:
        """The entries that knowing these words needs."""
        return {f"{_PART}/{_number(word)}" for word in words}

    def knows(self, word: str) -> bool:
        """Whether it is one of them."""
        held = self._index.get(f"{_PART}/{_number(word)}")
        return held is not None and word in held.decode().split(" ")


def _number(word: str) -> int:
    return crc32(word.encode()) % _ENTRIES
