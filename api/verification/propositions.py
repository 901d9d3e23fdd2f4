"""Clauses of all statements held against those of a sentence: the same but for one value, or but for a denial."""

from collections.abc import Container, Sequence

from api.verification.candidates import Candidate
from api.verification.claims import Claim
from api.verification.clauses import Clause, clauses_of, else_alike, of_same_word
from api.verification.compare import Match, compare
from api.verification.lexicon import Lexicon
from api.verification.quantities import COUNT, SHARE
from api.verification.reading import FREQUENCY, GENERAL, NATURE, NECESSITY, SUSPICION, Reading
from api.verification.shelf import Claims
from api.verification.subjects import Sketch, sketch_of

_MOSTLY = 0.7
_AROUND = 0.6
_CLOSE = 0.65
_SAME_WORDS = 0.7
_ENOUGH = 0.5
_FEWEST = 2
_HALF, _NEAR_HALF = 0.5, 0.1
_DIRECTION = "direction"
_OPEN_TO_ALL = "=calcification"
_VALUES = frozenset({NATURE, SUSPICION})
_ELSEWHERE = frozenset({"amount", "size", "age", "early", "completeness"})
_THINGS = frozenset({"=density"})


class Propositions:
    """The clauses of the statements on a subject, and of those in much the same words."""

    def __init__(self, claims: Claims, lexicon: Lexicon) -> None:
        self._claims = claims
        self._lexicon = lexicon

    def against(self, reading: Reading, before: frozenset[str], candidates: Sequence[Candidate]) -> Claim | None:
        """A claim that tells of the same subject the same but for one value or a denial, when none says it alike."""
        if reading.open or reading.contrasting:
            return None
        subjects = frozenset(slug for term in reading.terms for slug in term.slugs - GENERAL) or before
        pool = self._pool(sorted(subjects), candidates)
        said = clauses_of(reading, self._lexicon)
        return self._other_value(reading, said, subjects, pool) or self._denied(reading, said, pool)

    def _pool(self, subjects: Sequence[str], candidates: Sequence[Candidate]) -> list[Sketch]:
        """The claims on the subjects and those that cover most of the sentence."""
        close = [
            item.claim
            for item in candidates
            if item.subject >= _CLOSE
            and not item.other_population
            and not item.wholly_other
            and (not subjects or not item.claim.slugs.isdisjoint(subjects))
        ]
        return self._claims.pool(subjects) + [sketch_of(claim, claim.reading) for claim in close if not claim.reading.open]

    def _other_value(self, reading: Reading, clauses: list[Clause], subjects: frozenset[str], pool: list[Sketch]) -> Claim | None:
        if reading.comparing or any(quantity.dimension in (SHARE, COUNT) for quantity in reading.quantities):
            return None
        for said in clauses:
            rarely = said.values.get(FREQUENCY) == frozenset({-1})
            for scale, values in said.values.items():
                if len(values) == 1 and scale not in _ELSEWHERE and not (rarely and scale in _VALUES):
                    found = self._opposite(reading, said, scale, subjects, pool)
                    if found:
                        return found
        return None

    def _opposite(self, reading: Reading, said: Clause, scale: str, subjects: frozenset[str], pool: list[Sketch]) -> Claim | None:
        """The first claim with the other value of the scale for the same thing; none if one on the subject has the same."""
        against = None
        objects_of = {
            sketch.number: objects
            for sketch in pool
            if scale in sketch.scales
            and (objects := _objects(said, scale, subjects.intersection((*sketch.slugs, sketch.own))))
            and self._covers(objects, frozenset(), sketch.keys)
        }
        self._claims.want(objects_of)
        for number, objects in objects_of.items():
            claim = self._claims.claim(number)
            for told in clauses_of(claim.reading, self._lexicon):
                values = told.values.get(scale, frozenset())
                if len(values) != 1 or told.values.keys() >= _VALUES or not told.keys:
                    continue
                if not self._covers(objects, told.keys, claim.keys):
                    continue
                if values != said.values[scale] and self._turned_twice(said, told, scale):
                    continue
                if values != said.values[scale]:
                    against = against or (claim if excludes(reading, claim.reading) and else_alike(said, told, scale) else None)
                elif not subjects or subjects & (told.slugs | {claim.own}):
                    return None
        return against

    def _turned_twice(self, said: Clause, told: Clause, scale: str) -> bool:
        """'Hardly ever cancer' and 'nearly always no cancer': a denial turns the other value back, unless counted."""
        if scale == FREQUENCY:
            return of_same_word(said, told) or NATURE in said.values.keys() | told.values.keys()
        if scale == _DIRECTION and (said.denials_of_all - told.denials_of_all) % 2 == 1:
            return True
        return scale not in self._lexicon.turning and said.denials > told.denials and (said.denials - told.denials) % 2 == 1

    def _covers(self, objects: frozenset[str], keys: frozenset[str], everywhere: Container[str]) -> bool:
        """Whether a told clause, or less so the rest of its statement, speaks of the same; without keys, whether it may."""
        weigh = self._claims.weight_of
        here = sum(weigh(key) for key in objects & keys)
        around = sum(weigh(key) for key in objects if key in everywhere and key not in keys)
        needed = _MOSTLY * sum(weigh(key) for key in objects)
        return here > 0 and here + _AROUND * around >= needed if keys else around >= needed

    def _denied(self, reading: Reading, clauses: list[Clause], pool: list[Sketch]) -> Claim | None:
        """A claim whose clause says the same but for a denial, when no other clause says it with as many."""
        if reading.single_study or (1 in reading.absolutes and reading.denials):
            return None  # 'does not find every cancer' denies less than it seems to
        for said in clauses:
            against, alike = None, False
            alike_in_words = [sketch.number for sketch in pool if self._shares_words(said, sketch.keys)]
            self._claims.want(alike_in_words)
            for claim in map(self._claims.claim, alike_in_words):
                if not _tells_figures(reading, claim):
                    continue
                for told in self._in_same_words(said, claim):
                    differs = (said.denials - told.denials) % 2 and (said.denials_of_all - told.denials_of_all) % 2
                    alike = alike or not differs
                    if differs and _excludes_denied(reading, said, claim.reading, told):
                        against = against or claim
            if against and not alike:
                return against
        return None

    def _shares_words(self, said: Clause, keys: Container[str]) -> bool:
        """Whether most of a clause's words are among some keys."""
        weigh = self._claims.weight_of
        whole = sum(weigh(key) for key in said.bearing)
        return whole >= _ENOUGH and sum(weigh(key) for key in said.bearing if key in keys) >= _SAME_WORDS * whole

    def _in_same_words(self, said: Clause, claim: Claim) -> list[Clause]:
        """The clauses of a claim that have most in common with one of the sentence, counted from the longer of both."""
        weigh = self._claims.weight_of
        mine = said.bearing
        elsewhere = {term.key for sentence in claim.siblings if sentence is not claim.reading for term in sentence.terms}
        found = []
        for told in clauses_of(claim.reading, self._lexicon):
            shared = mine & told.bearing
            weight = sum(weigh(key) for key in shared)
            own = sum(weigh(key) for key in mine if key in told.bearing or key not in elsewhere)
            longer = max(own, sum(weigh(key) for key in told.bearing))
            if len(shared) >= _FEWEST and weight >= max(_ENOUGH, _SAME_WORDS * longer) and else_alike(said, told):
                found.append(told)
        return found


