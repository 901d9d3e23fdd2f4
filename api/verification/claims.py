"""The sentences of the statements as claims, with an index of their terms and the weight of each term."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from api.knowledge.references import all_references
from api.knowledge.shared import each_statement
from api.knowledge.views import Figure, Statement
from api.verification.compare import Match, compare
from api.verification.lexicon import Sign
from api.verification.quantities import COUNT, SHARE, Quantity
from api.verification.reader import Reader
from api.verification.reading import Reading, Term
from api.verification.sentences import split
from api.verification.sharing import Sharing
from api.vocabulary import ConceptKind

_ELSEWHERE = 0.8
_BY_FIGURE = 0.7
_LIGHT = 0.3
_UNKNOWN = 1.0
_LEAST = 0.12
_WINDOW = 7
_BRACKETS = 14
_WHOLE_REACH = 4
_SUBJECT_REACH = 12
_WALLS = frozenset({";", ":"})
_FENCES = frozenset({",", "and", "but", "against", "versus", "vs", "while", "whereas", "compared"})
_BY_TYPED = 0.4
_CLAUSE_ENDS = frozenset({";", ":", "and", "but", "while", "whereas", "against"})
_UNITS: dict[str, tuple[str, float]] = {
    "proportion": (SHARE, 1.0),
    "per-1000": (SHARE, 0.001),
    "ratio": ("number", 1.0),
    "kappa": ("number", 1.0),
    "count": (COUNT, 1.0),
    "um": ("length", 0.001),
    "mm": ("length", 1.0),
    "cm": ("length", 10.0),
    "seconds": ("time", 1 / 86400),
    "minutes": ("time", 1 / 1440),
    "hours": ("time", 1 / 24),
    "days": ("time", 1.0),
    "weeks": ("time", 7.0),
    "months": ("time", 30.4375),
    "years": ("time", 365.25),
    "mSv": ("radiation", 1.0),
    "mGy": ("absorbed", 1.0),
    "gauge": ("gauge", 1.0),
}
_PATTERNS = frozenset({ConceptKind.SUBTYPE, ConceptKind.DISTRIBUTION})
_HEDGES = {"about": "about", "less-than": "less", "at-most": "at_most", "more-than": "more", "at-least": "at_least"}


@dataclass(frozen=True, slots=True)
class Told:
    """A figure a statement tells: how near which words stand, the word it counts; `typed` when from its list of figures.

    `about` is what the list says was counted and among whom, denied words marked.
    """

    quantity: Quantity
    around: Mapping[str, float]
    head: str | None = None
    typed: bool = False
    about: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Beside:
    """A category a statement names and the words of its own clause."""

    slug: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a statement, with what the whole statement adds; `signs` are those of all its sentences."""

    statement_id: str
    own: str
    reading: Reading
    signs: Mapping[str, frozenset[Sign]]
    siblings: tuple[Reading, ...]
    keys: Mapping[str, float]
    slugs: frozenset[str]
    told: tuple[Told, ...]
    categories: frozenset[str]
    beside_category: tuple["Beside", ...] = ()


def around(reading: Reading, first: int, after: int, window: int = _WINDOW) -> dict[str, float]:
    """The keys near some pieces and how near they are, 1 for neighbours; not beyond a semicolon.

    Between two figures a comma or an 'and' ends the neighbourhood too, so that each figure keeps its own words. What stands
    in brackets right after a figure, such as its interval, takes up no room.
    """
    start = _after_brackets(reading, after)
    low, high = max(0, first - window), min(len(reading.pieces), start + window)
    others_left = any(quantity.after <= first for quantity in reading.quantities)
    others_right = any(quantity.first >= start for quantity in reading.quantities)
    for at in range(first - 1, low - 1, -1):
        norm = reading.pieces[at].norm
        if norm == ";" or (others_left and (norm in _WALLS or norm in _FENCES)):
            low = at
            break
    for at in range(start, high):
        if reading.pieces[at].norm in _WALLS or (others_right and reading.pieces[at].norm in _FENCES):
            high = at
            break
    near: dict[str, float] = {}
    for term in reading.terms:
        if low <= term.place < high:
            distance = first - term.place if term.place < first else max(1, term.place - max(start, after) + 1)
            near[term.key] = max(near.get(term.key, 0.0), 2 / (1 + distance))
    return near


def _after_brackets(reading: Reading, after: int) -> int:
    """The place after brackets that open at a place, if they close soon."""
    if after < len(reading.pieces) and reading.pieces[after].norm == "(":
        for at in range(after + 1, min(len(reading.pieces), after + _BRACKETS)):
            if reading.pieces[at].norm == ")":
                return at + 1
    return after


