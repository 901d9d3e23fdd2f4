"""Two plain kinds of claim that need more than one statement to judge: 'X is malignant' and 'category C means Y'."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from api.verification.claims import Claim
from api.verification.lexicon import Lexicon, Meaning, Sign
from api.verification.quantities import SHARE
from api.verification.reading import AMOUNT, CANCER, FREQUENCY, NATURE, NECESSITY, SAFETY, SUSPICION, Reading
from api.verification.shelf import Claims

_SIGN_OF_NATURE: dict[str, Sign] = {
    "normal": 1,
    "benign": 1,
    "mimic": 1,
    "high-risk": 1,
    "in-situ": -1,
    "invasive": -1,
}
_AT_HOME = {NATURE, SUSPICION, SAFETY, NECESSITY, FREQUENCY, "placement", "size", "regularity"}
_BENIGN_SHAPE = "typically_benign"
OPPOSITE: dict[Sign, Sign] = {1: -1, -1: 1}
_RESIDUE = 0.55
_BETWEEN = "between"  # 'between harmless and cancerous' names neither
_RESIDUE_OF_MEANING = 1.1
_WIDE_RESIDUE = 2.2
_OF_TISSUE = "b"
_DENIED, _BEHIND = 5, 4
_ENOUGH = 2
_CLAUSE = 3
_OUTWEIGHED = 4


@dataclass(frozen=True, slots=True)
class Grounds:
    """A claim that shows the sentence wrong."""

    claim: Claim


class PlainClaims:
    """What each concept is by nature, and what each category stands for, with the claims that say so."""

    def __init__(self, claims: Claims, lexicon: Lexicon) -> None:
        self._claims = claims
        self._lexicon = lexicon

    def wrong_nature(self, reading: Reading, before: frozenset[str]) -> Grounds | None:
        """'Fat necrosis is malignant': the subject's nature is known and is the opposite."""
        signs = reading.signs.get(NATURE, set()) | reading.signs.get(SUSPICION, set()) | _dangers(reading)
        if len(signs) != 1 or reading.quantities or reading.categories or reading.partial or reading.open:
            return None
        if AMOUNT in reading.signs or -1 in reading.signs.get(FREQUENCY, frozenset()):
            return None  # 'hardly ever malignant'
        sign = next(iter(signs))
        for slug in sorted(self._subjects(reading) or before):
            if self._residue(reading, slug) > _RESIDUE and not self._at_home(reading, slug):
                continue
            grounds = self._against(slug, sign, reading)
            if grounds:
                return Grounds(grounds)
        return None

    def right_nature(self, reading: Reading) -> bool:
        """'Gynecomastia is not cancer': the sentence tells the known nature of its subject, and no other."""
        cancer = [term for term in reading.terms if term.key == CANCER]
        sign = nature_told(reading) or (1 if cancer and all(term.negated for term in cancer) else None)
        before = min((term.place for term in cancer), default=len(reading.pieces))
        named = self._subjects(reading) or {slug for term in reading.terms if term.place < before for slug in term.slugs}
        return sign is not None and any(self._claims.subject(slug).facts.nature == sign for slug in named)

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

    def _at_home(self, reading: Reading, slug: str) -> bool:
        """Whether all the sentence says beside the nature is told of the subject too, and nothing makes it a special case."""
        if reading.conditional or reading.contrasting or reading.comparing or reading.distancing or reading.denials:
            return False
        if not reading.signs.keys() <= _AT_HOME:
            return False
        told = {key for sketch in self._claims.pool([slug]) if sketch.own == slug for key in sketch.keys}
        return all(term.light or _pole(term.poles) or slug in term.slugs or term.key in told for term in reading.terms)

    def _against(self, slug: str, sign: Sign, reading: Reading) -> Claim | None:
        subject = self._claims.subject(slug)
        opposite, known = subject.of_sign(OPPOSITE[sign]), subject.facts.nature
        if subject.facts.suspicious and (not reading.soft or (sign > 0 and SUSPICION in reading.signs)):
            if sign < 0 and SUSPICION in reading.signs:
                return None
            known = -1 if sign > 0 else 1
        elif known is None and sign < 0 and NATURE not in reading.signs:
            return None  # that some of a kind are harmless does not make the kind less suspicious
        elif known is None:
            alike = subject.of_sign(sign)
            settled = opposite.count >= max(_ENOUGH, _OUTWEIGHED * alike.count)
            doubted = opposite.count + (subject.typical.count if sign > 0 else 0)
            absolute = bool(reading.absolutes) and not reading.soft and doubted >= _ENOUGH
            known = OPPOSITE[sign] if settled or absolute else None
        if known != -sign or (reading.soft and not opposite.count and not subject.facts.suspicious):
            return None
        firsts = (subject.typical.first if sign > 0 else None, opposite.first, subject.any.first)
        return next((self._claims.claim(number) for number in firsts if number is not None), None)

    def wrong_meaning(self, reading: Reading, before: frozenset[str]) -> Grounds | None:
        """'B4 means a normal sample': the category stands for something else."""
        slugs = {category.slug for category in reading.categories} or set(before)
        if reading.quantities or reading.open or (reading.remaining and (reading.soft or reading.most or reading.contrasting)):
            return None
        if any(piece.norm == _BETWEEN for piece in reading.pieces):
            return None
        if len(slugs) > 1 and reading.categories:
            if reading.comparing or reading.contrasting:
                return None  # 'B5b, unlike B5a, is invasive'
            return next((grounds for part in _apart(reading) if (grounds := self.wrong_meaning(part, before))), None)
        if len(slugs) != 1:
            return None
        slug = next(iter(slugs))
        told, covered = meanings_told(reading, self._lexicon)
        if not told or any(_holds(meaning, slug) for meaning in told):
            return None
        system = slug.rpartition("-")[0]
        if not all(any(other.rpartition("-")[0] == system for other in meaning.categories) for meaning in told):
            return None
        residue = sum(self._claims.weight(term) for term in reading.terms if not term.light and term.place not in covered)
        if residue > (_RESIDUE_OF_MEANING if _is_qualified(reading) else _WIDE_RESIDUE):
            return None
        if self._is_weighed(reading, covered) or self._is_parted(reading, covered):
            return None
        claim = self._claims.defining(slug)
        return Grounds(claim) if claim else None

    def _is_weighed(self, reading: Reading, covered: set[int]) -> bool:
        """Whether the sentence tells how often or for whom, or denies the meaning: 'is not asked for'."""
        norms = [piece.norm for piece in reading.pieces]
        if not self._lexicon.particles["qualifying"].isdisjoint(norms):
            return True
        before, after = range(max(0, min(covered) - _DENIED), min(covered)), norms[max(covered) + 1 : max(covered) + _BEHIND]
        denied = any((hit := self._lexicon.negations.at(norms, at)) and hit[1] for at in before)
        return denied or not self._lexicon.particles["contrasting"].isdisjoint(after)

    def _is_parted(self, reading: Reading, covered: set[int]) -> bool:
        """Whether a test stands between a category of pictures and the meaning: 'after BI-RADS 4 the biopsy was benign'."""
        at = {category.place for category in reading.categories if category.system != _OF_TISSUE}
        if not at:
            return False
        first, last = min(at | covered), max(at | covered)
        between = (reading.pieces[place].norm for place in range(first, last) if place not in covered)
        return any(norm in self._lexicon.particles["parting"] for norm in between)


