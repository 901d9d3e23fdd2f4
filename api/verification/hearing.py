"""What the keys of a statement hear in a sentence: how much of what they are about, and words and figures right or wrong there.

Going against a key is one thing (`keys.py`); here keys lend their alternatives, other words for what the statement tells.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from api.search.stems import stem
from api.verification.keys import Key, Keys
from api.verification.patterns import Alternative, Text, Word, parse, parse_alternatives
from api.verification.reading import Reading

_KEPT = 1_500


@dataclass(frozen=True, slots=True)
class KeySigns:
    """What keys hear: the share of what one of them is about, and whether what is said there, or a figure, is told.

    The words are those of the sentence that stand in a key as right, as wrong, or as what it is about.
    """

    about: float = 0.0
    told: bool = False
    figure: bool = False
    right_words: frozenset[str] = frozenset()
    wrong_words: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


NO_SIGNS = KeySigns()


class Hearing:
    """One sentence as the keys of any statement hear it."""

    def __init__(self, sentence: Text, reading: Reading, keys: Keys) -> None:
        self._text = sentence
        self._reading = reading
        self._keys = keys
        self._starts: dict[str, set[str]] = defaultdict(set)
        for norm in {*self._text.norms, *(piece.norm for piece in reading.pieces if piece.kind == "word")}:
            for start in (stem(norm), *(norm[:length] + "*" for length in range(2, len(norm) + 1))):
                self._starts[start].add(norm)
        self._said = frozenset(self._starts)

    def of(self, statement_id: str) -> KeySigns:
        """What the keys of a statement hear."""
        keys = self._keys.of(statement_id)
        if not keys:
            return NO_SIGNS
        verdicts = [self._verdict(key) for key in keys]
        kinds = {kind for _, kind in verdicts}
        right, wrong, about = (frozenset(self._words(keys, column)) for column in range(3))
        return KeySigns(
            max(share for share, _ in verdicts),
            "told" in kinds,
            "figure" in kinds,
            right,
            wrong,
            about,
        )

    def _words(self, keys: Iterable[Key], column: int) -> Iterator[str]:
        return (
            norm
            for key in keys
            for start in self._said & _words_of(key.told, key.excluded, key.about)[column]
            for norm in self._starts[start]
        )

    def _verdict(self, key: Key) -> tuple[float, str | None]:
        """How much of a key's subject is said, and what it makes of the sentence when all of it is."""
        terms = parse(key.about)
        met = [any(self._stands(alternative) for alternative in term.alternatives) for term in terms]
        needed = [found for found, term in zip(met, terms, strict=True) if not term.banned]
        share = sum(needed) / max(1, len(needed))
        if share < 1 or any(found for found, term in zip(met, terms, strict=True) if term.banned):
            return share, None
        if key.of_figures:
            return share, "figure" if self._keys.tells(key, self._reading) else None
        return share, self._keys.hears(key, self._text)

    def _stands(self, alternative: Alternative) -> bool:
        """Whether an alternative occurs; its first word tells at once where it cannot."""
        return _start(alternative[0][0]) in self._said and next(self._text.places(alternative), None) is not None


@lru_cache(maxsize=_KEPT)
def _words_of(told: str, excluded: str, about: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words of a key: those that are right, those that are wrong, and those of what it is about."""
    subject = [alternative for term in parse(about) if not term.banned for alternative in term.alternatives]
    return _starts_of(parse_alternatives(told)), _starts_of(parse_alternatives(excluded)), _starts_of(subject)


def _starts_of(alternatives: Iterable[Alternative]) -> frozenset[str]:
    return frozenset(_start(word) for alternative in alternatives for run in alternative for word in run)


def _start(word: Word) -> str:
    return word.text + "*" * word.begins
