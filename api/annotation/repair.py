"""Makes dictated and mistyped words comparable: spoken marks, misheard words, split words, spelled letters, typing errors.

Every repaired word keeps the place of what was written, so offsets stay right.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from api.annotation.phrases import Phrases, phrase_key
from api.annotation.spelling import Spelling
from api.annotation.wording import Wording
from api.annotation.words import Word

_SHORTEST_JOINED = 7
_SHORTEST_TRUSTED = 8
_FEWEST_LETTERS = 3
_MOST_LETTERS = 5
_LONGEST_PART = 14


def repaired(words: Sequence[Word], wording: Wording, spelling: Spelling) -> list[Word]:
    """The words as they were probably meant."""
    said = _replaced(_stops_told_apart(words, wording), wording.spoken)
    heard = _by_ear(_replaced(said, wording.heard), wording)
    spelled = _spelled(heard, wording)
    errors = _Errors(spelling)
    errors.foresee(spelled)
    return [errors.corrected(word) for word in _joined(spelled, errors)]


class _Errors:
    """Typing errors of one text; each writing is looked up once."""

    def __init__(self, spelling: Spelling) -> None:
        self.spelling = spelling
        self._meant: dict[str, str | None] = {}

    def foresee(self, words: Sequence[Word]) -> None:
        """Read what these words may be repaired to, and what neighbours among them may make together."""
        self.spelling.foresee({word.norm for word in words if _may_be_wrong(word)})
        wrong = [word for word in words if _may_be_wrong(word) and not self.spelling.knows(word.norm)]
        alone = [form for word in wrong for form in (word.norm, word.text.casefold())]
        unknown = {word.norm for word in wrong}
        pairs = ((one.norm, other.norm) for one, other in pairwise(words) if unknown.issuperset((one.norm, other.norm)))
        together = [a + b for a, b in pairs if _may_be_halves(a, b)]
        self.spelling.foresee_repairs([*alone, *together])

    def corrected(self, word: Word) -> Word:
        """The word, comparable to the one that was meant."""
        meant = self.meant(word)
        return replace(word, norm=meant) if meant else word

    def meant(self, word: Word) -> str | None:
        """The word we know that a word we do not know was meant to be."""
        if not _may_be_wrong(word) or self.spelling.knows(word.norm):
            return None
        written = word.text.casefold()
        if written not in self._meant:
            self._meant[written] = self._nearest(word, written)
        return self._meant[written]

    def _nearest(self, word: Word, written: str) -> str | None:
        repair = self.spelling.repair
        nearest = repair(word.norm) or (repair(written) if written != word.norm else None)
        if nearest is None or (nearest[0] != word.norm[0] and len(word.norm) < _SHORTEST_TRUSTED):
            return None
        return nearest


def _stops_told_apart(words: Sequence[Word], wording: Wording) -> list[Word]:
    """Words with the stops of abbreviations (Cat. 2, vs. fibroadenoma) made passable, so that they end no sentence."""
    return [replace(word, passable=True) if _is_inner_stop(words, place, wording) else word for place, word in enumerate(words)]


def _is_inner_stop(words: Sequence[Word], place: int, wording: Wording) -> bool:
    if words[place].text != "." or place == 0 or place + 1 >= len(words) or words[place - 1].end != words[place].start:
        return False
    after = words[place + 1]
    abbreviated = wording.marks["abbreviations"].at(words, place - 1, place) is not None
    return abbreviated and (after.text[:1].islower() or after.is_number)


def _replaced(words: Sequence[Word], phrases: Phrases[str]) -> list[Word]:
    """Words with each phrase replaced by what it stands for; several words share the place of the phrase."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        hit = phrases.at(words, place)
        if hit is None:
            found.append(words[place])
            place += 1
            continue
        start, end = words[place].start, words[hit.last].end
        for part in phrase_key(hit.values[0]) or (hit.values[0],):
            found.append(Word(part, start, end, part, glued=False, passable=part in ":/"))
        place = hit.last + 1
    return found


def _by_ear(words: Sequence[Word], wording: Wording) -> list[Word]:
    """Words with neighbours that sound like a name replaced by it."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        hit = wording.ear.at(words, place) if words[place].is_word else None
        if hit is None:
            found.append(words[place])
            place += 1
            continue
        name, last = hit
        found += [Word(part, words[place].start, words[last].end, part, glued=False, passable=False) for part in name]
        place = last + 1
    return found


def _spelled(words: Sequence[Word], wording: Wording) -> list[Word]:
    """Words with runs of single letters put together where they spell a word we know (d c i s)."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        if len(words[place].norm) != 1:
            found.append(words[place])
            place += 1
            continue
        run = _letters_from(words, place)
        joined = "".join(words[at].norm for at in run)
        while len(run) >= _FEWEST_LETTERS and joined not in wording.vocabulary:
            run, joined = run[:-1], joined[:-1]
        if len(run) >= _FEWEST_LETTERS:
            found.append(_merged(words[run[0]], words[run[-1]], joined))
            place = run[-1] + 1
        else:
            found.append(words[place])
            place += 1
    return found


def _letters_from(words: Sequence[Word], place: int) -> list[int]:
    run: list[int] = []
    while place < len(words) and len(run) < _MOST_LETTERS:
        if len(words[place].norm) == 1 and words[place].norm.isalpha():
            run.append(place)
        elif not (run and words[place].text == "."):
            break
        place += 1
    return run


def _joined(words: Sequence[Word], errors: _Errors) -> list[Word]:
    """Words with halves put together where they make a word we know (lump ectomy, fibro-adenoma)."""
    found: list[Word] = []
    before: Word | None = None
    for word in words:
        joined = _whole(before, word, errors) if before and before.is_word and word.is_word else None
        if before and joined:
            found[-1] = _merged(before, word, joined)
            before = None
        else:
            found.append(word)
            before = word
    return found


def _whole(one: Word, other: Word, errors: _Errors) -> str | None:
    """The word that two halves make; mistyped itself only where neither half passes for a mistyped word."""
    a, b, spelling = one.norm, other.norm, errors.spelling
    if not _may_be_halves(a, b):
        return None
    together = a + b
    if together in spelling.vocabulary:
        return None if a in spelling.vocabulary and b in spelling.vocabulary else together
    if len(together) < _SHORTEST_TRUSTED or not together.isascii() or spelling.knows(a) or spelling.knows(b):
        return None
    return None if errors.meant(one) or errors.meant(other) else spelling.repair(together)


def _may_be_wrong(word: Word) -> bool:
    return word.norm.isalpha() and word.norm.isascii()


def _may_be_halves(a: str, b: str) -> bool:
    lengths = len(a), len(b)
    return max(lengths) <= _LONGEST_PART and min(lengths) >= _FEWEST_LETTERS - 1 and sum(lengths) >= _SHORTEST_JOINED


def _merged(first: Word, last: Word, norm: str) -> Word:
    return Word(norm, first.start, last.end, norm, glued=False, passable=False)
