"""Reads what sort of thing a sentence says a name is: 'X is a shape', 'X describes how specks are arranged'."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.verification.naming_names import Named, Names
from api.vocabulary import ConceptKind

_HOW_REACH = 5
_BETWEEN = 14
_AFTER_KIND = 6
_CONJUNCTIONS = frozenset({"and", "or"})
_AS = "as"


@dataclass(frozen=True, slots=True)
class Sorted:
    """Names said to be of a sort."""

    names: tuple[Named, ...]
    kind: ConceptKind


def sortings(names: Names) -> Iterator[Sorted]:
    """Every name with the sort a sentence gives it."""
    for place in range(len(names.norms)):
        phrase = _kind_at(names, place)
        if phrase is None:
            continue
        after, kind = phrase
        if _closed(names, after):
            yield from _of_subject(names, place, kind)
        yield from _of_list(names, place, after, kind)


def _kind_at(names: Names, place: int) -> tuple[int, ConceptKind] | None:
    """Where a word for a sort that begins there ends, and the sort."""
    hit = names.words.kinds.at(names.norms, place)
    if hit:
        after = names.skipped(place + hit[0], names.words.parts)
        return after, ConceptKind(hit[1])
    manner = names.words.manners.at(names.norms, place)
    if manner:
        first = place + manner[0]
        for at in range(first, min(first + _HOW_REACH, len(names.norms))):
            way = names.words.ways.at(names.norms, at)
            if way:
                return at + way[0], ConceptKind(way[1])
    return None


def _closed(names: Names, after: int) -> bool:
    """Whether the sort is told for itself: neither 'a shape of a wedge' nor 'a shape and a distribution'."""
    if not names.settled(after):
        return False
    if after < len(names.norms) and names.norms[after] in _CONJUNCTIONS:
        start = names.skipped(after + 1, names.words.kind_fillers)
        return start >= len(names.norms) or _kind_at(names, start) is None
    return True


def _of_subject(names: Names, place: int, kind: ConceptKind) -> Iterator[Sorted]:
    """'X is a name for a shape', 'the lexicon lists X as a distribution'."""
    words, at, linked, as_it = names.words, place, False, False
    while at > 0 and place - at < _BETWEEN:
        found = names.all_before(at) if linked else []
        if found:
            yield Sorted(tuple(found), kind)
            return
        listed = _listed(names, at) if as_it else None
        if listed:
            yield Sorted((listed,), kind)
            return
        link, filler = words.kind_links.before(names.norms, at), words.kind_fillers.before(names.norms, at)
        if link:
            at, linked = link[0], True
        elif filler or at - 1 in names.numbers:
            as_it = as_it or names.norms[at - 1] == _AS
            at = filler[0] if filler else at - 1
        else:
            return


def _listed(names: Names, place: int) -> Named | None:
    """The name that ends there, right after a verb such as 'lists'."""
    for start in range(max(0, place - _AFTER_KIND), place):
        found = names.at(start)
        if found and found.after == place:
            opened = names.back(start, names.words.announcers)
            return found if names.words.listers.before(names.norms, opened) else None
    return None


def _listed_out(names: Names, after: int) -> bool:
    """Whether a list ends there: 'distributions such as X and Y are suspicious'."""
    return names.settled(after) or names.words.copulas.at(names.norms, after) is not None


def _of_list(names: Names, place: int, after: int, kind: ConceptKind) -> Iterator[Sorted]:
    """'Divides the shapes into X and Y', 'the distributions include X, Y and Z'."""
    if place > 0 and names.norms[place - 1] in _CONJUNCTIONS:
        return
    at = after
    while at < min(after + _AFTER_KIND, len(names.norms)):
        hit = names.words.lists.at(names.norms, at)
        if hit:
            found = names.all_following(at + hit[0])
            if len(found) > 1 and _listed_out(names, found[-1].after):
                yield Sorted(tuple(found), kind)
            return
        filler = names.words.settings.at(names.norms, at) or names.words.kind_fillers.at(names.norms, at)
        if not filler and at not in names.numbers:
            return
        at += filler[0] if filler else 1
