"""Cuts the telling piece out of a text and says which words of it matched."""

from collections.abc import Set
from dataclasses import dataclass

from api.search.reader import Rewriter
from api.search.stems import stem
from api.search.terms import tokens

_WIDTH = 200


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text, and the places in it of the words that matched."""

    text: str
    marks: tuple[tuple[int, int], ...]


def snippet(text: str, stems: Set[str], rewriter: Rewriter) -> Snippet:
    """The first stretch of the text that holds most of the matching words, at most some 200 characters."""
    found = [(token.start, token.end) for token in rewriter.rewritten(tokens(text)) if stem(token.norm) in stems]
    found = sorted(set(found))
    start = _best_start(found, len(text))
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = len(text) if len(text) <= start + _WIDTH else max(text.rfind(" ", start, start + _WIDTH), start + 1)
    lead, tail = ("… " if start else ""), (" …" if end < len(text) else "")
    shift = len(lead) - start
    marks = tuple((first + shift, last + shift) for first, last in found if first >= start and last <= end)
    return Snippet(f"{lead}{text[start:end]}{tail}", marks)


def _best_start(found: list[tuple[int, int]], length: int) -> int:
    if length <= _WIDTH or not found:
        return 0
    reach = _WIDTH - 20
    counted = [(-sum(first <= other < first + reach for other, _ in found), first) for first, _ in found]
    start = min(counted)[1]
    return 0 if start < reach and -min(counted)[0] == sum(other < reach for other, _ in found) else start
