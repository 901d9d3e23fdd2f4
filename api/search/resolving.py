"""Resolves terms as data sets and records write them: upper case, underscores, compounds, shorthand, misspellings.

A term must be understood whole: a part with a word that is neither a name nor weightless names nothing. Words and names come
from the release; nothing medical stands here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.search.index import Entry, Index, keyed
from api.search.labels import Name
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
_JOINED, _BAG, _WORD = "joined", "bag", "term"


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


class TermWords:
    """What the language file tells of terms: which words weigh nothing, which belong to other fields, and why names match."""

    def __init__(self, language: dict[str, Any]) -> None:
        self.weightless = _normals(language["weightless"])
        self.ordinary = _normals(language["ordinary"])
        self.joining = _normals(language["joining"])
        self.foreign = _normals(language["foreign"])
        self.anatomical = _normals(language["anatomical"])
        self.subordinate = frozenset(language["subordinate"])
        self.reasons: dict[str, str] = language["reasons"]
        self.written = {"".join(words(item["written"])): words(item["meant"]) for item in language["spellings"]}
        self.names = [Name(item["concept"], item["text"], LabelKind(item["kind"])) for item in language["names"]]


def term_entries(names: Iterable[Name], kinds: Mapping[str, ConceptKind], known: TermWords) -> Iterator[Entry]:
    """All names by their comparable letters without gaps, by their telling words in any order, and their words for spelling."""
    joined: dict[str, dict[str, Name]] = defaultdict(dict)
    bags: dict[str, dict[str, Name]] = defaultdict(dict)
    for name in (*names, *known.names):
        parts = words(name.text)
        keys = {"".join(parts)}
        if kinds.get(name.slug) in _SHAPED:
            telling = [part for part in parts if part in known.joining or part not in known.weightless]
            if len(telling) > 1 or (telling and telling[0] not in known.ordinary):
                keys.add("".join(telling))
        for key in keys - {""}:
            _keep_better(joined[key], name)
        bag = frozenset(part for part in parts if part not in known.weightless)
        if bag and not bag <= known.ordinary and kinds.get(name.slug) is not ConceptKind.QUESTION_TOPIC:
            _keep_better(bags[_bag_key(bag)], name)
    yield from keyed(_JOINED, {key: _listed(held) for key, held in joined.items()})
    yield from keyed(_BAG, {key: _listed(held) for key, held in bags.items()})
    yield from speller_entries(_WORD, _vocabulary(joined, known))


def _vocabulary(joined: Mapping[str, Mapping[str, Name]], known: TermWords) -> dict[str, int]:
    weights: dict[str, int] = defaultdict(int)
    for key, held in joined.items():
        if len(key) <= _LONGEST_JOINED:
            weights[key] += 2
        for name in held.values():
            for word in words(name.text):
                weights[word] += 1
    for word in (*known.weightless, *known.written):
        weights[word] += 1
    return weights


def _bag_key(bag: Iterable[str]) -> str:
    return " ".join(sorted(bag))


def _listed(held: Mapping[str, Name]) -> list[list[str]]:
    return [[name.slug, name.text, name.kind] for name in held.values()]


class Resolver:
    """All names of the release, as one term asks for them."""

    def __init__(self, known: TermWords, index: Index) -> None:
        self._known = known
        self._index = index
        self._speller = Speller(index, _WORD)

    def resolve(self, term: str) -> list[Resolved]:
        """The concepts a term names, in the order of the term; empty when it is not wholly understood."""
        read = _read(term)[:_MOST_TOKENS]
        self._speller.want(word for token in read for word in (token.norm, token.text.casefold()))
        mended = [self._mended(token) for token in read]
        found = self._found(read, mended)
        covered = {place for item in found for place in range(item.first, item.last + 1)}
        if any(token.norm in self._known.foreign for place, token in enumerate(read) if place not in covered):
            return []
        kept = self._understood(term, read, mended, found) or self._in_any_order(read, mended)
        return self._told(term, read, kept)

    def _found(self, read: Sequence[Token], mended: Sequence[str]) -> list[_Found]:
        self._index.want(f"{_JOINED}/{key}" for first, last in _spans(read) for key in _keys(read, mended, first, last))
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
        telling = [place for place, token in enumerate(read) if token.norm not in self._known.weightless]
        bag = frozenset(mended[place] for place in telling)
        alone = len(bag) == 1 and not any(token.norm in self._known.anatomical for token in read)
        held = () if alone else self._names(_BAG, _bag_key(bag))
        return [_Found(held, telling[0], telling[-1], repaired=False)] if held else []

    def _longest(self, read: Sequence[Token], mended: Sequence[str], first: int) -> _Found | None:
        for last in range(min(len(read), first + _LONGEST_NAME) - 1, first - 1, -1):
            as_written, as_mended = _keys(read, mended, first, last)
            for key, repaired in ((as_written, False), (as_mended, True)):
                held = self._names(_JOINED, key)
                if held:
                    return _Found(held, first, last, repaired)
        return None

    def _names(self, part: str, key: str) -> tuple[Name, ...]:
        return tuple(Name(slug, text, LabelKind(kind)) for slug, text, kind in self._index.told(f"{part}/{key}") or ())

    def _mended(self, token: Token) -> str:
        """The word probably meant. A misspelled word is also tried as written, since its last s may be no plural."""
        if token.norm in self._known.written:
            return "".join(self._known.written[token.norm])
        if self._speller.knows(token.norm):
            return token.norm
        for written in (token.norm, token.text.casefold()):
            repaired = self._speller.repair(written)
            if repaired and (len(written) >= _SHORT or repaired[0] == written[0]):
                return "".join(self._known.written.get(repaired, (repaired,)))
        return token.norm

    def _understood(self, term: str, read: Sequence[Token], mended: Sequence[str], found: list[_Found]) -> list[_Found]:
        """What is left when parts with unknown words, and names that are ordinary words standing alone, are taken away."""
        covered = {place for item in found for place in range(item.first, item.last + 1)}
        part_of = _parts(term, read)
        spoiled = {
            part_of[place]
            for place, token in enumerate(read)
            if place not in covered and token.norm not in self._known.weightless and mended[place] not in self._known.weightless
        }
        kept = [item for item in found if part_of[item.first] not in spoiled]
        telling = [item for item in kept if not self._only_subordinate(item)]
        if spoiled and not telling:
            return []
        company = len(read) > 1
        return [item for item in telling or kept if company or not self._is_doubtful(read, item)]

    def _only_subordinate(self, item: _Found) -> bool:
        return all(name.slug in self._known.subordinate for name in item.names)

    def _is_doubtful(self, read: Sequence[Token], item: _Found) -> bool:
        return item.repaired and any(read[place].norm in self._known.ordinary for place in range(item.first, item.last + 1))

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
        reason = self._known.reasons[name.kind].format(matched=matched, label=name.text)
        return f"{reason} {self._known.reasons['repaired']}" if repaired else reason


def _spans(read: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """From where to where names may reach, inclusive."""
    return ((first, last) for first in range(len(read)) for last in range(first, min(len(read), first + _LONGEST_NAME)))


def _keys(read: Sequence[Token], mended: Sequence[str], first: int, last: int) -> tuple[str, str]:
    """The letters of some tokens without gaps, as written and with their spelling mended."""
    return "".join(token.norm for token in read[first : last + 1]), "".join(mended[first : last + 1])


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


def load_term_words(session: Session, _catalogue: Catalogue) -> TermWords:
    """Read the language file."""
    return TermWords(load_language_file(session, "resolve"))
