"""Properties that exclude each other: a wedge is no row. What a subject is never told to have is not its own."""

from collections.abc import Set

from api.verification.claims import Claim
from api.verification.lexicon import Lexicon
from api.verification.reading import GENERAL, Reading
from api.verification.shelf import Claims

_LEAST = 2
_FEW = 2
_RESIDUE = 3


class Attributes:
    """The properties that the statements of each concept tell."""

    def __init__(self, claims: Claims, lexicon: Lexicon) -> None:
        self._claims = claims
        self._lexicon = lexicon

    def against(self, reading: Reading, before: frozenset[str]) -> Claim | None:
        """A claim that tells the subject's own property where the sentence gives it another of the kind."""
        if reading.partial or reading.open or reading.comparing or reading.conditional or reading.quantities:
            return None
        named = [term.slugs - GENERAL for term in reading.terms if term.slugs - GENERAL]
        if any(slugs.isdisjoint(named[0]) for slugs in named):
            return None
        for slug in sorted(named[0] if named else before)[:_FEW]:
            said = own_properties(reading, slug, self._lexicon)
            if reading.denials:
                denied = self._denied(reading)
                said = {group: members for group, members in said.items() if group in denied}
            if self._residue(reading, slug) > _RESIDUE:
                continue
            for group, members in said.items():
                found = self._other(slug, group, members)
                if found:
                    return found
        return None

    def _residue(self, reading: Reading, slug: str) -> int:
        """How many words bear meaning beside the subject and its property."""
        norms = [piece.norm for piece in reading.pieces]
        covered = {
            at
            for place in range(len(norms))
            if (hit := self._lexicon.properties.at(norms, place))
            for at in range(place, place + hit[0])
        }
        return sum(not term.light and slug not in term.slugs and term.place not in covered for term in reading.terms)

    def _denied(self, reading: Reading) -> set[str]:
        """The kinds of property of which the sentence denies one: 'on steel, never on catgut'."""
        plain = {term.place for term in reading.terms if not term.negated}
        return set(properties(reading, self._lexicon, plain))

    def _other(self, slug: str, group: str, members: set[str]) -> Claim | None:
        first, count = None, 0
        for item in self._claims.subject(slug).properties:
            if item.told.get(group, frozenset()) & members:
                return None
            if group in item.own:
                first, count = first or item, count + 1
        return self._claims.claim(first.number) if first and count >= _LEAST else None


def own_properties(reading: Reading, slug: str, lexicon: Lexicon) -> dict[str, set[str]]:
    """The properties of a sentence by kind, none of them in the subject's name or denied."""
    names = {term.place for term in reading.terms if slug in term.slugs}
    denied = {term.place for term in reading.terms if term.negated}
    return properties(reading, lexicon, names | denied)


def properties(reading: Reading, lexicon: Lexicon, left_out: Set[int] = frozenset()) -> dict[str, set[str]]:
    """The properties of a sentence by kind, but for some places."""
    norms = [piece.norm for piece in reading.pieces]
    found: dict[str, set[str]] = {}
    for place in range(len(norms)):
        hit = lexicon.properties.at(norms, place)
        if hit and not left_out & set(range(place, place + hit[0])):
            for group, member in hit[1]:
                found.setdefault(str(group), set()).add(member)
    return found
