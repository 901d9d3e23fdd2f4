"""Properties that exclude each other: a wedge is no row. What a subject is never told to have is not its own."""

from api.verification.claims import Claim, Claims
from api.verification.lexicon import Lexicon
from api.verification.reading import GENERAL, Reading

_LEAST = 2
_FEW = 2
_RESIDUE = 3


class Attributes:
    """The properties that the statements of each concept tell, read when asked for."""

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
            said = self._said(reading, slug)
            if reading.denials:
                said = {group: said[group] for group in said.keys() & self._denied(reading)}
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

    def _said(self, reading: Reading, slug: str) -> dict[int, set[str]]:
        """The properties of a sentence, none of them in the subject's name or denied."""
        names = {term.place for term in reading.terms if slug in term.slugs}
        denied = {term.place for term in reading.terms if term.negated}
        return self._found(reading, names | denied)

    def _denied(self, reading: Reading) -> set[int]:
        """The kinds of property of which the sentence denies one: 'on steel, never on catgut'."""
        plain = {term.place for term in reading.terms if not term.negated}
        return set(self._found(reading, plain))

    def _found(self, reading: Reading, left_out: set[int]) -> dict[int, set[str]]:
        norms = [piece.norm for piece in reading.pieces]
        found: dict[int, set[str]] = {}
        for place in range(len(norms)):
            hit = self._lexicon.properties.at(norms, place)
            if hit and not left_out & set(range(place, place + hit[0])):
                for group, member in hit[1]:
                    found.setdefault(group, set()).add(member)
        return found

    def _other(self, slug: str, group: int, members: set[str]) -> Claim | None:
        first, count = None, 0
        for number in self._claims.by_slug.get(slug, ()):
            claim = self._claims.all[number]
            if claim.own != slug:
                continue
            told = self._found(claim.reading, set()).get(group, set())
            if told & members:
                return None
            if self._said(claim.reading, slug).get(group):
                first, count = first or claim, count + 1
        return first if count >= _LEAST else None
