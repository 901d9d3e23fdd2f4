"""One slot of a statement filled otherwise: all else is told alike, but 'dark' stands where 'white' is told.

Words for properties stand in groups whose members exclude each other. A sentence goes against a claim that covers all else it
says and tells one other member of the group, when no claim as close tells the member the sentence names.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from api.verification.candidates import Candidate
from api.verification.claims import Claim
from api.verification.lexicon import Lexicon
from api.verification.reading import GENERAL, Reading
from api.verification.shelf import Claims

_COVERED = 0.7
_COVERED_BY_OTHER = 0.4
_AS_CLOSE = 0.4
_FEWEST_ALIKE = 2
_LEAST_WEIGHT = 0.6
_UNHEARD = 0.4
_LIGHT = 0.3
_SHARED_BACK = 0.35
_CLOSEST = 8
_MOST_NAMED = 3  # a longer list tells something of each of its members


@dataclass(frozen=True, slots=True)
class _Found:
    members: dict[int, frozenset[str]]
    places: dict[int, frozenset[int]]


class Slots:
    """The groups of properties that exclude each other, held against the closest claims."""

    def __init__(self, claims: Claims, lexicon: Lexicon) -> None:
        self._claims = claims
        self._lexicon = lexicon

    def against(self, reading: Reading, candidates: Sequence[Candidate], before: frozenset[str]) -> Claim | None:
        """The closest claim that fills a slot of the sentence otherwise."""
        if reading.open or reading.comparing or reading.partial or len(reading.slugs - GENERAL) > _MOST_NAMED:
            return None
        said = self._found(reading)
        for group, members in said.members.items():
            if len(members) != 1:
                continue
            places = said.places[group]
            close = sorted(
                ((self._rest(reading, places, item.claim), item) for item in candidates if not item.other_population),
                key=lambda pair: -pair[0],
            )
            needed = max(_COVERED_BY_OTHER, close[0][0] - _AS_CLOSE) if close else 0.0
            if any(rest >= needed and self._tells(group, members, item.claim) for rest, item in close):
                continue
            for rest, item in close[:_CLOSEST]:
                if rest < _COVERED or not self._on_subject(reading, item.claim, before):
                    continue
                if self._fills_otherwise(reading, group, places, item.claim):
                    return item.claim
        return None

    def _on_subject(self, reading: Reading, claim: Claim, before: frozenset[str]) -> bool:
        named = reading.slugs - GENERAL or before
        return not named or bool(named & claim.slugs)

    def _fills_otherwise(self, reading: Reading, group: int, places: frozenset[int], claim: Claim) -> bool:
        """Whether the claim's own sentence has one other member of the group, and says much of what the sentence says."""
        told = claim.reading
        if told.open or told.partial or told.comparing:
            return False
        found = self._found(told)
        if len(found.members.get(group, ())) != 1:
            return False
        alike = [
            term
            for term in reading.terms
            if not term.light and term.place not in places and (term.key in claim.reading_keys or term.slugs & claim.slugs)
        ]
        weight = sum(self._claims.weight_of(term.key) for term in alike)
        return len(alike) >= _FEWEST_ALIKE and weight >= _LEAST_WEIGHT and self._shared_back(reading, told) >= _SHARED_BACK

    def _shared_back(self, reading: Reading, told: Reading) -> float:
        """How much of what is told the sentence says."""
        keys = {term.key for term in reading.terms}
        weights = [(self._claims.weight(term), term.key in keys) for term in told.terms]
        whole = sum(weight for weight, _ in weights)
        return sum(weight for weight, shared in weights if shared) / whole if whole else 0.0

    def _rest(self, reading: Reading, places: frozenset[int], claim: Claim) -> float:
        """How much of the sentence beside the slot a claim covers."""
        whole = covered = 0.0
        for term in reading.terms:
            if term.place in places:
                continue
            weight = min(self._claims.weight(term), _UNHEARD if not self._claims.knows(term.key) else 1.0)
            weight *= _LIGHT if term.poles else 1.0
            whole += weight
            covered += weight * (term.key in claim.keys or bool(term.slugs & claim.slugs))
        return covered / whole if whole else 0.0

    def _tells(self, group: int, members: frozenset[str], claim: Claim) -> bool:
        return any(members & self._found(reading).members.get(group, frozenset()) for reading in claim.siblings)

    def _found(self, reading: Reading) -> _Found:
        """The properties of a sentence by group, none of them denied or replaced."""
        norms = [piece.norm for piece in reading.pieces]
        denied = {term.place for term in reading.terms if term.negated}
        members: dict[int, set[str]] = {}
        places: dict[int, set[int]] = {}
        place = 0
        while place < len(norms):
            hit = self._lexicon.slots.at(norms, place)
            if hit is None:
                place += 1
                continue
            covered = range(place, place + hit[0])
            for group, member in hit[1]:
                if denied.isdisjoint(covered):
                    members.setdefault(group, set()).add(member)
                    places.setdefault(group, set()).update(covered)
            place += hit[0]
        return _Found(
            {group: frozenset(found) for group, found in members.items()},
            {group: frozenset(found) for group, found in places.items()},
        )