def _objects(clause: Clause, scale: str, subjects: frozenset[str]) -> frozenset[str]:
    """What the value is told of, beside the subject itself."""
    return frozenset(
        term.key
        for term in clause.terms
        if term.key in clause.keys
        and term.key != _OPEN_TO_ALL
        and subjects.isdisjoint(term.slugs)
        and all(name != scale for name, _ in term.poles)
    ) | (clause.keys & _THINGS)


def _excludes_denied(reading: Reading, said: Clause, told_reading: Reading, told: Clause) -> bool:
    """Whether the denial is of a word both use, and neither only says what may be while the other says what is."""
    both_partial = reading.partial and told_reading.partial and not reading.lessened
    plain = said.figured or not told.figured
    return plain and of_same_word(said, told) and (both_partial or excludes(reading, told_reading))


def _tells_figures(reading: Reading, claim: Claim) -> bool:
    """Whether every figure of a sentence is told, so that only a denial can differ."""
    return all(
        any(compare(said, told.quantity) is Match.AGREE for told in claim.told)
        and not (said.dimension == SHARE and abs(said.low - _HALF) < _NEAR_HALF)
        for said in reading.quantities
    )


def excludes(said: Reading, told: Reading) -> bool:
    """Whether both leave no room for each other: 'may' only excludes 'never', 'must' excludes 'may not'."""
    strong = bool(said.absolutes and not said.partial) or 1 in said.signs.get(NECESSITY, set())
    if said.unable or told.unable:
        return not (said.unable and told.unable)
    if said.partial:
        return -1 in told.absolutes
    if said.conditional:
        return told.conditional and (strong or not told.partial)
    return strong or not (told.partial or told.conditional)
