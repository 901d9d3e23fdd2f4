"""Two plain kinds of claim that need more than one statement to judge: 'X is malignant' and 'category C means Y'."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from api.store.tables import ConceptRow
from api.verification.claims import Claim, Claims
from api.verification.lexicon import Lexicon, Meaning, Sign
from api.verification.quantities import SHARE
from api.verification.reading import AMOUNT, NATURE, SUSPICION, Reading

_SIGN_OF_NATURE: dict[str, Sign] = {
    "normal": 1,
    "benign": 1,
    "mimic": 1,
    "high-risk": 1,
    "in-situ": -1,
    "invasive": -1,
}
_BENIGN_SHAPE, _SUSPICIOUS_SHAPE = "typically_benign", "suspicious"
_RESIDUE = 0.55
_RESIDUE_OF_MEANING = 1.1
_ENOUGH = 2
_CLAUSE = 3
_OUTWEIGHED = 4


@dataclass(frozen=True, slots=True)
class Grounds:
    """A claim that shows the sentence wrong."""

    claim: Claim


class PlainClaims:
    """What each concept is by nature, and what each category stands for, with the claims that say so."""

    def __init__(self, claims: Claims, natures: dict[str, Sign], suspicious: frozenset[str], lexicon: Lexicon) -> None:
        self._suspicious = suspicious
        self._claims = claims
        self._lexicon = lexicon
        self._by_sign: dict[tuple[str, int], list[Claim]] = defaultdict(list)
        self._own: dict[str, list[Claim]] = defaultdict(list)
        self._typical: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims.all:
            self._own[claim.own].append(claim)
            signs = claim.reading.signs.get(NATURE, frozenset[Sign]())
            both = signs | claim.reading.signs.get(SUSPICION, frozenset[Sign]())
            if len(signs) == len(both) == 1 and not any(item.dimension == SHARE for item in claim.reading.quantities):
                self._by_sign[claim.own, next(iter(signs))].append(claim)
            if claim.reading.signs.get(SUSPICION) == frozenset({-1}):
                self._typical[claim.own].append(claim)
        self._natures = natures
        self._of_category: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims.all:
            for slug in {category.slug for category in claim.reading.categories}:
                self._of_category[slug].append(claim)

    def wrong_nature(self, reading: Reading, before: frozenset[str]) -> Grounds | None:
        """'Fat necrosis is malignant': the subject's nature is known and is the opposite."""
        signs = reading.signs.get(NATURE, set()) | reading.signs.get(SUSPICION, set())
        if len(signs) != 1 or reading.quantities or reading.categories or reading.partial or reading.open:
            return None
        if AMOUNT in reading.signs:
            return None
        sign = next(iter(signs))
        for slug in sorted(self._subjects(reading) or before):
            if self._residue(reading, slug) > _RESIDUE:
                continue
            grounds = self._against(slug, sign, reading)
            if grounds:
                return Grounds(grounds)
        return None

    def _subjects(self, reading: Reading) -> frozenset[str]:
        """The concepts named before the word for the nature."""
        first = min((term.place for term in reading.terms if _pole(term.poles)), default=0)
        return frozenset(slug for term in reading.terms if term.place < first for slug in term.slugs)

    def _residue(self, reading: Reading, slug: str) -> float:
        """The weight of what the sentence says beside the subject and its nature."""
        return sum(
            self._claims.weight(term)
            for term in reading.terms
            if not term.light and slug not in term.slugs and not _pole(term.poles)
        )

    def _against(self, slug: str, sign: Sign, reading: Reading) -> Claim | None:
        opposite = self._by_sign.get((slug, -sign), [])
        known = self._natures.get(slug)
        if slug in self._suspicious and (not reading.soft or (sign > 0 and SUSPICION in reading.signs)):
            if sign < 0 and SUSPICION in reading.signs:
                return None
            known = -1 if sign > 0 else 1
        elif known is None:
            alike = self._by_sign.get((slug, sign), [])
            settled = len(opposite) >= max(_ENOUGH, _OUTWEIGHED * len(alike))
            doubted = opposite + (self._typical[slug] if sign > 0 else [])
            absolute = bool(reading.absolutes) and not reading.soft and len(doubted) >= _ENOUGH
            known = -sign if settled or absolute else None
        if known != -sign or (reading.soft and not opposite and slug not in self._suspicious):
            return None
        return next(iter(self._typical[slug] if sign > 0 else ()), None) or next(iter(opposite or self._own[slug]), None)

    def wrong_meaning(self, reading: Reading, before: frozenset[str]) -> Grounds | None:
        """'B4 means a normal sample': the category stands for something else."""
        slugs = {category.slug for category in reading.categories} or set(before)
        if reading.quantities:
            return None
        if len(slugs) > 1 and reading.categories:
            return next((grounds for part in _apart(reading) if (grounds := self.wrong_meaning(part, before))), None)
        if len(slugs) != 1:
            return None
        slug = next(iter(slugs))
        told, covered = self._told(reading)
        if not told or any(_holds(meaning, slug) for meaning in told):
            return None
        system = slug.rpartition("-")[0]
        if not all(any(other.rpartition("-")[0] == system for other in meaning.categories) for meaning in told):
            return None
        residue = sum(self._claims.weight(term) for term in reading.terms if not term.light and term.place not in covered)
        if residue > _RESIDUE_OF_MEANING:
            return None
        claim = self._defining(slug)
        return Grounds(claim) if claim else None

    def _told(self, reading: Reading) -> tuple[list[Meaning], set[int]]:
        """The meanings the sentence names, the longest wording at each place, and the places they cover."""
        norms = [piece.norm for piece in reading.pieces]
        negated = {term.place for term in reading.terms if term.negated}
        told: list[Meaning] = []
        covered: set[int] = set()
        place = 0
        while place < len(norms):
            found = [(hit[0], meaning) for meaning in self._lexicon.meanings if (hit := meaning.words.at(norms, place))]
            longest = max((length for length, _ in found), default=0)
            if longest and not negated & set(range(place, place + longest)):
                told += [meaning for length, meaning in found if length == longest]
                covered |= set(range(place, place + longest))
            place += max(1, longest)
        return told, covered

    def _defining(self, slug: str) -> Claim | None:
        """A claim that names the category and a meaning true of it."""
        for claim in self._of_category.get(slug, []):
            told, _ = self._told(claim.reading)
            if any(slug in meaning.categories for meaning in told):
                return claim
        return None


