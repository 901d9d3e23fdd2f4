"""Directions told of one subject, clause by clause: "they grow after the menopause" where they are told to shrink then."""

from api.verification.claims import Claim, Claims
from api.verification.polarity import clauses, signs_of
from api.verification.quantities import COUNT, SHARE
from api.verification.reading import GENERAL, Reading, Term

_AXES = (
    "direction",
    "visibility",
    "necessity",
    "placement",
    "safety",
    "attention",
    "thickness",
    "side",
    "count",
    "regularity",
    "grade",
    "pain",
)
_MOSTLY = 0.7
_OPEN_TO_ALL = "=calcification"


class Directions:
    """The clauses of each concept's own statements."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims

    def against(self, reading: Reading, before: frozenset[str]) -> Claim | None:
        """A claim of the subject that says the opposite of the same thing, when none says the same."""
        if (
            reading.partial
            or reading.open
            or reading.conditional
            or reading.comparing
            or any(q.dimension in (SHARE, COUNT) for q in reading.quantities)
        ):
            return None
        subjects = frozenset(slug for term in reading.terms for slug in term.slugs - GENERAL) or before
        for axis in _AXES:
            signs = reading.signs.get(axis, set())
            if len(signs) != 1:
                continue
            for slug in sorted(subjects):
                found = self._opposite(slug, axis, next(iter(signs)), _objects(reading.terms, axis, slug))
                if found:
                    return found
        return None

    def _opposite(self, slug: str, axis: str, sign: int, objects: frozenset[str]) -> Claim | None:
        if not objects:
            return None
        against = None
        for number in self._claims.by_slug.get(slug, ()):
            claim = self._claims.all[number]
            if claim.own != slug or axis not in claim.reading.signs or claim.reading.open:
                continue
            for clause in clauses(claim.reading):
                told = signs_of(clause, axis)
                if len(told) != 1 or not self._speaks_of(objects, {term.key for term in clause}):
                    continue
                if sign in told:
                    return None
                if not claim.reading.conditional:
                    against = against or claim
        return against

    def _speaks_of(self, objects: frozenset[str], keys: set[str]) -> bool:
        weigh = self._claims.weight_of
        return sum(weigh(key) for key in objects & keys) >= _MOSTLY * sum(weigh(key) for key in objects)


def _objects(terms: list[Term], axis: str, slug: str) -> frozenset[str]:
    """What the direction is told of, beside the subject itself."""
    return frozenset(
        term.key
        for term in terms
        if (not term.light or term.key.startswith("="))
        and term.key != _OPEN_TO_ALL
        and slug not in term.slugs
        and all(name != axis for name, _ in term.poles)
    )
