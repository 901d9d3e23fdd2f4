"""Reads what a person typed: comparable words, shorthand written out, typing errors repaired against the release's own words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from api.search.healing import SWAPPED, Healer, Unit, opening_entries
from api.search.index import Entry, Index
from api.search.sounds import Sounds, sound_entries
from api.search.spelling import Speller, speller_entries
from api.search.stems import stem
from api.search.terms import Token, normal, tokens, words

_SENTENCE_END = re.compile(r"[.?!;:\n](?:\W|$)")
_SHORT = (3, 4)
WORD = "word"
_NO_STOP = frozenset({" ", "-", ""})


@dataclass(frozen=True, slots=True)
class Correction:
    """A word as typed and as understood."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """The stems of a sentence, and whether it ends as a question."""

    stems: tuple[str, ...]
    asks: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as understood: tokens keep the offsets of the text as typed."""

    text: str
    tokens: tuple[Token, ...]
    corrections: tuple[Correction, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The comparable words."""
        return tuple(token.norm for token in self.tokens)

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of the comparable words."""
        return tuple(stem(token.norm) for token in self.tokens)

    def sentences(self) -> list[Sentence]:
        """The text sentence by sentence."""
        parts: list[list[str]] = []
        ends: list[int] = []
        for token in self.tokens:
            if not ends or _SENTENCE_END.search(self.text, ends[-1], token.start):
                parts.append([])
                ends.append(token.end)
            parts[-1].append(stem(token.norm))
            ends[-1] = max(ends[-1], token.end)
        marks = (_SENTENCE_END.search(self.text, end) for end in ends)
        return [Sentence(tuple(part), bool(mark and mark[0].startswith("?"))) for part, mark in zip(parts, marks, strict=True)]


class Rewriter:
    """Writes shorthand out: runs of words that mean the same are replaced by one wording, the longest run first."""

    def __init__(self, rewrites: Mapping[str, Iterable[str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for meant, written in rewrites.items():
            for form in written:
                run = words(form)
                if run:
                    self._by_first.setdefault(run[0], []).append((run, words(meant)))
        for runs in self._by_first.values():
            runs.sort(key=lambda pair: (-len(pair[0]), pair))

    def rewritten(self, given: Sequence[Token]) -> list[Token]:
        """The tokens with every known run replaced; replacements carry the offsets of the run they stand for."""
        result: list[Token] = []
        for first, size, meant in self._runs([token.norm for token in given]):
            if meant is None:
                result.append(given[first])
                continue
            typed = " ".join(token.text for token in given[first : first + size])
            result += [Token(typed, given[first].start, given[first + size - 1].end, word) for word in meant]
        return result

    def words(self, text: str) -> tuple[str, ...]:
        """The comparable words of a text, shorthand written out."""
        return self.folded(words(text))

    def folded(self, given: Sequence[str]) -> tuple[str, ...]:
        """Comparable words with shorthand written out."""
        if self._by_first.keys().isdisjoint(given):
            return tuple(given)
        return tuple(word for first, _, meant in self._runs(given) for word in ((given[first],) if meant is None else meant))

    def _runs(self, given: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...] | None]]:
        place = 0
        while place < len(given):
            for run, meant in self._by_first.get(given[place], ()):
                if tuple(given[place : place + len(run)]) == run:
                    yield place, len(run), meant
                    place += len(run)
                    break
            else:
                yield place, 1, None
                place += 1


def reading_entries(vocabulary: Mapping[str, int], abbreviations: Iterable[str]) -> Iterator[Entry]:
    """What typed words are held against: comparable words with their frequencies, and abbreviations with two letters swapped."""
    swapped = [(form, short) for short in sorted(set(abbreviations)) if len(short) in _SHORT for form in _swaps(short)]
    clashes = Counter(form for form, _ in swapped)
    yield from ((f"{SWAPPED}/{form}", short.encode()) for form, short in swapped if clashes[form] == 1)
    yield from speller_entries(WORD, vocabulary)
    yield from sound_entries(vocabulary)
    yield from opening_entries(vocabulary)


class Reader:
    """Understands typed text against the vocabulary of comparable words of the index."""

    def __init__(self, rewriter: Rewriter, index: Index) -> None:
        self.rewriter = rewriter
        self._index = index
        self._speller = Speller(index, WORD)
        self._healer = Healer(index, self._speller, Sounds(index))

    def read(self, text: str) -> Reading:
        """The text as understood, in time linear in its length."""
        written = [list(group) for _, group in groupby(self.rewriter.rewritten(tokens(text)), key=lambda token: token.start)]
        self._index.want(self._speller.known_keys(token.norm for group in written for token in group))
        corrections: dict[str, Correction] = {}
        repaired: list[Token] = []
        place = 0
        between = [text[one[-1].end : other[0].start] for one, other in pairwise(written)]
        follows = [False, *(gap in _NO_STOP for gap in between)]
        for way in self._healer.heal([self._unit(*unit) for unit in zip(written, follows, strict=False)]):
            repaired += [token for group in written[place : way.first] for token in group]
            place = way.first + way.size
            start, end = written[way.first][0].start, written[place - 1][0].end
            typed = text[start:end]
            corrections.setdefault(typed.lower(), Correction(typed, " ".join(way.words)))
            repaired += [Token(typed, start, end, normal(word)) for word in way.words]
        repaired += [token for group in written[place:] for token in group]
        return Reading(text, tuple(self.rewriter.rewritten(repaired)), tuple(corrections.values()))

    def _unit(self, group: Sequence[Token], follows: bool) -> Unit:
        """What was typed as one; only words of plain letters may be meant otherwise."""
        words = tuple(token.norm for token in group)
        letters = normal(group[0].text.replace(" ", "")) if all(part.isalpha() for part in group[0].text.split()) else ""
        known = not letters or len(group) > 1 or all(not word.isalpha() or self._speller.knows(word) for word in words)
        return Unit(letters, words, known, follows)


def _swaps(word: str) -> set[str]:
    forms = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    return forms - {word}
