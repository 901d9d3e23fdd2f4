"""Completes what a person is typing with names of concepts and questions people ask."""

from dataclasses import dataclass

from api.search.find import HitKind
from api.search.library import Library
from api.search.terms import normal, words
from api.vocabulary import LabelKind

_KIND_ORDER = {kind: place for place, kind in enumerate(LabelKind)}


@dataclass(frozen=True)
class Suggestion:
    """A completion and what it leads to."""

    text: str
    kind: HitKind
    key: str


def suggest(library: Library, typed: str, most: int) -> list[Suggestion]:
    """Completions of a text, best first: names that begin with it, then names and questions that have its words."""
    given = words(typed)
    if not given:
        return []
    scored: list[tuple[tuple[int, int, int, str], Suggestion]] = []
    for name in library.all_names:
        place = _place(words(name.text), given, typed)
        if place is not None:
            order = (place, _KIND_ORDER[name.kind], len(name.text), name.text)
            scored.append((order, Suggestion(name.text, HitKind.CONCEPT, name.slug)))
    for question in library.questions:
        place = _place(words(question.text), given, typed)
        if place is not None:
            order = (place + 1, len(_KIND_ORDER), len(question.text), question.text)
            scored.append((order, Suggestion(question.text, HitKind.QUESTION, question.slug)))
    scored.sort(key=lambda item: (item[0], item[1].key))
    return _distinct([suggestion for _, suggestion in scored], most)


def _place(have: tuple[str, ...], given: tuple[str, ...], typed: str) -> int | None:
    *whole, last = given
    beginning = normal(typed.split()[-1]) if typed.split() else last
    for place in range(len(have) - len(given) + 1):
        run = have[place : place + len(given)]
        if list(run[:-1]) == whole and (run[-1].startswith(last) or run[-1].startswith(beginning)):
            return 0 if place == 0 else 1
    if all(any(word.startswith(part) for word in have) for part in given):
        return 2
    return None


def _distinct(suggestions: list[Suggestion], most: int) -> list[Suggestion]:
    seen: set[tuple[str, ...]] = set()
    keys: dict[str, int] = {}
    kept = []
    for suggestion in suggestions:
        comparable = words(suggestion.text)
        if comparable in seen or keys.get(suggestion.key, 0) > 1:
            continue
        seen.add(comparable)
        keys[suggestion.key] = keys.get(suggestion.key, 0) + 1
        kept.append(suggestion)
    return kept[:most]
