"""The truth named as what is not so: 'in the ducts rather than in the skin', where in the skin is told.

Whoever contrasts two things says both: what a sentence puts aside is told by the statement, and what it puts in its place is
not told there at all.
"""

from collections.abc import Iterator, Sequence

from api.verification.candidates import Candidate
from api.verification.claims import Claim
from api.verification.lexicon import Lexicon
from api.verification.reading import Reading, Term
from api.verification.shelf import Claims

_CLOSEST = 2
_TOLD = 0.75
_ENOUGH = 0.3
_ON_SUBJECT = 0.5
_BESIDE, _AWAY = 2, 1
Contrasted = tuple[list[Term], list[Term]]


class Replacements:
    """What a sentence puts aside and what it puts in its place, held against the closest claims."""

    def __init__(self, claims: Claims, lexicon: Lexicon) -> None:
        self._claims = claims
        self._lexicon = lexicon

    def against(self, reading: Reading, candidates: Sequence[Candidate]) -> Claim | None:
        """The claim that tells what the sentence puts aside."""
        for kept, aside in self._contrasts(reading):
            for candidate in candidates[:_CLOSEST]:
                if self._goes_against(reading, kept, aside, candidate.claim):
                    return candidate.claim
        return None

    def _contrasts(self, reading: Reading) -> Iterator[Contrasted]:
        """What stands before and after 'rather than' or ', not', within the clause."""
        norms = [piece.norm for piece in reading.pieces]
        particles = self._lexicon.particles
        for place, hit in enumerate(self._lexicon.substitutions.along(norms)):
            turned = place > 0 and norms[place - 1] == "," and norms[place] in particles["contrasting"]
            if not hit and not turned:
                continue
            after = place + (hit[0] if hit else _AWAY)
            if after < len(norms) and norms[after] in particles["widening"]:
                continue
            end = _next(norms, after + 1, particles["clause_ends"])
            before = place - _BESIDE if norms[place - 1] == "," else place - _AWAY
            start = next((at for at in range(before - 1, -1, -1) if norms[at] in particles["phrase_starts"]), -1)
            kept, aside = _between(reading, start + 1, place), _between(reading, after, end)
            if kept and aside:
                yield kept, aside

    def _goes_against(self, reading: Reading, kept: list[Term], aside: list[Term], claim: Claim) -> bool:
        told = {term.key for said in claim.siblings for term in said.terms if not term.negated and term.key not in said.replaced}
        whole = self._weight(aside)
        if whole < _ENOUGH or self._weight(term for term in aside if term.key in told) < _TOLD * whole:
            return False
        if any(_knows(claim, term) for term in kept):
            return False
        rest = [term for term in reading.terms if not term.light and term not in kept and term not in aside]
        return self._weight(term for term in rest if _knows(claim, term)) >= _ON_SUBJECT * max(self._weight(rest), _ENOUGH)

    def _weight(self, terms: Iterator[Term] | list[Term]) -> float:
        return sum(self._claims.weight(term) for term in terms)


def _next(norms: Sequence[str], first: int, ends: frozenset[str]) -> int:
    return next((at for at in range(first, len(norms)) if norms[at] in ends), len(norms))


def _between(reading: Reading, first: int, after: int) -> list[Term]:
    return [term for term in reading.terms if first <= term.place < after and not term.light]


def _knows(claim: Claim, term: Term) -> bool:
    return term.key in claim.keys or bool(term.slugs & claim.slugs)
