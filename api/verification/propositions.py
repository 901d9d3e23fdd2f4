"""What a clause says of its subject on each scale, and which told clause it differs from in just one value.

A scale holds values that exclude each other: thick and thin, a wedge and a row, left in place and taken out.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from api.search.labels import LabelIndex
from api.verification.candidates import Candidate
from api.verification.claims import Claim, Claims
from api.verification.compare import Match, compare
from api.verification.lexicon import NOUN_SCOPE, Lexicon
from api.verification.quantities import COUNT, SHARE
from api.verification.reader import Reader
from api.verification.reading import GENERAL, NATURE, SUSPICION, Reading, Term

_WALLS = frozenset({",", ";", ":", "but", "while", "whereas", "against", "and", "because", "so"})
_MOSTLY = 0.7
_OPEN_TO_ALL = "=calcification"
_DENIED = "!"
_CLOSE = 0.65
_VALUES = frozenset({NATURE, SUSPICION})
_AROUND = 0.6
_SAME_WORDS = 0.7
_ENOUGH = 0.5
_FEWEST = 2
_HALF, _NEAR_HALF = 0.5, 0.1
_NECESSITY = "necessity"
_ELSEWHERE = frozenset({"amount", "size", "age", "early", "completeness"})
_THINGS = frozenset({"=density"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its values by scale, what else it speaks of, and the concepts it names."""

    values: dict[str, frozenset[str]]
    keys: frozenset[str]
    slugs: frozenset[str]
    terms: tuple[Term, ...]
    denials: int = 0
    denials_of_all: int = 0
    figured: bool = False


def clauses_of(reading: Reading, lexicon: Lexicon) -> list[Clause]:
    """The clauses of a sentence in order."""
    walls = [at for at, piece in enumerate(reading.pieces) if piece.norm in _WALLS]
    bounds = list(zip([-1, *walls], [*walls, len(reading.pieces)], strict=True))
    return [_clause(reading, lexicon, first + 1, after) for first, after in bounds if after - first > 1]


def _clause(reading: Reading, lexicon: Lexicon, first: int, after: int) -> Clause:
    values: dict[str, set[str]] = defaultdict(set)
    terms = tuple(term for term in reading.terms if first <= term.place < after)
    denied = {term.place for term in terms if term.negated}
    for term in terms:
        for axis, sign in term.poles:
            values[axis].add(str(-sign if term.negated else sign))
    norms = [piece.norm for piece in reading.pieces[first:after]]
    for place in range(len(norms)):
        hit = lexicon.properties.at(norms, place)
        for group, member in hit[1] if hit else ():
            values[str(group)].add(f"{_DENIED}{member}" if first + place in denied else member)
    keys = frozenset(term.key for term in terms if not term.light or term.key.startswith("="))
    slugs = frozenset(slug for term in terms for slug in term.slugs)
    places = [place for place in range(len(norms)) if (hit := lexicon.negations.at(norms, place)) and hit[1] and norms[place] != "nor"]
    return Clause(
        {scale: frozenset(found) for scale, found in values.items()},
        keys,
        slugs,
        terms,
        sum(_denies_verb(norms, place, lexicon) for place in places),
        len(places),
        any(first <= quantity.first < after for quantity in reading.quantities),
    )


def _denies_verb(norms: list[str], place: int, lexicon: Lexicon) -> bool:
    """Whether the word denies what is done or is, not a thing, and is not part of a phrase with a direction of its own."""
    negation = lexicon.negations.at(norms, place)
    return bool(
        negation
        and negation[1] > NOUN_SCOPE
        and norms[place] != "no"
        and not lexicon.substitutions.at(norms, place)
        and not lexicon.axes.covers(norms, place)
    )


def opposed(said: str, told: str) -> bool:
    """Whether two values of one scale exclude each other; what is only denied leaves all other values open."""
    if said.startswith(_DENIED) or told.startswith(_DENIED):
        return said.lstrip(_DENIED) == told.lstrip(_DENIED) and said != told
    return said != told


