"""Resolves terms as data sets and records write them: upper case, underscores, compounds, shorthand, misspellings.

A term must be understood whole: a part with a word that is neither a name nor weightless names nothing. Words and names come
from the release; nothing medical stands here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.knowledge.references import all_references
from api.search.index import Made
from api.search.labels import Name, load_names
from api.search.spelling import Speller, speller_entries
from api.search.terms import Token, normal, tokens, words
from api.vocabulary import ConceptKind, LabelKind

_LONGEST_NAME = 10
_MOST_TOKENS = 60
_SHORT = 8
_LONGEST_JOINED = 18
_POSSESSIVE = "s"
_HUMPS = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])|(?<=[A-Za-z]{2})(?=\d)")
_PARTS = re.compile(r"[,;/|+&\n()]|\s-\s")
_LABEL_PARTS = re.compile(r"[,;/|+&\n()-]")
_SHAPED = (ConceptKind.SUBTYPE, ConceptKind.DISTRIBUTION)
_KINDS = list(LabelKind)


@dataclass(frozen=True)
class Resolved:
    """A concept a term names: the label met, the words of the term that name it, and whether their spelling was mended."""

    slug: str
    label: str
    kind: LabelKind
    matched: str
    start: int
    end: int
    repaired: bool
    why: str


@dataclass(frozen=True)
class _Found:
    names: tuple[Name, ...]
    first: int
    last: int
    repaired: bool


class Resolver:
    """All names of the release, by their comparable letters without gaps."""

    def __init__(self, names: Iterable[Name], kinds: dict[str, ConceptKind], language: dict[str, Any]) -> None:
        self._kinds = kinds
        self._weightless = _normals(language["weightless"])
        self._ordinary = _normals(language["ordinary"])
        self._joining = _normals(language["joining"])
        self._foreign = _normals(language["foreign"])
        self._anatomical = _normals(language["anatomical"])
        self._subordinate = frozenset(language["subordinate"])
        self._reasons: dict[str, str] = language["reasons"]
        self._written = {"".join(words(item["written"])): words(item["meant"]) for item in language["spellings"]}
        extra = [Name(item["concept"], item["text"], LabelKind(item["kind"])) for item in language["names"]]
        self._names: dict[str, dict[str, Name]] = defaultdict(dict)
        self._bags: dict[frozenset[str], dict[str, Name]] = defaultdict(dict)
        for name in (*names, *extra):
            self._hold(name)
        self._speller = Speller(Made(speller_entries("", self._vocabulary())), "")

    def resolve(self, term: str) -> list[Resolved]:
        """The concepts a term names, in the order of the term; empty when it is not wholly understood."""
        read = _read(term)[:_MOST_TOKENS]
        mended = [self._mended(token) for token in read]
        found = self._found(read, mended)
        covered = {place for item in found for place in range(item.first, item.last + 1)}
        if any(token.norm in self._foreign for place, token in enumerate(read) if place not in covered):
            return []
        kept = self._understood(term, read, mended, found) or self._in_any_order(read, mended)
        return self._told(term, read, kept)

    def _hold(self, name: Name) -> None:
        parts = words(name.text)
        keys = {"".join(parts)}
        if self._kinds.get(name.slug) in _SHAPED:
            telling = [part for part in parts if part in self._joining or part not in self._weightless]
            if len(telling) > 1 or (telling and telling[0] not in self._ordinary):
                keys.add("".join(telling))
        for key in keys - {""}:
            _keep_better(self._names[key], name)
        bag = frozenset(part for part in parts if part not in self._weightless)
        if bag and not bag <= self._ordinary and self._kinds.get(name.slug) is not ConceptKind.QUESTION_TOPIC:
            _keep_better(self._bags[bag], name)

    def _vocabulary(self) -> dict[str, int]:
        weights: dict[str, int] = defaultdict(int)
        for key, held in self._names.items():
            if len(key) <= _LONGEST_JOINED:
                weights[key] += 2
            for name in held.values():
                for word in words(name.text):
                    weights[word] += 1
        for word in (*self._weightless, *self._written):
            weights[word] += 1
        return weights

    def _found(self, read: Sequence[Token], mended: Sequence[str]) -> list[_Found]:
        found: list[_Found] = []
        place = 0
        while place < len(read):
            longest = self._longest(read, mended, place)
            if longest:
                found.append(longest)
            place = longest.last + 1 if longest else place + 1
        return found

    def _in_any_order(self, read: Sequence[Token], mended: Sequence[str]) -> list[_Found]:
        """A name whose telling words are just those of the term, as registers turn them round: "cyst of breast"."""
        telling = [place for place, token in enumerate(read) if token.norm not in self._weightless]
        bag = frozenset(mended[place] for place in telling)
        alone = len(bag) == 1 and not any(token.norm in self._anatomical for token in read)
        held = {} if alone else self._bags.get(bag, {})
        return [_Found(tuple(held.values()), telling[0], telling[-1], repaired=False)] if held else []

    def _longest(self, read: Sequence[Token], mended: Sequence[str], first: int) -> _Found | None:
        for last in range(min(len(read), first + _LONGEST_NAME) - 1, first - 1, -1):
            span = [token.norm for token in read[first : last + 1]]
            for parts, repaired in ((span, False), (list(mended[first : last + 1]), True)):
                held = self._names.get("".join(parts))
                if held:
                    return _Found(tuple(held.values()), first, last, repaired)
        return None

    def _mended(self, token: Token) -> str:
        """The word probably meant. A misspelled word is also tried as written, since its last s may be no plural."""
        if token.norm in self._written:
            return "".join(self._written[token.norm])
        if self._speller.knows(token.norm):
            return token.norm
        for written in (token.norm, token.text.casefold()):
            repaired = self._speller.repair(written)
            if repaired and (len(written) >= _SHORT or repaired[0] == written[0]):
                return "".join(self._written.get(repaired, (repaired,)))
        return token.norm

    def _understood(self, term: str, read: Sequence[Token], mended: Sequence[str], found: list[_Found]) -> list[_Found]:
        """What is left when parts with unknown words, and names that are ordinary words standing alone, are taken away."""
        covered = {place for item in found for place in range(item.first, item.last + 1)}
        part_of = _parts(term, read)
        spoiled = {
            part_of[place]
            for place, token in enumerate(read)
            if place not in covered and token.norm not in self._weightless and mended[place] not in self._weightless
        }
        kept = [item for item in found if part_of[item.first] not in spoiled]
        telling = [item for item in kept if not self._only_subordinate(item)]
        if spoiled and not telling:
            return []
        company = len(read) > 1
        return [item for item in telling or kept if company or not self._is_doubtful(read, item)]

    def _only_subordinate(self, item: _Found) -> bool:
        return all(name.slug in self._subordinate for name in item.names)

    def _is_doubtful(self, read: Sequence[Token], item: _Found) -> bool:
        return item.repaired and any(read[place].norm in self._ordinary for place in range(item.first, item.last + 1))

    def _told(self, term: str, read: Sequence[Token], kept: Sequence[_Found]) -> list[Resolved]:
        told: dict[str, Resolved] = {}
        for item in kept:
            start, end = read[item.first].start, read[item.last].end
            for name in sorted(item.names, key=lambda name: (_KINDS.index(name.kind), name.slug)):
                if name.slug not in told:
                    matched = term[start:end]
                    why = self._why(name, matched, repaired=item.repaired)
                    told[name.slug] = Resolved(name.slug, name.text, name.kind, matched, start, end, item.repaired, why)
        return list(told.values())

    def _why(self, name: Name, matched: str, *, repaired: bool) -> str:
        reason = self._reasons[name.kind].format(matched=matched, label=name.text)
        return f"{reason} {self._reasons['repaired']}" if repaired else reason


def _keep_better(held: dict[str, Name], name: Name) -> None:
    """Keep one name a concept: the one of the weightier kind."""
    known = held.get(name.slug)
    if known is None or _KINDS.index(name.kind) < _KINDS.index(known.kind):
        held[name.slug] = name


def _normals(listed: Sequence[str]) -> frozenset[str]:
    return frozenset(normal(word) for word in listed)


def _read(term: str) -> list[Token]:
    """The tokens of a term, split where a capital or a number begins a new word inside one, as codes are written."""
    read: list[Token] = []
    for token in tokens(term):
        start = token.start
        for piece in _HUMPS.split(token.text):
            read.append(replace(token, text=piece, start=start, end=start + len(piece), norm=normal(piece)))
            start += len(piece)
    return [token for before, token in zip([None, *read], read, strict=False) if not _is_possessive(before, token)]


def _is_possessive(before: Token | None, token: Token) -> bool:
    return before is not None and len(before.text) > 1 and token.norm == _POSSESSIVE


def _parts(term: str, read: Sequence[Token]) -> list[int]:
    """Which part of a compound each token belongs to. A hyphen parts only in labels, which hold no space."""
    separator = _PARTS if re.search(r"\s", term.strip()) else _LABEL_PARTS
    part, parts = 0, []
    for before, token in zip([None, *read], read, strict=False):
        if before and separator.search(term[before.end : token.start]):
            part += 1
        parts.append(part)
    return parts


def load_resolver(session: Session, catalogue: Catalogue) -> Resolver:
    """The resolver of the release."""
    kinds = {slug: concept.kind for slug, concept in all_references(session).items()}
    return Resolver(load_names(session, catalogue), kinds, load_language_file(session, "resolve"))
