"""Cuts a text into sentences with exact offsets, in time linear in its length."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_END = re.compile(r"[.!?…]+[\"'”’)\]*_]*(?=\s|$)|\n+|[。！？]+")
_LEAD = re.compile(r"(?:[\s\-*•·–—#>|]|\d{1,2}[.)](?=\s))*")
_LAST_WORD = re.compile(r"(\S{1,12})$")
_LONGEST_WORD = 12


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its place: `text == whole[start:end]`."""

    text: str
    start: int
    end: int


def split(text: str, abbreviations: frozenset[str]) -> list[Sentence]:
    """The sentences of a text in order; list marks and blanks around them belong to none."""
    return [sentence for first, last in _spans(text, abbreviations) if (sentence := _trimmed(text, first, last))]


def _spans(text: str, abbreviations: frozenset[str]) -> Iterator[tuple[int, int]]:
    first = 0
    for match in _END.finditer(text):
        if match[0].startswith("\n") or not _inside(text, match, abbreviations):
            yield first, match.start() if match[0].startswith("\n") else match.end()
            first = match.end()
    yield first, len(text)


def _inside(text: str, match: re.Match[str], abbreviations: frozenset[str]) -> bool:
    """Whether a full stop belongs to an abbreviation or a list number and ends no sentence."""
    if match[0] != ".":
        return False
    word = _LAST_WORD.search(text, max(0, match.start() - _LONGEST_WORD), match.start())
    if not word:
        return False
    last = word[1].casefold().lstrip("([\"'“‘*")
    following = text[match.end() : match.end() + 3].lstrip()
    if last in abbreviations or (len(last) == 1 and last.isalpha() and last not in "i"):
        return not following or not following[0].isupper() or last in abbreviations - {"etc", "u.s", "u.k", "no", "al"}
    line = text.rfind("\n", 0, match.start()) + 1
    return last.isdigit() and not text[line : match.start() - len(word[1])].strip(" \t-*#>")


def _trimmed(text: str, first: int, last: int) -> Sentence | None:
    lead = _LEAD.match(text, first, last)
    start = lead.end() if lead else first
    end = last
    while end > start and text[end - 1].isspace():
        end -= 1
    if not any(letter.isalnum() for letter in text[start:end]):
        return None
    return Sentence(text[start:end], start, end)
