"""Completes what a person is typing with names of concepts and questions people ask."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from api.search.find import HitKind
from api.search.index import Entry, Index, as_json, packed, unpacked
from api.search.labels import Name
from api.search.terms import normal, words
from api.vocabulary import LabelKind

_KIND_ORDER = {kind: place for place, kind in enumerate(LabelKind)}
_PART, _TEXT = "begins", "completes"
_LONGEST_BEGINNING = 20
_MOST_HELD, _MOST_READ, _AT_ONCE = 8_192, 2_000, 100


@dataclass(frozen=True)
class Suggestion:
    """A completion and what it leads to."""

    text: str
    kind: HitKind
    key: str


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that may complete; of two at the same place the less heavy one comes first, a question a place further on."""

    suggestion: Suggestion
    weight: int

    def order(self, place: int) -> tuple[int, int, int, str, str]:
        """What completions are sorted by."""
        text = self.suggestion.text
        further = self.suggestion.kind is HitKind.QUESTION
        return (place + further, self.weight, len(text), text, self.suggestion.key)


def suggestion_entries(names: Iterable[Name], questions: Iterable[tuple[str, str]]) -> Iterator[Entry]:
    """Every text that may complete, and by each beginning of its words which ones, best first; questions by text and slug."""
    texts = [(_KIND_ORDER[name.kind], len(name.text), name.text, name.slug) for name in names]
    first_question = len(texts)
    texts += [(len(_KIND_ORDER), len(text), text, slug) for text, slug in questions]
    for number, (weight, _, text, key) in enumerate(texts):
        kind = HitKind.CONCEPT if number < first_question else HitKind.QUESTION
        yield f"{_TEXT}/{number}", as_json([text, kind, key, weight])
    found: dict[str, tuple[array[int], ...]] = {}
    for number in sorted(range(len(texts)), key=texts.__getitem__):
        have = words(texts[number][2])
        for beginning in {word[:end] for word in have for end in range(1, min(len(word), _LONGEST_BEGINNING) + 1)}:
            place = (not have[0].startswith(beginning)) + (number >= first_question)
            if beginning not in found:
                found[beginning] = (array("I"), array("I"), array("I"))
            held = found[beginning][place]
            if len(held) < _MOST_HELD:
                held.append(number)
    for beginning, (first, second, third) in found.items():
        yield f"{_PART}/{beginning}", packed((first + second + third)[:_MOST_HELD])


def suggest(index: Index, typed: str, most: int) -> list[Suggestion]:
    """Completions of a text, best first: names that begin with it, then names and questions that have its words."""
    given = words(typed)
    if not given:
        return []
    beginnings = {given[-1], normal(typed.split()[-1])} - {""}
    index.want(f"{_PART}/{word[:_LONGEST_BEGINNING]}" for word in {*given, *beginnings})
    if len(given) == 1 and len(beginnings) == 1 and len(given[0]) <= _LONGEST_BEGINNING:
        return _distinct(_in_order(index, given[0]), most)
    found = _read(index, _having(index, given, beginnings))
    placed = ((text, _place(words(text.suggestion.text), given, beginnings)) for text in found)
    ordered = sorted(((text.order(place), text.suggestion) for text, place in placed if place is not None), key=itemgetter(0))
    return _distinct((suggestion for _, suggestion in ordered), most)


def _in_order(index: Index, beginning: str) -> Iterator[Suggestion]:
    """The texts with a word that begins so; they stand in order."""
    numbers = _numbers(index, beginning)
    for start in range(0, len(numbers), _AT_ONCE):
        yield from (text.suggestion for text in _read(index, numbers[start : start + _AT_ONCE]))


def _having(index: Index, given: Sequence[str], beginnings: set[str]) -> list[int]:
    """The texts that have a word for each given one."""
    ends = {number for beginning in beginnings for number in _numbers(index, beginning)}
    return sorted(ends.intersection(*(_numbers(index, word) for word in given[:-1])))[:_MOST_READ]


def _numbers(index: Index, beginning: str) -> Sequence[int]:
    return unpacked("I", index.get(f"{_PART}/{beginning[:_LONGEST_BEGINNING]}") or b"")[0]


def _read(index: Index, numbers: Sequence[int]) -> list[_Text]:
    index.want(f"{_TEXT}/{number}" for number in numbers)
    told = (index.told(f"{_TEXT}/{number}") for number in numbers)
    return [_Text(Suggestion(text, HitKind(kind), key), weight) for text, kind, key, weight in told]


def _place(have: tuple[str, ...], given: tuple[str, ...], beginnings: set[str]) -> int | None:
    *whole, _last = given
    for place in range(len(have) - len(given) + 1):
        run = have[place : place + len(given)]
        if list(run[:-1]) == whole and run[-1].startswith(tuple(beginnings)):
            return 0 if place == 0 else 1
    if all(any(word.startswith(part) for word in have) for part in given):
        return 2
    return None


def _distinct(suggestions: Iterable[Suggestion], most: int) -> list[Suggestion]:
    seen: set[tuple[str, ...]] = set()
    keys: dict[str, int] = {}
    kept: list[Suggestion] = []
    for suggestion in suggestions:
        comparable = words(suggestion.text)
        if comparable in seen or keys.get(suggestion.key, 0) > 1:
            continue
        seen.add(comparable)
        keys[suggestion.key] = keys.get(suggestion.key, 0) + 1
        kept.append(suggestion)
        if len(kept) == most:
            break
    return kept
