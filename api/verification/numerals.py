"""Numbers in words and digits: where they stand, how much they are, and how finely they were told."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.verification.lexicon import Lexicon
from api.verification.words import Piece

_LARGEST_UNIT = 10


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number; `after` is the piece that follows it, `step` half of its last told place."""

    value: float
    after: int
    step: float
    decimals: bool = False
    worded: bool = False
    grouped: bool = False


def number_word(piece: Piece) -> str:
    """The word as number words are listed: no case, no plural; not the spelling-blind form, which takes 'four' for 'for'."""
    word = piece.text.casefold()
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


def numeral_at(pieces: Sequence[Piece], place: int, lexicon: Lexicon) -> Numeral | None:
    """The number that starts at a place: digits, or words such as 'forty-two' or 'two and a half'."""
    if place >= len(pieces):
        return None
    if pieces[place].kind == "number":
        return _digits(pieces, place, lexicon)
    return _worded(pieces, place, lexicon)


def _digits(pieces: Sequence[Piece], place: int, lexicon: Lexicon) -> Numeral:
    piece = pieces[place]
    fraction = piece.norm.partition(".")[2]
    value, step = float(piece.norm), 0.5 * 10 ** -len(fraction)
    after = place + 1
    if after < len(pieces) and number_word(pieces[after]) in lexicon.multipliers:
        factor = lexicon.multipliers[number_word(pieces[after])]
        value, step, after = value * factor, step * factor, after + 1
    return Numeral(value, after, step, bool(fraction), grouped="," in piece.text)


def _worded(pieces: Sequence[Piece], place: int, lexicon: Lexicon) -> Numeral | None:
    total, current, seen, last, at = 0.0, 0.0, False, 0, place
    if pieces[place].norm == "a" and place + 1 < len(pieces) and number_word(pieces[place + 1]) in lexicon.multipliers:
        current, at, seen = 1.0, place + 1, True
    while at < len(pieces):
        norm = number_word(pieces[at])
        if norm in lexicon.numbers and (not seen or _continues(last, lexicon.numbers[norm])):
            last = lexicon.numbers[norm]
            current, seen, at = current + last, True, at + 1
        elif norm in lexicon.multipliers and seen:
            total, current = _multiplied(total, current, lexicon.multipliers[norm])
            last, at = lexicon.multipliers[norm], at + 1
        elif _joins(pieces, at, lexicon, seen=seen, last=last):
            at += 1
        else:
            break
    if not seen:
        return None
    value, step = total + current, 0.5
    if _and_a_half(pieces, at):
        value, step, at = value + 0.5, 0.25, at + 3
    return Numeral(value, at, step, worded=True)


def _multiplied(total: float, current: float, factor: int) -> tuple[float, float]:
    if factor == 100:
        return total, (current or 1) * factor
    return total + (current or 1) * factor, 0.0


def _continues(last: int, value: int) -> bool:
    """'forty' goes on with 'two'; 'hundred' goes on with anything smaller."""
    if last >= 100:
        return value < last
    return last >= 20 and last % 10 == 0 and 0 < value < _LARGEST_UNIT


def _joins(pieces: Sequence[Piece], at: int, lexicon: Lexicon, *, seen: bool, last: int) -> bool:
    if not seen or at + 1 >= len(pieces) or number_word(pieces[at + 1]) not in lexicon.numbers:
        return False
    following = lexicon.numbers[number_word(pieces[at + 1])]
    if pieces[at].norm == "-":
        return _continues(last, following) and last < 100
    return pieces[at].norm == "and" and last >= 100 and following < last


def _and_a_half(pieces: Sequence[Piece], at: int) -> bool:
    return [piece.norm for piece in pieces[at : at + 3]] == ["and", "a", "half"]