class Claims:
    """Every claim of a release, found by the terms it shares with a sentence."""

    def __init__(self, claims: list[Claim], abbreviations: frozenset[str], patterns: frozenset[str] = frozenset()) -> None:
        self.all = claims
        self.abbreviations = abbreviations
        self.patterns = patterns
        statements = {claim.statement_id: claim for claim in claims}
        self._first = {claim.statement_id: claim for claim in reversed(claims)}
        self._frequency = Counter(key for claim in statements.values() for key in claim.keys)
        count = max(1, len(statements))
        self._weights = {
            frequency: max(_LEAST, math.log(1 + count / frequency) / math.log(1 + count))
            for frequency in set(self._frequency.values())
        }
        self.by_key: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self.by_slug: dict[str, list[int]] = defaultdict(list)
        self.by_dimension: dict[str, set[int]] = defaultdict(set)
        for number, claim in enumerate(claims):
            postings = {factor: (number, factor) for factor in claim.keys.values()}
            for key, factor in claim.keys.items():
                self.by_key[key].append(postings[factor])
            for slug in claim.slugs:
                self.by_slug[slug].append(number)
            for told in claim.told:
                self.by_dimension[told.quantity.dimension].add(number)

    def first_of(self, statement_id: str) -> Claim:
        """The first claim of a statement."""
        return self._first[statement_id]

    def weight(self, term: Term) -> float:
        """How much of a sentence's meaning a term bears: rare words much, common ones little."""
        if term.key not in self._frequency:
            return _LIGHT if term.light else _UNKNOWN
        weight = self.weight_of(term.key)
        return weight * _LIGHT if term.light else weight

    def weight_of(self, key: str) -> float:
        """The weight of a key wherever it stands."""
        frequency = self._frequency.get(key, 0)
        return self._weights[frequency] if frequency else _UNKNOWN

    def knows(self, key: str) -> bool:
        """Whether any statement uses the term."""
        return key in self._frequency