def _is_qualified(reading: Reading) -> bool:
    """Whether the sentence says more than that a category means a thing: at times, if, unlike, not."""
    whole = reading.contrasting or reading.comparing or reading.conditional or bool(reading.denials) or reading.remaining
    return whole or reading.soft or reading.partial or reading.most


def meanings_told(reading: Reading, lexicon: Lexicon) -> tuple[list[Meaning], set[int]]:
    """The meanings the sentence names, the longest wording at each place, and the places they cover."""
    norms = [piece.norm for piece in reading.pieces]
    negated = {term.place for term in reading.terms if term.negated}
    told: list[Meaning] = []
    covered: set[int] = set()
    place = 0
    while place < len(norms):
        found = [(hit[0], meaning) for meaning in lexicon.meanings if (hit := meaning.words.at(norms, place))]
        longest = max((length for length, _ in found), default=0)
        if longest and not negated & set(range(place, place + longest)):
            told += [meaning for length, meaning in found if length == longest]
            covered |= set(range(place, place + longest))
        place += max(1, longest)
    return told, covered


def defined_in(reading: Reading, lexicon: Lexicon) -> set[str]:
    """The categories a sentence names beside a meaning that is true of them."""
    slugs = {category.slug for category in reading.categories}
    told = meanings_told(reading, lexicon)[0] if slugs else []
    return {slug for slug in slugs if any(slug in meaning.categories for meaning in told)}


def nature_told(reading: Reading) -> Sign | None:
    """The one nature a sentence tells, when no share goes with it."""
    signs = reading.signs.get(NATURE, frozenset[Sign]())
    both = signs | reading.signs.get(SUSPICION, frozenset[Sign]())
    if len(signs) == len(both) == 1 and not any(item.dimension == SHARE for item in reading.quantities):
        return next(iter(signs))
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


def _dangers(reading: Reading) -> frozenset[Sign]:
    """That a thing is dangerous says as much as that it is malignant; that it is safe may mean a test."""
    return reading.signs.get(SAFETY, frozenset[Sign]()) - {1}


def _pole(poles: Iterable[tuple[str, Sign]]) -> bool:
    return any(axis in (NATURE, SUSPICION, SAFETY) for axis, _ in poles)


def nature_of(nature: str | None, suspicion: str | None) -> Sign | None:
    """The sign of a concept's nature, or of a shape's usual one."""
    if nature in _SIGN_OF_NATURE:
        return _SIGN_OF_NATURE[nature]
    return 1 if suspicion == _BENIGN_SHAPE else None