def _apart(reading: Reading) -> list[Reading]:
    """'B5a is this and B5b is that' as two readings, cut before each category; none when several stand together."""
    starts = [category.place for category in reading.categories]
    ends = [*starts[1:], len(reading.pieces)]
    if any(end - start < _CLAUSE for start, end in zip(starts, ends, strict=True)):
        return []
    parts = []
    for category, start, end in zip(reading.categories, starts, ends, strict=True):
        pieces = reading.pieces[start : end - 1 if end < len(reading.pieces) else end]
        terms = tuple(replace(term, place=term.place - start) for term in reading.terms if start <= term.place < end)
        parts.append(Reading(pieces, terms, categories=(replace(category, place=0),)))
    return parts


def _holds(meaning: Meaning, slug: str) -> bool:
    return any(slug == other or slug.startswith(other) or other.startswith(slug) for other in meaning.categories)


def _pole(poles: Iterable[tuple[str, Sign]]) -> bool:
    return any(axis in (NATURE, SUSPICION) for axis, _ in poles)


def load_plain_claims(session: Session, claims: Claims, lexicon: Lexicon) -> PlainClaims:
    """Read the nature of every concept that has one."""
    rows = session.exec(select(ConceptRow).order_by(col(ConceptRow.position))).all()
    natures: dict[str, Sign] = {}
    for row in rows:
        if row.nature in _SIGN_OF_NATURE:
            natures[row.slug] = _SIGN_OF_NATURE[row.nature]
        elif row.suspicion == _BENIGN_SHAPE:
            natures[row.slug] = 1
    suspicious = frozenset(row.slug for row in rows if row.suspicion == _SUSPICIOUS_SHAPE)
    return PlainClaims(claims, natures, suspicious, lexicon)