class FigureTexts:
    """What figures count and among whom, read once: many figures say it in the same words."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._terms: dict[str, tuple[Term, ...]] = {}

    def terms(self, text: str) -> tuple[Term, ...]:
        """The terms of such a text."""
        found = self._terms.get(text)
        if found is None:
            found = self._terms[text] = tuple(self._reader.read(text).terms)
        return found


def load_claims(session: Session, reader: Reader) -> Claims:
    """Read every statement of the release into claims."""
    concepts = all_references(session)
    known = frozenset(concepts)
    claims: list[Claim] = []
    texts, sharing = FigureTexts(reader), Sharing()
    for statement in each_statement(session):
        claims += _claims(statement, reader, texts, known, sharing)
    patterns = frozenset(slug for slug, concept in concepts.items() if concept.kind in _PATTERNS)
    return Claims(claims, reader.lexicon.abbreviations, patterns)


def _claims(statement: Statement, reader: Reader, texts: FigureTexts, known: frozenset[str], sharing: Sharing) -> list[Claim]:
    texts_of = split(statement.text, reader.lexicon.abbreviations)
    sentences = tuple(sharing.reading(reader.read(sentence.text)) for sentence in texts_of)
    signs = sharing.mapping(_signs(sentences))
    extra = _figure_keys(statement, texts)
    slugs = sharing.one(frozenset(statement.concepts).union(*(reading.slugs for reading in sentences)))
    typed = [item for figure in statement.figures for item in _typed(figure, texts)]
    told = tuple(_shared(item, sharing) for item in [*(_explained(item, typed) for item in _told(sentences)), *typed])
    categories = frozenset(category.slug for reading in sentences for category in reading.categories) | frozenset(
        slug.replace("uk-r", "uk-r-") for slug in slugs & known if slug.startswith(("birads-", "uk-r"))
    )
    beside = tuple(item for reading in sentences for item in _beside(reading))
    everywhere = dict.fromkeys(extra, _BY_FIGURE)
    everywhere |= dict.fromkeys((term.key for reading in sentences for term in reading.terms), _ELSEWHERE)
    claims = []
    for reading in sentences:
        keys = everywhere | dict.fromkeys((term.key for term in reading.terms), 1.0)
        claims.append(
            Claim(statement.id, statement.concepts[0], reading, signs, sentences, keys, slugs, told, categories, beside)
        )
    return claims


def _signs(sentences: Iterable[Reading]) -> dict[str, frozenset[Sign]]:
    """The directions of all sentences, by axis."""
    found: dict[str, frozenset[Sign]] = {}
    for reading in sentences:
        for axis, signs in reading.signs.items():
            found[axis] = found.get(axis, frozenset()) | signs
    return found


def _shared(told: Told, sharing: Sharing) -> Told:
    return replace(told, around=sharing.mapping(told.around), about=sharing.one(told.about), whole=sharing.one(told.whole))


def _told(sentences: Iterable[Reading]) -> list[Told]:
    return [
        Told(
            quantity, around(reading, quantity.first, quantity.after), _head(reading, quantity), whole=whole_of(reading, quantity)
        )
        for reading in sentences
        for quantity in reading.quantities
    ]


def _explained(told: Told, typed: list[Told]) -> Told:
    """A figure of the text with what the list of figures says of the closest like it."""
    like = [item for item in typed if compare(told.quantity, item.quantity) is Match.AGREE]
    if not like:
        return told
    closest = min(
        like, key=lambda item: abs(item.quantity.low - told.quantity.low) + abs(item.quantity.high - told.quantity.high)
    )
    return replace(told, about=closest.about)


def _beside(reading: Reading) -> list[Beside]:
    """The categories of a sentence with the words of the clause each stands in; a clause that names several binds none."""
    walls = [at for at, piece in enumerate(reading.pieces) if piece.norm in _CLAUSE_ENDS]
    found = []
    for category in reading.categories:
        first = max((at for at in walls if at < category.place), default=-1)
        after = min((at for at in walls if at > category.place), default=len(reading.pieces))
        inside = {other.slug for other in reading.categories if first < other.place < after}
        if len(inside) == 1 or len({other.slug for other in reading.categories}) == 1:
            terms = [term for term in reading.terms if len(inside) == 1 and first < term.place < after and not term.light]
            found.append(Beside(category.slug, frozenset(term.key for term in terms)))
    return found


def signed(terms: Iterable[Term]) -> frozenset[str]:
    """The keys of terms, denied ones marked."""
    return frozenset(f"!{term.key}" if term.negated else term.key for term in terms)


def whole_of(reading: Reading, quantity: Quantity) -> frozenset[str]:
    """What a share is a share of, when it is said beside it: '85% of DCIS', 'of 40 women recalled 31% had DCIS'."""
    if quantity.dimension != SHARE:
        return frozenset()
    following = next((at for at in range(quantity.after, len(reading.pieces)) if reading.pieces[at].kind != "mark"), None)
    if following in reading.predicates:
        first = max((at for at, piece in enumerate(reading.pieces[: quantity.first]) if piece.norm in _WALLS), default=-1)
        before = [term for term in reading.terms if max(first, quantity.first - _SUBJECT_REACH) < term.place < quantity.first]
        return frozenset(term.key for term in before if not term.light)
    if following != quantity.after or (quantity.total is None and reading.pieces[following].norm != "of"):
        return frozenset()
    after = [term for term in reading.terms if quantity.after <= term.place <= quantity.after + _WHOLE_REACH]
    return frozenset(term.key for term in after if not term.light)


def _head(reading: Reading, quantity: Quantity) -> str | None:
    """The word a figure counts: the first term right after it."""
    return next((term.key for term in reading.terms if quantity.after <= term.place <= quantity.after + 2), None)


def _figure_keys(statement: Statement, texts: FigureTexts) -> frozenset[str]:
    told = [text for figure in statement.figures for text in (figure.what, figure.among, figure.design) if text]
    return frozenset(term.key for text in told for term in texts.terms(text))


def _typed(figure: Figure, texts: FigureTexts) -> list[Told]:
    terms = [term for text in (figure.what, figure.among) if text for term in texts.terms(text)]
    keys = dict.fromkeys((term.key for term in terms), _BY_TYPED)
    dimension, factor = _UNITS.get(figure.unit, ("other", 1.0))
    low = figure.value if figure.low is None else figure.low
    high = figure.value if figure.high is None else figure.high
    found = []
    if low is not None and high is not None:
        hedge = _HEDGES.get(figure.comparison or "")
        quantity = Quantity(dimension, low * factor, high * factor, 0.0, 0, 0, hedge, total=figure.n)
        about = signed(terms)
        found.append(Told(quantity, keys, typed=True, about=about))
    for count in (figure.events, figure.n):
        if count is not None:
            found.append(Told(Quantity(COUNT, count, count, 0.4, 0, 0), keys, typed=True))
    return found
