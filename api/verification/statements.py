"""Reads statements: their sentences, the words around their figures, what each of them is about."""

from collections.abc import Container, Iterable
from dataclasses import replace
from functools import lru_cache

from api.knowledge.views import Figure, Statement
from api.verification.claims import BesideCategory, Heard, Outline, Told, signed
from api.verification.compare import Match, compare
from api.verification.lexicon import Sign
from api.verification.quantities import COUNT, SHARE, Quantity
from api.verification.reader import Reader
from api.verification.reading import Reading, Term
from api.verification.sentences import split
from api.verification.surroundings import around, beside, whole_of

_BY_TYPED = 0.4
_TEXTS = 10_000
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
_HEDGES = {"about": "about", "less-than": "less", "at-most": "at_most", "more-than": "more", "at-least": "at_least"}


class FigureTexts:
    """What figures count and among whom, read once as long as others say it in the same words."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.terms = lru_cache(_TEXTS)(self._terms)

    def _terms(self, text: str) -> tuple[Term, ...]:
        return tuple(self._reader.read(text).terms)


def read_statement(statement: Statement, reader: Reader, texts: FigureTexts, known: Container[str]) -> tuple[Outline, Heard]:
    """What a statement tells, sentence by sentence."""
    texts_of = split(statement.text, reader.lexicon.abbreviations)
    sentences = tuple(reader.read(sentence.text) for sentence in texts_of)
    slugs = frozenset(statement.concepts).union(*(reading.slugs for reading in sentences))
    typed = [item for figure in statement.figures for item in _typed(figure, texts)]
    told = (*(_explained(item, typed) for item in _told(sentences)), *typed)
    categories = frozenset(category.slug for reading in sentences for category in reading.categories) | frozenset(
        slug.replace("uk-r", "uk-r-") for slug in slugs if slug.startswith(("birads-", "uk-r")) and slug in known
    )
    categorised = tuple(item for reading in sentences for item in _beside(reading))
    keys = tuple(tuple(dict.fromkeys(term.key for term in reading.terms)) for reading in sentences)
    outline = Outline(
        statement.id, statement.concepts[0], keys, _figure_keys(statement, texts), _signs(sentences), slugs, categories
    )
    return outline, Heard(sentences, told, categorised)


def _signs(sentences: Iterable[Reading]) -> dict[str, frozenset[Sign]]:
    """The directions of all sentences, by axis."""
    found: dict[str, frozenset[Sign]] = {}
    for reading in sentences:
        for axis, signs in reading.signs.items():
            found[axis] = found.get(axis, frozenset()) | signs
    return found


def _told(sentences: Iterable[Reading]) -> list[Told]:
    return [
        Told(
            quantity,
            around(reading, quantity.first, quantity.after),
            _head(reading, quantity),
            whole=whole_of(reading, quantity),
            beside=beside(reading, quantity),
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


def _beside(reading: Reading) -> list[BesideCategory]:
    """The categories of a sentence with the words of the clause each stands in; a clause that names several binds none."""
    walls = [at for at, piece in enumerate(reading.pieces) if piece.norm in _CLAUSE_ENDS]
    found = []
    for category in reading.categories:
        first = max((at for at in walls if at < category.place), default=-1)
        after = min((at for at in walls if at > category.place), default=len(reading.pieces))
        inside = {other.slug for other in reading.categories if first < other.place < after}
        if len(inside) == 1 or len({other.slug for other in reading.categories}) == 1:
            terms = [term for term in reading.terms if len(inside) == 1 and first < term.place < after and not term.light]
            found.append(BesideCategory(category.slug, frozenset(term.key for term in terms)))
    return found


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
