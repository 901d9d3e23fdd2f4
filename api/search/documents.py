"""Makes the entries of full text (`bm25.py`): documents are put on a tape as they come, and read again to be weighed."""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any

from api.search.bm25 import LENGTH, MOST_POSTINGS, RARITY, SATURATION, highest
from api.search.index import Columns, Entry, as_json, packed
from api.search.tape import Tape


class Best:
    """Of very many postings of a term those of the highest shares."""

    __slots__ = ("_numbers", "_shares")

    def __init__(self) -> None:
        self._numbers = array("I")
        self._shares = array("d")

    def add(self, number: int, share: float) -> None:
        """A posting of a document after those that came before."""
        self._numbers.append(number)
        self._shares.append(share)
        if len(self._numbers) >= 2 * MOST_POSTINGS:
            self._cut()

    def best(self) -> "tuple[array[int], array[float]]":
        """The postings that are kept, by number."""
        if len(self._numbers) > MOST_POSTINGS:
            self._cut()
        return self._numbers, self._shares

    def _cut(self) -> None:
        kept = highest(list(zip(self._numbers, self._shares, strict=True)))
        self._numbers = array("I", (number for number, _ in kept))
        self._shares = array("d", (share for _, share in kept))


class Documents:
    """Texts as bags of terms; `left_out` are terms that no document is found by."""

    def __init__(self, left_out: Set[str] = frozenset()) -> None:
        self._tape = Tape("I")
        self._numbers = {term: number for number, term in enumerate(sorted(left_out))}
        self._first = len(self._numbers)  # lower numbers are terms left out
        self._spread = array("I", [0] * self._first)
        self._total = 0

    def add(self, terms: Iterable[str]) -> None:
        """One document more."""
        numbers, spread = self._numbers, self._spread
        row = [numbers.setdefault(term, len(numbers)) for term in terms]
        spread.extend([0] * (len(numbers) - len(spread)))
        for number in set(row):
            spread[number] += 1
        self._tape.add(row)
        self._total += sum(number >= self._first for number in row)

    def texts(self) -> Iterator[list[str]]:
        """The terms of each document, those left out too."""
        terms = list(self._numbers)
        return ([terms[number] for number in row] for row in self._tape.read())

    def wholes(self) -> "array[float]":
        """How telling all terms of each document are together."""
        terms, rarity = list(self._numbers), self._rarities()
        kept = (sorted({number for number in row if number >= self._first}, key=terms.__getitem__) for row in self._tape.read())
        return array("d", (sum(rarity[number] for number in row) for row in kept))

    def entries(self, part: str, tags: str = "", tag_columns: Sequence[Sequence[Any]] = ()) -> Iterator[Entry]:
        """The entries of a part, with columns of what is to be told of each document found."""
        rarity = self._rarities()
        held = self._weighed(rarity)
        yield part, as_json({"size": self._tape.rows})
        for term, number in self._numbers.items():
            if number in held:
                found, shares = held[number].best()
                columns: Columns = [found, shares]
                columns += [array(tag, (values[at] for at in found)) for tag, values in zip(tags, tag_columns, strict=True)]
                yield f"{part}/{term}", packed(array(RARITY, (rarity[number],))) + packed(*columns)

    def _rarities(self) -> list[float]:
        size = self._tape.rows
        return [math.log(1 + (size - spread + 0.5) / (spread + 0.5)) for spread in self._spread]

    def _weighed(self, rarity: Sequence[float]) -> dict[int, Best]:
        """The shares of each term in the scores of the documents that have it."""
        mean = self._total / self._tape.rows if self._tape.rows else 1.0
        held: dict[int, Best] = defaultdict(Best)
        for document, row in enumerate(self._tape.read()):
            kept = [number for number in row if number >= self._first]
            norm = SATURATION * (1 - LENGTH + LENGTH * len(kept) / mean)
            for number, count in Counter(kept).items():
                held[number].add(document, rarity[number] * count * (SATURATION + 1) / (count + norm))
        return held


def text_entries(
    part: str, documents: Iterable[Iterable[str]], tags: str = "", tag_columns: Sequence[Sequence[Any]] = ()
) -> Iterator[Entry]:
    """The entries of a part whose documents are given all at once."""
    held = Documents()
    for document in documents:
        held.add(document)
    yield from held.entries(part, tags, tag_columns)
