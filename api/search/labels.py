"""Finds the names of concepts in text: every label as a path of comparable words, longest match first."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from api.knowledge.catalogue import Catalogue
from api.knowledge.references import all_references
from api.search.terms import Token, words
from api.store.tables import LabelRow
from api.vocabulary import LabelKind


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


@dataclass(slots=True)
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)


class LabelIndex:
    """All names of the release by their comparable words."""

    def __init__(self, names: Iterable[Name], read: Callable[[str], tuple[str, ...]] = words) -> None:
        self._read = read
        self._root = _Node()
        self._exact: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        for name in names:
            key = read(name.text)
            if not key:
                continue
            self._exact[key].append(name)
            node = self._root
            for word in key:
                node = node.next.setdefault(word, _Node())
            node.names.append(name)

    @property
    def vocabulary(self) -> set[str]:
        """Every comparable word of every name."""
        return {word for key in self._exact for word in key}

    def called(self, text: str) -> tuple[Name, ...]:
        """The names that are the whole text, comparably written."""
        return tuple(self._exact.get(self._read(text), ()))

    def exactly(self, key: tuple[str, ...]) -> tuple[Name, ...]:
        """The names that are exactly these comparable words."""
        return tuple(self._exact.get(key, ()))

    @property
    def keys(self) -> list[tuple[str, ...]]:
        """Every name as comparable words, in order."""
        return sorted(self._exact)

    def mentions(self, tokens: Sequence[Token]) -> list[Mention]:
        """Names in the text, left to right, the longest at each place, not overlapping; linear in the text's length."""
        found: list[Mention] = []
        place = 0
        while place < len(tokens):
            mention = self._longest(tokens, place)
            if mention:
                found.append(mention)
            place = mention.last + 1 if mention else place + 1
        return found

    def _longest(self, tokens: Sequence[Token], first: int) -> Mention | None:
        node, longest = self._root, None
        for place in range(first, len(tokens)):
            following = node.next.get(tokens[place].norm)
            if following is None:
                break
            node = following
            if node.names:
                longest = Mention(tuple(node.names), first, place)
        return longest


def load_names(session: Session, _catalogue: Catalogue) -> list[Name]:
    """Every name of every concept: its name, its plain name, its slug in words, its labels."""
    names = []
    for concept in all_references(session).values():
        names.append(Name(concept.slug, concept.name, LabelKind.PREFERRED))
        names.append(Name(concept.slug, concept.plain_name, LabelKind.LAY))
        names.append(Name(concept.slug, concept.slug.replace("-", " "), LabelKind.SYNONYM))
    query = select(LabelRow).order_by(col(LabelRow.concept_slug), col(LabelRow.position))
    names += [Name(row.concept_slug, row.text, LabelKind(row.kind), row.language) for row in session.exec(query).all()]
    return names


def load_label_index(session: Session, catalogue: Catalogue) -> LabelIndex:
    """The index of the release's names."""
    return LabelIndex(load_names(session, catalogue))
