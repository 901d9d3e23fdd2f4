"""Small patterns over words, written in a line: what a sentence must say for a key of a statement to speak of it.

Terms are parted by spaces and must all occur. Alternatives are parted by `|`, words in a row joined by `_`, what follows later
in the sentence by `~`; a `*` ends the beginning of a word, and a term with a minus sign must not occur.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from api.search.stems import stem
from api.search.terms import normal, spelled, words

_FURTHEST = 14
_SHORTEST_WHOLE = 4
_KEPT = 1_000
_WORDS_KEPT = 8_192


@dataclass(frozen=True, slots=True)
class Word:
    """A stem, or the beginning of a word."""

    text: str
    begins: bool

    def fits(self, norm: str, stemmed: str) -> bool:
        """Whether a word of a sentence is it."""
        return norm.startswith(self.text) if self.begins else stemmed == self.text


Run = tuple[Word, ...]
Alternative = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """Alternatives, one of which must occur, or none of which may."""

    alternatives: tuple[Alternative, ...]
    banned: bool = False

    def places(self, text: "Text") -> Iterator[tuple[int, ...]]:
        """Where its parts begin, each time it occurs in a text."""
        return (place for alternative in self.alternatives for place in text.places(alternative))


class Text:
    """The comparable words of a sentence, in order."""

    def __init__(self, norms: Sequence[str]) -> None:
        self.norms = tuple(norms)
        self.stems = tuple(map(stem, norms))
        self._at: dict[str, list[int]] = {}
        for place, stemmed in enumerate(self.stems):
            self._at.setdefault(stemmed, []).append(place)

    def __add__(self, other: "Text") -> "Text":
        """Both, one after the other."""
        return Text((*self.norms, *other.norms))

    def last(self, count: int) -> "Text":
        """Its last words."""
        return self if len(self.norms) <= count else Text(self.norms[-count:])

    def places(self, alternative: Alternative) -> Iterator[tuple[int, ...]]:
        """Where the parts of an alternative begin, each time it occurs."""
        first, *later = alternative
        for place in self._starts(first[0]):
            if self._stands(first, place) and (after := self._following(later, place + len(first))) is not None:
                yield (place, *after)

    def _starts(self, word: Word) -> Sequence[int]:
        """Where a word stands."""
        if not word.begins:
            return self._at.get(word.text, ())
        return [place for place, norm in enumerate(self.norms) if norm.startswith(word.text)]

    def _following(self, runs: Sequence[Run], after: int) -> list[int] | None:
        """Where further parts begin, each near the end of the one before; None when one is missing."""
        places: list[int] = []
        for run in runs:
            found = next((at for at in range(after, min(after + _FURTHEST, len(self.norms))) if self._stands(run, at)), None)
            if found is None:
                return None
            places.append(found)
            after = found + len(run)
        return places

    def _stands(self, run: Run, place: int) -> bool:
        if place + len(run) > len(self.norms):
            return False
        return all(word.fits(self.norms[place + at], self.stems[place + at]) for at, word in enumerate(run))


NOTHING_SAID = Text(())


@lru_cache(maxsize=_KEPT)
def parse(line: str) -> tuple[Term, ...]:
    """The terms of a line."""
    return tuple(Term(parse_alternatives(term.removeprefix("-")), term.startswith("-")) for term in line.split())


@lru_cache(maxsize=_KEPT)
def parse_alternatives(term: str) -> tuple[Alternative, ...]:
    """What one term allows."""
    found = ([runs for part in each.split("~") if (runs := _runs(part))] for each in term.split("|"))
    return tuple(alternative for parts in found if parts for alternative in product(*parts))


def openings(line: str) -> Iterator[Iterator[Word]]:
    """For each term of a line that must occur, the words its alternatives begin with; far cheaper than its terms."""
    return (_first_words(term) for term in line.split() if not term.startswith("-"))


def _first_words(term: str) -> Iterator[Word]:
    for alternative in term.split("|"):
        runs = (_runs(_head(part)) or _runs(part) for part in alternative.split("~"))
        yield from (run[0] for run in next(filter(None, runs), ()))


def _head(part: str) -> str:
    """The first of the words in a row, as it stands when others follow."""
    piece, follows, _rest = part.partition("_")
    return piece.rstrip("*") if follows else piece


def _runs(part: str) -> tuple[Run, ...]:
    """The words of a part, once for every form its last one takes."""
    pieces = [piece for piece in part.split("_") if piece]
    begins = bool(pieces) and pieces[-1].endswith("*")
    whole = pieces[:-1] if begins else pieces
    run = tuple(word for piece in whole for word in _wholes(piece.rstrip("*")))
    if begins:
        return tuple((*run, last) for last in _beginning(pieces[-1].rstrip("*").casefold()))
    return (run,) if run else ()


@lru_cache(maxsize=_WORDS_KEPT)
def _wholes(piece: str) -> tuple[Word, ...]:
    """The whole words of a piece."""
    return tuple(Word(stem(norm), begins=False) for norm in words(piece))


@lru_cache(maxsize=_WORDS_KEPT)
def _beginning(text: str) -> tuple[Word, ...]:
    """The forms a beginning takes in comparable words: as written, in American spelling, and the singular of a whole word."""
    starts = {spelled(text), spelled(text + "e").removesuffix("e")}
    forms = [text, *sorted(start for start in starts if not start.startswith(text))]
    wholes = {normal(text), normal(text + "es") if text.endswith("i") else text}
    alone = sorted(whole for whole in wholes if len(whole) >= _SHORTEST_WHOLE and not whole.startswith(tuple(forms)))
    return (*(Word(form, begins=True) for form in forms), *(Word(stem(whole), begins=False) for whole in alone))


def says(terms: Sequence[Term], text: Text) -> bool:
    """Whether a text has every term, and none that is banned."""
    return all((next(term.places(text), None) is None) == term.banned for term in terms)
