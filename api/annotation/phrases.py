"""Phrases found in words: a tree of comparable words, the longest phrase at each place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from api.annotation.words import EXACT, GLUE, Word, read_words

Value = TypeVar("Value")
_PASSED_AT_ONCE = 2


class _Node(dict[str, "_Node[Value]"], Generic[Value]):
    """The words that may follow, and what the phrase that ends here stands for."""

    __slots__ = ("values_here",)

    def __init__(self) -> None:
        super().__init__()
        self.values_here: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit(Generic[Value]):
    """A phrase in the words `first` to `last` inclusive, with everything it stands for."""

    first: int
    last: int
    values: tuple[Value, ...]


class Phrases(Generic[Value]):
    """Phrases and what they stand for. `=` before a phrase asks for its very capitals, `~` inside for no space there."""

    def __init__(self) -> None:
        self._root: _Node[Value] = _Node()
        self._starts = self._root.keys()

    def add(self, phrase: str, value: Value) -> None:
        """Let a phrase stand for a value; it may stand for several."""
        key = phrase_key(phrase)
        if not key:
            return
        node = self._root
        for part in key:
            node = node.setdefault(part, _Node())
        if value not in node.values_here:
            node.values_here = (*node.values_here, value)

    def has(self, key: tuple[str, ...]) -> bool:
        """Whether a phrase of just these comparable words stands for something."""
        node: _Node[Value] | None = self._root
        for part in key:
            node = node.get(part) if node else None
        return bool(node is not None and node.values_here)

    def sealed(self) -> "Phrases[Value]":
        """These phrases with all branches that are alike kept once; nothing can be added any more."""
        branches: dict[Any, _Node[Value]] = {}
        values: dict[tuple[Value, ...], tuple[Value, ...]] = {}
        self._root = _shared(self._root, branches, values)
        self._starts = self._root.keys()
        return self

    def parts(self) -> set[str]:
        """Every comparable word of every phrase."""
        found: set[str] = set()
        seen: set[int] = set()
        waiting = [self._root]
        while waiting:
            node = waiting.pop()
            if id(node) not in seen:
                seen.add(id(node))
                found |= node.keys()
                waiting += node.values()
        return found

    def opens_with(self, word: Word) -> bool:
        """Whether any phrase begins with this word; asked of every word, so that most are passed over at once."""
        return not self._starts.isdisjoint(word.forms)

    def at(self, words: Sequence[Word], place: int, stop: int | None = None) -> Hit[Value] | None:
        """The longest phrase that starts at a place and ends before `stop`."""
        if not self.opens_with(words[place]):
            return None
        end = len(words) if stop is None else stop
        longest: Hit[Value] | None = None
        paths = [(self._root, place)]
        while paths:
            node, here = paths.pop()
            if node.values_here and (longest is None or here - 1 > longest.last):
                longest = Hit(place, here - 1, node.values_here)
            paths += _onward(node, words, here, end, inside=here > place)
        return longest

    def find(self, words: Sequence[Word]) -> list[Hit[Value]]:
        """Phrases from left to right, the longest at each place, not overlapping."""
        found: list[Hit[Value]] = []
        place = 0
        while place < len(words):
            hit = self.at(words, place)
            if hit:
                found.append(hit)
            place = hit.last + 1 if hit else place + 1
        return found


def _shared(
    node: _Node[Value], branches: dict[Any, _Node[Value]], values: dict[tuple[Value, ...], tuple[Value, ...]]
) -> _Node[Value]:
    """The one branch that stands for all like this one. Phrases are short, so that the depth is bounded."""
    for part, following in node.items():
        node[part] = _shared(following, branches, values)
    node.values_here = values.setdefault(node.values_here, node.values_here)
    likeness = (id(node.values_here), tuple((part, id(following)) for part, following in node.items()))
    return branches.setdefault(likeness, node)


def _onward(node: _Node[Value], words: Sequence[Word], here: int, end: int, *, inside: bool) -> list[tuple[_Node[Value], int]]:
    """The nodes the words from `here` lead to, having passed over at most two marks."""
    if not node:
        return []
    passed = 0
    while here < end:
        word = words[here]
        onward = [(node[form], here + 1) for form in word.forms if form in node]
        if onward:
            return onward
        if not (inside and word.passable and passed < _PASSED_AT_ONCE):
            return []
        passed += 1
        here += 1
    return []


def phrase_key(phrase: str) -> tuple[str, ...]:
    """The comparable words of a phrase as the tree holds them."""
    exact = phrase.startswith(EXACT) and len(phrase) > 1 and phrase[1].isalpha()
    words = read_words(phrase.removeprefix(EXACT) if exact else phrase)
    if all(not word.is_word for word in words):
        return tuple(word.norm for word in words)
    key = []
    glue = False
    for word in words:
        if word.norm == GLUE:
            glue = True
        elif word.is_word or not word.passable:
            key.append((EXACT + word.text) if exact else (GLUE + word.norm if glue else word.norm))
            glue = False
    return tuple(key)
