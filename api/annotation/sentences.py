"""Cuts a report into sentences: at marks, at line ends that end something, and before runs too long to belong together."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.annotation.wording import Wording
from api.annotation.words import Word

_ENDS = frozenset(".;!")
_LONGEST = 120
_LONGEST_HEADING = 5
_BULLETS = frozenset("-*•·>")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words that belong together: positions `first` to `last` inclusive. `section` is the heading it stands under."""

    first: int
    last: int
    section: str | None


def sentences(words: Sequence[Word], wording: Wording) -> list[Sentence]:
    """The sentences of a report in order; every word is in one."""
    found: list[Sentence] = []
    section: str | None = None
    first = 0
    for place in range(len(words)):
        if not (_ends_here(words, place) or place - first >= _LONGEST or place == len(words) - 1):
            continue
        section = _section(words, first, place, wording, section)
        found.append(Sentence(first, place, section))
        first = place + 1
    return found


def _ends_here(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    if word.norm in _ENDS:
        return not word.passable
    following = words[place + 1] if place + 1 < len(words) else None
    if word.norm == "?" and following and following.start > word.end:
        return following.text[:1].isupper() and place > 0 and words[place - 1].is_word and words[place - 1].end == word.start
    if word.norm == "\n":
        return following is None or not following.text[:1].islower()
    return False


def _section(words: Sequence[Word], first: int, last: int, wording: Wording, section: str | None) -> str | None:
    """The heading the sentence opens with, or the one it stands under."""
    while first < last and (words[first].norm == "\n" or words[first].norm in _BULLETS):
        first += 1
    for place in range(first, min(first + _LONGEST_HEADING, last + 1)):
        if words[place].text == ":":
            hit = wording.headings.at(words, first)
            return hit.values[0] if hit and hit.last < place else (section if first == place else None)
    return section
