"""Makes dictated and mistyped words comparable: spoken marks, misheard words, split words, spelled letters, typing errors.

Every repaired word keeps the place of what was written, so offsets stay right.
"""

from collections.abc import Sequence
from dataclasses import replace

from api.annotation.phrases import Phrases, phrase_key
from api.annotation.wording import Wording
from api.annotation.words import Word

_SHORTEST_JOINED = 7
_SHORTEST_TRUSTED = 8
_FEWEST_LETTERS = 3
_MOST_LETTERS = 5
_LONGEST_PART = 14


def repaired(words: Sequence[Word], wording: Wording) -> list[Word]:
    """The words as they were probably meant."""
    said = _replaced(_stops_told_apart(words, wording), wording.spoken)
    heard = _replaced(said, wording.heard)
    whole = _joined(_spelled(heard, wording), wording)
    meant: dict[str, str | None] = {}
    return [_corrected(word, wording, meant) for word in whole]


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


def _spelled(words: Sequence[Word], wording: Wording) -> list[Word]:
    """Words with runs of single letters put together where they spell a word we know (d c i s)."""
    found: list[Word] = []
    place = 0
    while place < len(words):
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


def _joined(words: Sequence[Word], wording: Wording) -> list[Word]:
    """Words with halves put together where they make a word we know (lump ectomy, fibro-adenoma)."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        joined = _whole(words[place], words[place + 1], wording) if place + 1 < len(words) else None
        found.append(_merged(words[place], words[place + 1], joined) if joined else words[place])
        place += 2 if joined else 1
    return found


def _whole(one: Word, other: Word, wording: Wording) -> str | None:
    a, b = one.norm, other.norm
    if not (a.isalpha() and b.isalpha()) or max(len(a), len(b)) > _LONGEST_PART or min(len(a), len(b)) < _FEWEST_LETTERS - 1:
        return None
    if (a in wording.vocabulary and b in wording.vocabulary) or len(a) + len(b) < _SHORTEST_JOINED:
        return None
    together = a + b
    if together in wording.vocabulary:
        return together
    if a in wording.known or b in wording.known or len(together) < _SHORTEST_TRUSTED:
        return None
    return wording.speller.repair(together)


def _merged(first: Word, last: Word, norm: str) -> Word:
    return Word(norm, first.start, last.end, norm, glued=False, passable=False)


def _corrected(word: Word, wording: Wording, known_repairs: dict[str, str | None]) -> Word:
    if not word.norm.isalpha() or word.norm in wording.known:
        return word
    written = word.text.casefold()
    if written not in known_repairs:
        known_repairs[written] = _meant(word, written, wording)
    meant = known_repairs[written]
    return replace(word, norm=meant) if meant else word


def _meant(word: Word, written: str, wording: Wording) -> str | None:
    meant = wording.speller.repair(word.norm) or (wording.speller.repair(written) if written != word.norm else None)
    if meant is None or (meant[0] != word.norm[0] and len(word.norm) < _SHORTEST_TRUSTED):
        return None
    return meant