class Propositions:
    """The clauses of all statements by scale."""

    def __init__(self, claims: Claims, lexicon: Lexicon, names: dict[str, frozenset[str]]) -> None:
        self._claims = claims
        self._lexicon = lexicon
        self._names = names

    def against(self, reading: Reading, before: frozenset[str], candidates: Sequence[Candidate]) -> Claim | None:
        """A claim that tells of the same subject the same but for one value, when none agrees on that value."""
        subjects = frozenset(slug for term in reading.terms for slug in term.slugs - GENERAL) or before
        pool = self._pool(subjects, candidates)
        return self._other_value(reading, subjects, pool) or self._denied(reading, pool)

    def _other_value(self, reading: Reading, subjects: frozenset[str], pool: list[Claim]) -> Claim | None:
        if reading.open or reading.comparing:
            return None
        if any(quantity.dimension in (SHARE, COUNT) for quantity in reading.quantities):
            return None
        for clause in clauses_of(reading, self._lexicon):
            for scale, values in clause.values.items():
                if len(values) == 1 and scale not in _ELSEWHERE and not scale.isdigit():
                    found = self._opposite(scale, clause, pool, subjects, reading)
                    if found:
                        return found
        return None

    def _denied(self, reading: Reading, pool: list[Claim]) -> Claim | None:
        """A claim whose clause says the same but for a denial, when no other clause says it with as many."""
        if reading.open or reading.single_study:
            return None
        for said in clauses_of(reading, self._lexicon):
            against, best = None, 0.0
            for claim in pool:
                if claim.reading.open or not _tells_figures(reading, claim):
                    continue
                for told in clauses_of(claim.reading, self._lexicon):
                    alike = self._alike(said, told)
                    if alike < _SAME_WORDS or not _else_alike(said, told, ""):
                        continue
                    if (said.denials - told.denials) % 2 == 0 or (said.denials_of_all - told.denials_of_all) % 2 == 0:
                        best = max(best, alike)
                    elif (said.figured or not told.figured) and _of_same_word(said, told) and (
                        excludes(reading, claim.reading) or (reading.partial and claim.reading.partial)
                    ):
                        against = against or claim
            if against and best < _SAME_WORDS:
                return against
        return None

    def _alike(self, said: Clause, told: Clause) -> float:
        """How much two clauses have in common, counted from the one that has less of it."""
        mine, theirs = _bearing(said), _bearing(told)
        weigh = self._claims.weight_of
        shared = sum(weigh(key) for key in mine & theirs)
        whole = max(sum(weigh(key) for key in mine), sum(weigh(key) for key in theirs))
        return shared / whole if len(mine & theirs) >= _FEWEST and shared >= _ENOUGH else 0.0

    def _pool(self, subjects: frozenset[str], candidates: Sequence[Candidate]) -> list[Claim]:
        """The claims on the subjects and those that cover nearly all of the sentence."""
        own = {n for slug in sorted(subjects) for n in self._claims.by_slug.get(slug, ()) if self._is_on(n, slug)}
        close = [
            item.claim
            for item in candidates
            if item.subject >= _CLOSE
            and not item.other_population
            and not item.wholly_other
            and (not subjects or subjects & item.claim.slugs)
        ]
        return [self._claims.all[number] for number in sorted(own)] + close

    def _is_on(self, number: int, slug: str) -> bool:
        claim = self._claims.all[number]
        return claim.own == slug or slug in claim.reading.slugs

    def _opposite(
        self, scale: str, said: Clause, pool: list[Claim], subjects: frozenset[str], reading: Reading
    ) -> Claim | None:
        against = None
        (value,) = said.values[scale]
        for claim in pool:
            if claim.reading.open or (not scale.isdigit() and scale not in claim.reading.signs):
                continue
            objects = self._objects(said, scale, subjects & (claim.slugs | {claim.own}))
            if not objects:
                continue
            for told in clauses_of(claim.reading, self._lexicon):
                values = told.values.get(scale, frozenset())
                if len(values) != 1 or _VALUES <= told.values.keys() or not self._speaks_of(objects, told, claim):
                    continue
                (other,) = values
                if not opposed(value, other):
                    if not subjects or subjects & (told.slugs | {claim.own}):
                        return None
                    continue
                if excludes(reading, claim.reading) and _else_alike(said, told, scale):
                    against = against or claim
        return against

    def _objects(self, clause: Clause, scale: str, subjects: frozenset[str]) -> frozenset[str]:
        """What the value is told of, beside the subject itself."""
        names = frozenset[str]().union(*(self._names.get(slug, frozenset()) for slug in subjects))
        return frozenset(
            term.key
            for term in clause.terms
            if (not term.light or term.key.startswith("="))
            and term.key != _OPEN_TO_ALL
            and term.key not in names
            and subjects.isdisjoint(term.slugs)
            and all(name != scale for name, _ in term.poles)
        ) | frozenset(key for key in clause.keys if key in _THINGS)

    def _speaks_of(self, objects: frozenset[str], told: Clause, claim: Claim) -> bool:
        """Whether a told clause, or less so the rest of its statement, speaks of the same."""
        weigh = self._claims.weight_of
        here = sum(weigh(key) for key in objects & told.keys)
        around = sum(weigh(key) for key in objects & claim.keys.keys() - told.keys)
        return here > 0 and here + _AROUND * around >= _MOSTLY * sum(weigh(key) for key in objects)


def _bearing(clause: Clause) -> frozenset[str]:
    return frozenset(term.key for term in clause.terms if not term.light and not term.key.startswith("~"))


def _of_same_word(said: Clause, told: Clause) -> bool:
    """Whether a word denied in the one stands plain in the other."""
    one = {term.key: term.negated for term in said.terms if not term.key.startswith("~")}
    other = {term.key: term.negated for term in told.terms if not term.key.startswith("~")}
    return any(one[key] != other[key] for key in one.keys() & other.keys())


def _tells_figures(reading: Reading, claim: Claim) -> bool:
    """Whether every figure of a sentence is told, so that only a denial can differ."""
    return all(
        any(compare(said, told.quantity) is Match.AGREE for told in claim.told)
        and not (said.dimension == SHARE and abs(said.low - _HALF) < _NEAR_HALF)
        for said in reading.quantities
    )


def excludes(said: Reading, told: Reading) -> bool:
    """Whether both leave no room for each other: 'may' only excludes 'never', 'must' excludes 'may not'."""
    strong = bool(said.absolutes and not said.partial) or 1 in said.signs.get(_NECESSITY, set())
    if said.partial:
        return -1 in told.absolutes
    if said.conditional:
        return told.conditional and (strong or not told.partial)
    return strong or not (told.partial or told.conditional)


def _else_alike(said: Clause, told: Clause, scale: str) -> bool:
    """Whether no second value is turned too: 'high grade, most likely' says the same as 'low grade, least likely'."""
    return not any(
        opposed(one, other)
        for name in said.values.keys() & told.values.keys() - {scale}
        for one in said.values[name]
        for other in told.values[name]
    )


def names_of(labels: LabelIndex, reader: Reader) -> dict[str, frozenset[str]]:
    """The keys of the words in the names of each concept."""
    found: dict[str, set[str]] = defaultdict(set)
    for key in labels.keys:
        keys = {term.key for term in reader.read(" ".join(key)).terms}
        for name in labels.exactly(key):
            found[name.slug] |= keys
    return {slug: frozenset(keys) for slug, keys in found.items()}
