"""Reads which two names a sentence links: 'X is another name for Y', 'X used to be called Y', 'X gave way to Y'."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.verification.naming_names import Named, Names
from api.verification.naming_words import Age
from api.verification.words import Phrases

_REMOTE = 8
_OPPOSITE = {Age.OLDER: Age.NEWER, Age.NEWER: Age.OLDER, None: None}


@dataclass(frozen=True, slots=True)
class Naming:
    """Names said to mean the same; `age` is the left one's. `described` when more than a name stands on one side."""

    left: tuple[Named, ...]
    right: tuple[Named, ...]
    age: Age | None = None
    described: bool = False


def namings(names: Names) -> Iterator[Naming]:
    """Every two sides that a sentence links as names of the same."""
    for place in range(len(names.norms)):
        yield from _of_noun(names, place)
        yield from _of_verb(names, place)
        yield from _of_change(names, place)


def _of_noun(names: Names, place: int) -> Iterator[Naming]:
    """'X is an older name for Y', 'another name for Y is X'."""
    words = names.words
    noun = words.nouns.at(names.norms, place)
    start = place + noun[0] if noun else place
    start, later = _through(names, start) if noun else (place, None)
    if not noun:
        return
    opened, age = _back(names, place)
    age = age or later
    left = names.all_before(opened)
    link = words.links.at(names.norms, start) if start < len(names.norms) else None
    right = names.all_following(start + link[0]) if link else []
    if not right:
        if left and _is_current(names, opened, place, start):
            yield Naming(tuple(left), (), Age.NEWER)
    elif left:
        yield Naming(tuple(left), tuple(right), age, not names.settled(right[-1].after))
    elif names.begins(opened):
        yield from _fronted(names, right, age)


def _is_current(names: Names, opened: int, place: int, after: int) -> bool:
    """'Is the current name', and no more than that: neither 'was the current name' nor 'is a current name in some places'."""
    aged = names.words.ages.before(names.norms, place)
    if not aged or aged[1] is not Age.NEWER or names.words.pasts.within(names.norms[opened:place]):
        return False
    return names.settled(after) or names.words.links.at(names.norms, after) is not None


def _fronted(names: Names, right: list[Named], age: Age | None) -> Iterator[Naming]:
    after = right[-1].after
    for place in range(after, min(after + _REMOTE, len(names.norms))):
        if place in names.marks:
            return
        copula = names.words.copulas.at(names.norms, place)
        if copula:
            start, _ = _through(names, place + copula[0])
            left = names.all_following(start)
            if left and names.settled(left[-1].after):
                yield Naming(tuple(left), tuple(right), age, place > after)
            return


def _of_verb(names: Names, place: int) -> Iterator[Naming]:
    """'X was formerly called Y', 'X means the same as Y'."""
    verb = names.words.verbs.at(names.norms, place) or names.words.sames.at(names.norms, place)
    if not verb:
        return
    opened, age = _back(names, place)
    left = names.all_before(opened)
    right = names.all_following(place + verb[0]) if left else []
    if left and right and names.settled(right[-1].after):
        yield Naming(tuple(left), tuple(right), _OPPOSITE[age])


def _of_change(names: Names, place: int) -> Iterator[Naming]:
    """'The word X gave way to Y'; with nouns on both sides the things may have changed, not their names."""
    renaming = names.words.renamings.at(names.norms, place)
    change = renaming or names.words.changes.at(names.norms, place)
    if not change:
        return
    opened = _back(names, place)[0]
    noun = names.words.nouns.before(names.norms, opened)
    left = names.all_before(_back(names, noun[0])[0] if noun else opened)
    right = names.all_following(place + change[0]) if left else []
    both = [*left, *right]
    of_names = renaming or any(name.announced for name in both) or not any(name.headed for name in both)
    if left and right and of_names and names.settled(right[-1].after):
        yield Naming(tuple(left), tuple(right), change[1])


def _back(names: Names, place: int) -> tuple[int, Age | None]:
    """Back over 'is an older': where it begins, and the age it tells."""
    age: Age | None = None
    while place > 0:
        aged = names.words.ages.before(names.norms, place)
        filler = _longest_before(names, place, names.words.fillers)
        if aged and (filler is None or aged[0] <= filler):
            place, age = aged[0], age or aged[1]
        elif filler is not None:
            place = filler
        else:
            break
    return place, age


def _through(names: Names, place: int) -> tuple[int, Age | None]:
    """On over 'formerly' and fillers."""
    age: Age | None = None
    while place < len(names.norms):
        aged, filler = names.words.ages.at(names.norms, place), names.words.fillers.at(names.norms, place)
        if names.words.links.at(names.norms, place) or not (aged or filler):
            break
        age = age or (aged[1] if aged else None)
        place += aged[0] if aged else filler[0] if filler else 1
    return place, age


def _longest_before(names: Names, place: int, phrases: Phrases[bool]) -> int | None:
    if place - 1 in names.numbers or names.norms[place - 1] == ",":
        return place - 1
    hit = phrases.before(names.norms, place)
    return hit[0] if hit else None
