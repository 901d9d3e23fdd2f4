"""Figures are in range, agree with their counts, and every number a sentence gives is typed."""

import re
from collections.abc import Iterator

from api.errors import Finding
from api.seeding.book import Book
from api.seeding.records import ConfidenceIntervalRecord, FigureRecord, StatementRecord
from api.vocabulary import IntervalOrigin, Unit

_PERCENT = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(?:\s?%|(?:\s(?:to|and|or)\s|-|–)(?=\d+(?:\.\d+)?\s?%))")
_COUNTS = re.compile(r"(?<![\w.,])(\d[\d,]*) of (?:the |all |these |those )?(\d[\d,]*)\b(?! (?:in|of|out))")
_ODDS = re.compile(
    r"(?<![\w.,])(\d[\d,]*)(?: to (\d[\d,]*))? (?:in|out of)(?: every)? (\d[\d,]*)\b(?! ?(?:%|mm|cm|years|days|weeks|months))"
)
_MEASURED = re.compile(
    r"(?<![\w.,])(\d[\d,]*(?:\.\d+)?)\s?"
    r"(%|mm|cm|µm|micrometres?|micrometers?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|mSv|mGy|gauge)\b"
)
_UNITS = {
    "mm": Unit.MILLIMETRES,
    "cm": Unit.CENTIMETRES,
    "µm": Unit.MICROMETRES,
    "micrometre": Unit.MICROMETRES,
    "micrometer": Unit.MICROMETRES,
    "mSv": Unit.MILLISIEVERT,
    "mGy": Unit.MILLIGRAY,
}
_ROUGH = 0.051
_FINE = 0.0101
_ROUGH_FROM = 0.1
_COUNT_TOLERANCE = 0.006


def in_range(book: Book) -> Iterator[Finding]:
    """Proportions run from 0 to 1, bounds are ordered, an interval holds its value, something is given."""
    for file, key, figure in _figures(book):
        numbers = numbers_of(figure)
        if not numbers and figure.n is None and figure.events is None:
            yield Finding(file, key, "the figure holds no number; give value, low, high, events or n")
        if figure.unit is Unit.PROPORTION and any(not 0 <= number <= 1 for number in numbers):
            yield Finding(file, key, "a proportion runs from 0 to 1; write 0.29 for 29%")
        if figure.low is not None and figure.high is not None and figure.low > figure.high:
            yield Finding(file, key, "low is above high; swap them")
        if figure.interval and figure.value is not None and not _inside(figure.value, figure.interval):
            yield Finding(file, key, "the value lies outside its confidence interval; check the source")


def counts_agree(book: Book) -> Iterator[Finding]:
    """Events never exceed n, and their quotient is the proportion given."""
    for file, key, figure in _figures(book):
        if figure.events is None or figure.n is None:
            continue
        if figure.events > figure.n:
            yield Finding(file, key, f"{figure.events} events of {figure.n}: events cannot exceed n")
        elif not _quotient_agrees(figure):
            share = figure.events / figure.n
            yield Finding(file, key, f"{figure.events}/{figure.n} is {share:.3f}, not {figure.value}")
        if figure.interval and figure.interval.origin is IntervalOrigin.WILSON:
            yield Finding(file, key, "leave computed intervals out; they are worked out when the figure is served")


def _inside(value: float, interval: ConfidenceIntervalRecord) -> bool:
    return interval.low <= value <= interval.high


def _quotient_agrees(figure: FigureRecord) -> bool:
    if figure.unit is not Unit.PROPORTION or figure.value is None or not figure.n or figure.events is None:
        return True
    return abs(figure.events / figure.n - figure.value) <= _COUNT_TOLERANCE


def typed(book: Book) -> Iterator[Finding]:
    """Every percentage, count, odds and measure a sentence gives stands in one of its figures."""
    for concept in book.concepts.values():
        for statement in concept.statements:
            for wanted in untyped(statement):
                yield Finding(
                    book.file(concept),
                    statement.id,
                    f"the text says '{wanted}' but no figure holds it; add a figure or reword",
                )


def untyped(statement: StatementRecord) -> Iterator[str]:
    """The numbers of a statement's text that none of its figures holds."""
    figures = statement.figures
    text = statement.text
    for match in _PERCENT.finditer(text):
        if not any(_shows_percent(figure, match[1]) for figure in figures):
            yield match[0].strip()
    for match in _COUNTS.finditer(text):
        events, n = _number(match[1]), _number(match[2])
        if not any(_holds(f, n) and (_holds(f, events) or _roughly(f, events / n if n else 0)) for f in figures):
            yield match[0]
    for match in _ODDS.finditer(text):
        n = _number(match[3])
        shares = [_number(part) / n for part in (match[1], match[2]) if part and n]
        if not all(any(_roughly(figure, share) or _holds(figure, n) for figure in figures) for share in shares):
            yield match[0]
    for match in _MEASURED.finditer(text):
        if match[2] != "%" and not any(_shows_measure(f, match[1], match[2]) for f in figures):
            yield match[0]


def counts_printed(text: str) -> Iterator[tuple[int, int, str]]:
    """Every 'events of n' a text prints, with the words."""
    for match in _COUNTS.finditer(text):
        yield int(_number(match[1])), int(_number(match[2])), match[0]


def _shows_percent(figure: FigureRecord, shown: str) -> bool:
    decimals = len(shown.partition(".")[2])
    tolerance = 0.5 * 10**-decimals + 1e-9
    numbers = numbers_of(figure)
    if figure.unit is Unit.PROPORTION:
        numbers = [100 * number for number in numbers]
    if figure.events is not None and figure.n:
        numbers.append(100 * figure.events / figure.n)
    if figure.interval:
        numbers.append(100 * figure.interval.level)
    return any(abs(float(shown) - number) <= tolerance for number in numbers)


def _shows_measure(figure: FigureRecord, shown: str, unit_word: str) -> bool:
    word = unit_word if unit_word in _UNITS else unit_word.rstrip("s")
    unit = _UNITS.get(word) or next((u for u in Unit if u.value.rstrip("s") == word), None)
    if figure.unit is not unit:
        return False
    return any(abs(_number(shown) - number) < 1e-9 for number in numbers_of(figure))


def _holds(figure: FigureRecord, number: float) -> bool:
    return number in (figure.events, figure.n) or (figure.unit is Unit.COUNT and number in numbers_of(figure))


def _roughly(figure: FigureRecord, share: float) -> bool:
    if figure.unit is Unit.PER_THOUSAND:
        return any(abs(number / 1000 - share) <= 0.0051 for number in numbers_of(figure))
    if figure.unit is not Unit.PROPORTION:
        return False
    numbers = numbers_of(figure)
    if figure.events is not None and figure.n:
        numbers.append(figure.events / figure.n)
    tolerance = _ROUGH if _ROUGH_FROM <= share <= 1 - _ROUGH_FROM else _FINE
    return any(abs(number - share) <= tolerance for number in numbers)


def numbers_of(figure: FigureRecord) -> list[float]:
    """The numbers a figure gives for its value, bounds and interval, in its own unit."""
    given = [figure.value, figure.low, figure.high]
    if figure.interval:
        given += [figure.interval.low, figure.interval.high]
    return [number for number in given if number is not None]


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _figures(book: Book) -> Iterator[tuple[str, str, FigureRecord]]:
    for concept in book.concepts.values():
        for statement in concept.statements:
            for position, figure in enumerate(statement.figures):
                yield book.file(concept), f"{statement.id}.figures.{position}", figure


RULES = (in_range, counts_agree, typed)
