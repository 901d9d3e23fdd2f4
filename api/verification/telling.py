"""How much speaks for a statement telling what a sentence says, in whatever words: a few signals weighed together.

Each weight says what a signal adds to the logarithm of the odds; docs/grounding.md says how they were fitted, set by set held
out, and how often they are right.
"""

from dataclasses import dataclass, fields

from api.search.stems import stem
from api.verification.claims import Claim
from api.verification.hearing import Hearing, KeySigns
from api.verification.held import Held
from api.verification.reading import GENERAL, Reading, Term
from api.verification.shelf import Claims

_BIAS = -2.2
_WEIGHTS = (0.8, 1.6, -1.1, 1.07, 1.36, 0.7, 1.1, 1.73, -1.0, -2.0, -1.3, -1.0, -1.06, -0.6, -0.7, 0.45, 2.1, 1.4)
_LEAST = 0.3
_MOST_FIGURES, _MOST_AGREEING, _MOST_SUBSTANCE = 3, 2, 6.0
_BEGINNING = 5


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a statement, or against it. Shares are of the weight of the sentence's words.

    `covered`: told in its words. `right_words`, `wrong_words`: found in its keys only, as right or as wrong there. `unknown`: the
    release never uses them. `untold`: it does, this statement does not. `about`, `told`, `figure`: what its keys hear.
    `back`: the share of the claim that the sentence tells. `agreeing`, `unpaired`: shares of the figures. `elsewhere`: the share
    of concepts it does not speak of. `adrift`: the sentence points back to something else. `wider`: it says always where the
    statement does not. `open_order`: it compares, the statement does not settle how. `directions`: how many agree.
    `substance`: how much the sentence says. `hedged`: it says no more than that something may be, or is at times.
    """

    covered: float
    right_words: float
    wrong_words: float
    about: float
    told: bool
    figure: bool
    back: float
    agreeing: float
    unpaired: float
    unknown: float
    untold: float
    elsewhere: float
    adrift: bool
    wider: bool
    open_order: bool
    directions: float
    substance: float
    hedged: bool

    def values(self) -> tuple[float, ...]:
        """The signals as numbers, in the order of the weights."""
        return tuple(float(getattr(self, name)) for name in _SIGNALS)

    def odds(self) -> float:
        """The logarithm of the odds that the statement tells it: above 0, it more likely does than not."""
        return _BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, self.values(), strict=True))


_SIGNALS = tuple(field.name for field in fields(Signals))


class Telling:
    """One sentence, with what it points back to, held against any statement."""

    def __init__(self, reading: Reading, before: frozenset[str], claims: Claims, hearing: Hearing) -> None:
        self._reading = reading
        self._before = before
        self._claims = claims
        self._hearing = hearing
        self._substance = max(_LEAST, sum(claims.weight(term) for term in reading.terms))
        self._keys = frozenset(term.key for term in reading.terms)
        self._named = frozenset(slug for term in reading.terms for slug in term.slugs)

    def odds(self, held: Held) -> float:
        """The logarithm of the odds that a claim tells the sentence."""
        return self.signals(held).odds()

    def signals(self, held: Held) -> Signals:
        """What speaks for a claim telling the sentence, or against it."""
        reading, claim = self._reading, held.candidate.claim
        heard = self._hearing.of(claim.statement_id)
        shares = self._shares(claim, heard)
        figures = max(1, min(len(held.figures), _MOST_FIGURES))
        concepts = reading.slugs - GENERAL
        return Signals(
            covered=held.candidate.support,
            right_words=shares["right"],
            wrong_words=shares["wrong"],
            about=heard.about,
            told=heard.told,
            figure=heard.figure,
            back=self._told_back(claim),
            agreeing=min(held.agreeing, _MOST_FIGURES) / figures,
            unpaired=min(sum(figure.match is None for figure in held.figures), _MOST_FIGURES) / figures,
            unknown=shares["unknown"],
            untold=shares["untold"],
            elsewhere=len(concepts - claim.slugs) / len(concepts) if concepts else 0.0,
            adrift=bool(self._before and not self._before & claim.slugs),
            wider=held.loses_exception,
            open_order=held.order_open,
            directions=min(len(held.polarity.agree), _MOST_AGREEING),
            substance=min(self._substance, _MOST_SUBSTANCE) / _MOST_SUBSTANCE,
            hedged=reading.partial,
        )

    def _told_back(self, claim: Claim) -> float:
        """The share of the claim's own sentence that the sentence tells."""
        whole = found = 0.0
        for term in claim.reading.terms:
            weight = self._claims.weight(term)
            whole += weight
            found += weight * (term.key in self._keys or bool(term.slugs & self._named))
        return found / whole if whole else 0.0

    def _shares(self, claim: Claim, heard: KeySigns) -> dict[str, float]:
        """The weight of words only keys know, of those the statement lacks, and of those no statement uses."""
        stems = {stem(piece.norm) for sentence in claim.siblings for piece in sentence.pieces if piece.kind == "word"}
        beginnings = {word[:_BEGINNING] for word in stems if len(word) >= _BEGINNING}
        found = {"right": 0.0, "wrong": 0.0, "unknown": 0.0, "untold": 0.0}
        for term in self._reading.terms:
            if term.key in claim.keys or term.slugs & claim.slugs:
                continue
            weight = self._claims.weight(term) / self._substance
            norm = self._reading.pieces[term.place].norm
            found["wrong"] += weight * (norm in heard.wrong_words)
            kind = None if stem(norm) in stems or _same_direction(term, claim) else self._kind(term, norm, heard, beginnings)
            if kind:
                found[kind] += weight
        return found

    def _kind(self, term: Term, norm: str, heard: KeySigns, beginnings: set[str]) -> str | None:
        """What a word the statement does not tell is, if it counts."""
        if norm in heard.right_words:
            return "right"
        if norm in heard.words or stem(norm)[:_BEGINNING] in beginnings or term.light:
            return None
        return "untold" if self._claims.knows(term.key) else "unknown"


def _same_direction(term: Term, claim: Claim) -> bool:
    """Whether the statement pulls in the direction of a word."""
    return any((-sign if term.negated else sign) in claim.signs.get(axis, ()) for axis, sign in term.poles[:1])
