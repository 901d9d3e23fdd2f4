"""Finds the names of concepts in text: every label by its comparable words, longest match first."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from api.knowledge.prepared import columns, fetch, fetch_many, many
from api.knowledge.references import all_references, find_references
from api.search.index import Entry, Index, keyed
from api.search.terms import Token, words
from api.store.tables import LabelRow
from api.vocabulary import LabelKind

_NAMES, LONGEST = "names", "longest"
_MOST_ALIKE = 12


@dataclass(frozen=True, slots=True)
class Name:
    """A label of a concept."""

    slug: str
    text: str
    kind: LabelKind
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Mention:
    """Names found in a run of tokens: `first` to `last` inclusive are positions in the token list."""

    names: tuple[Name, ...]
    first: int
    last: int


def name_entries(part: str, names: Iterable[Name], read: Callable[[str], tuple[str, ...]] = words) -> Iterator[Entry]:
    """The names by their comparable words, each key an entry."""
    return keyed(part, by_words(names, read))


def by_words(names: Iterable[Name], read: Callable[[str], tuple[str, ...]] = words) -> dict[str, dict[str, Any]]:
    """The names that are a run of comparable words, of very many alike the first; and of a word how long a run it begins."""
    held: dict[str, dict[str, Any]] = defaultdict(dict)
    for name in names:
        key = read(name.text)
        if key:
            same = held[" ".join(key)].setdefault(_NAMES, [])
            if len(same) < _MOST_ALIKE:
                same.append([name.slug, name.text, name.kind, name.language])
            first = held[key[0]]
            first[LONGEST] = max(first.get(LONGEST, 1), len(key))
    return held


class LabelIndex:
    """All names of the release by their comparable words, as one reading of them makes a part of the index."""

    def __init__(self, index: Index, part: str) -> None:
        self._index = index
        self._part = part

    def exactly(self, key: Sequence[str]) -> tuple[Name, ...]:
        """The names that are exactly these comparable words."""
        told = self._told(key) if key else {}
        return tuple(Name(slug, text, LabelKind(kind), language) for slug, text, kind, language in told.get(_NAMES, ()))

    def is_first(self, norm: str) -> bool:
        """Whether any name begins with a comparable word."""
        return LONGEST in self._told((norm,))

    def foresee(self, keys: Iterable[Sequence[str]]) -> None:
        """Read what looking for these runs of comparable words needs, in one question to the store."""
        self._index.want(f"{self._part}/{' '.join(key)}" for key in keys)

    def wanted(self, norms: Iterable[str]) -> list[str]:
        """The entries that looking for names in these comparable words needs first."""
        return [f"{self._part}/{norm}" for norm in norms]

    def mentions(self, tokens: Sequence[Token]) -> list[Mention]:
        """Names in the text, left to right, the longest at each place, not overlapping; linear in the text's length."""
        norms = [token.norm for token in tokens]
        self._index.want(self.wanted(norms))
        runs = (norms[first:last] for first in range(len(norms)) for last in self._ends(norms, first))
        self._index.want(f"{self._part}/{' '.join(run)}" for run in runs)
        found: list[Mention] = []
        place = 0
        while place < len(norms):
            mention = self._longest(norms, place)
            if mention:
                found.append(mention)
            place = mention.last + 1 if mention else place + 1
        return found

    def _ends(self, norms: Sequence[str], first: int) -> range:
        """Where the names that begin at a place may end, the longest first."""
        longest = self._told(norms[first : first + 1]).get(LONGEST, 0)
        return range(min(first + longest, len(norms)), first, -1)

    def _longest(self, norms: Sequence[str], first: int) -> Mention | None:
        for last in self._ends(norms, first):
            names = self.exactly(norms[first:last])
            if names:
                return Mention(names, first, last - 1)
        return None

    def _told(self, key: Sequence[str]) -> dict[str, Any]:
        return self._index.told(f"{self._part}/{' '.join(key)}") or {}


def load_names(session: Session, slugs: Collection[str] | None = None) -> list[Name]:
    """Every name of some concepts, or of every one: its name, its plain name, its slug in words, its labels."""
    names = []
    for concept in (all_references(session) if slugs is None else find_references(session, slugs)).values():
        names.append(Name(concept.slug, concept.name, LabelKind.PREFERRED))
        names.append(Name(concept.slug, concept.plain_name, LabelKind.LAY))
        names.append(Name(concept.slug, concept.slug.replace("-", " "), LabelKind.SYNONYM))
    rows = fetch(session, _LABELS) if slugs is None else fetch_many(session, _LABELS_OF, sorted(slugs))
    in_order = sorted(rows, key=itemgetter(0))  # not by the database, whose collation is its own
    return names + [Name(slug, text, LabelKind(kind), language) for slug, text, kind, language in in_order]


_LABELS = select(*columns(LabelRow, ("concept_slug", "text", "kind", "language"))).order_by(col(LabelRow.position))
_LABELS_OF = _LABELS.where(col(LabelRow.concept_slug).in_(many()))
