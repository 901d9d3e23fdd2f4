"""Years and short dates in a report: 2019, 5/22, twenty twenty two, two thousand nine."""

from collections.abc import Sequence

from api.annotation.sentences import Sentence
from api.annotation.wording import Wording
from api.annotation.words import Word

_FIRST_YEAR, _LAST_YEAR = 1950, 2060
_SPOKEN_CENTURY = 20
_FIRST_TENS = 10
_MONTHS = 12
_TWO_DIGITS = 2
_YEAR_DIGITS = 6


def year_from(words: Sequence[Word], place: int, sentence: Sentence, wording: Wording) -> int | None:
    """The last word of the year that starts at a place; None: no year does."""
    norm = words[place].norm
    if norm.isdigit() and _FIRST_YEAR <= int(norm[:_YEAR_DIGITS]) <= _LAST_YEAR:
        return place
    if _is_short_date(words, place, sentence):
        return place + 2
    return _spoken_year(words, place, sentence, wording) if norm in wording.numbers and place < sentence.last else None


def _spoken_year(words: Sequence[Word], place: int, sentence: Sentence, wording: Wording) -> int | None:
    if millennium := wording.marks["millennium"].at(words, place, sentence.last + 1):
        after = millennium.last + 1
        return after if after <= sentence.last and words[after].norm in wording.numbers else millennium.last
    tens = wording.numbers.get(words[place + 1].norm, 0)
    return place + 1 if wording.numbers[words[place].norm] == _SPOKEN_CENTURY and tens >= _FIRST_TENS else None


def _is_short_date(words: Sequence[Word], place: int, sentence: Sentence) -> bool:
    """A month and a short year (5/22); never months out of twelve (6/12), nor the end of a whole date."""
    if place + 2 > sentence.last or words[place + 1].text != "/":
        return False
    if place > sentence.first and words[place - 1].text == "/":
        return False
    month, year = words[place].norm, words[place + 2].norm
    if not (month.isdigit() and year.isdigit() and len(month) <= _TWO_DIGITS and len(year) == _TWO_DIGITS) or year == str(
        _MONTHS
    ):
        return False
    follows = words[place + 3] if place + 3 <= sentence.last else None
    return 1 <= int(month) <= _MONTHS and not words[place + 2].glued and not (follows and follows.text == "/")
