"""The verdict on a sentence: held against the claims on its subject, precise before complete."""

from dataclasses import dataclass
from enum import StrEnum

from api.verification.candidates import Candidate
from api.verification.claims import Told, around
from api.verification.compare import Match, compare
from api.verification.polarity import Polarity, compare_polarity
from api.verification.quantities import COUNT, NUMBER, SHARE, YEAR, Quantity
from api.verification.reading import Reading

SUPPORTED = 0.58
SUPPORTED_WITH_FIGURES = 0.45
CLASHING = 0.78
CLASHING_WITH_FIGURES = 0.68
_RIVAL = 0.15
_SHARED_AROUND = 1


class Verdict(StrEnum):
    """What came of holding a sentence against the statements."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    NOT_CHECKABLE = "not_checkable"


class Reason(StrEnum):
    """Why a verdict was given."""

    SAME = "same-claim"
    FIGURES_AGREE = "figures-agree"
    FIGURE_DIFFERS = "figure-differs"
    CATEGORY_DIFFERS = "category-differs"
    DIRECTION_DIFFERS = "direction-differs"
    NEGATION_DIFFERS = "negation-differs"
    NOTHING_CLOSE = "nothing-close"
    FIGURE_NOT_FOUND = "figure-not-found"
    NO_CLAIM = "no-claim"


@dataclass(frozen=True)
class FigureMatch:
    """A figure of the sentence beside the statement's."""

    said: Quantity
    told: Quantity | None
    match: Match | None


@dataclass(frozen=True)
class Judgement:
    """The verdict, the reason, and the claims it rests on."""

    verdict: Verdict
    reason: Reason
    candidates: tuple[Candidate, ...] = ()
    figures: tuple[FigureMatch, ...] = ()


@dataclass(frozen=True)
class Held:
    """A candidate held against the sentence."""

    candidate: Candidate
    figures: tuple[FigureMatch, ...]
    polarity: Polarity
    category_clash: bool

    @property
    def figures_agree(self) -> bool:
        """Whether every figure of the sentence has its like in the statement."""
        return all(figure.match in (Match.AGREE, Match.UNSURE) for figure in self.figures)

    @property
    def figure_clash(self) -> bool:
        """Whether a figure differs from the one told for the same thing."""
        return any(figure.match is Match.CLASH for figure in self.figures)

    @property
    def supports(self) -> bool:
        """Whether the claim says the same."""
        if self.candidate.other_population or self.category_clash or self.polarity.opposed or not self.figures_agree:
            return False
        return self.candidate.support >= (SUPPORTED_WITH_FIGURES if self.figures else SUPPORTED)


def judge(reading: Reading, candidates: list[Candidate]) -> Judgement:
    """The verdict for a sentence that claims something."""
    held = [_hold(reading, candidate) for candidate in candidates]
    supporting = sorted((item for item in held if item.supports), key=lambda item: -item.candidate.support)
    clashing = sorted((item for item in held if _clashes(item)), key=lambda item: -item.candidate.subject)
    if supporting and (not clashing or supporting[0].candidate.support + _RIVAL >= clashing[0].candidate.subject):
        reason = Reason.FIGURES_AGREE if supporting[0].figures else Reason.SAME
        return Judgement(Verdict.SUPPORTED, reason, _top(supporting), supporting[0].figures)
    for item in clashing:
        if not _has_rival(item, held):
            return Judgement(Verdict.CONTRADICTED, _why(item), (item.candidate,), item.figures)
    if supporting:
        reason = Reason.FIGURES_AGREE if supporting[0].figures else Reason.SAME
        return Judgement(Verdict.SUPPORTED, reason, _top(supporting), supporting[0].figures)
    near = [item for item in held if item.candidate.support >= SUPPORTED]
    reason = Reason.FIGURE_NOT_FOUND if near and reading.quantities else Reason.NOTHING_CLOSE
    return Judgement(Verdict.UNSUPPORTED, reason, (), near[0].figures if near else ())


def _top(supporting: list[Held]) -> tuple[Candidate, ...]:
    chosen: dict[str, Candidate] = {}
    for item in supporting:
        chosen.setdefault(item.candidate.claim.statement_id, item.candidate)
    return tuple(chosen.values())[:3]


def _hold(reading: Reading, candidate: Candidate) -> Held:
    claim = candidate.claim
    figures = tuple(_figure(reading, quantity, claim.told) for quantity in reading.quantities)
    said = {category.slug for category in reading.categories}
    systems = {category.system for category in reading.categories}
    told = {slug for slug in claim.categories if slug.rpartition("-")[0] in systems}
    clash = bool(said and told and not said & told and not any(_covers(one, other) for one in said for other in told))
    return Held(candidate, figures, compare_polarity(reading, claim.reading), clash)


def _covers(said: str, told: str) -> bool:
    """Category 4 holds 4A to 4C, B5 holds B5a and B5b."""
    return said.startswith(told) or told.startswith(said)


def _figure(reading: Reading, quantity: Quantity, told: tuple[Told, ...]) -> FigureMatch:
    here = around(reading, quantity.first, quantity.after)
    best: tuple[Match, int, Quantity] | None = None
    for item in told:
        match = compare(quantity, item.quantity)
        if match is None and quantity.dimension == SHARE:
            match = _complement(quantity, item.quantity, here, item)
        if match is None:
            continue
        shared = len(here & item.around)
        if match is Match.CLASH and (item.typed or not _comparable(quantity, shared)):
            continue
        if best is None or (match, shared) > best[:2]:
            best = (match, shared, item.quantity)
    return FigureMatch(quantity, best[2] if best else None, best[0] if best else None)


def _complement(_quantity: Quantity, _told: Quantity, _here: frozenset[str], _item: Told) -> Match | None:
    return None


def _comparable(quantity: Quantity, shared: int) -> bool:
    """Whether two figures with so many words in common around them may be held against each other."""
    needed = {SHARE: 0, YEAR: 1, COUNT: 2, NUMBER: 1}.get(quantity.dimension, _SHARED_AROUND)
    return shared >= needed


def _clashes(item: Held) -> bool:
    if item.candidate.other_population:
        return False
    subject = item.candidate.subject
    if item.figure_clash or item.category_clash:
        return subject >= CLASHING_WITH_FIGURES and not item.polarity.opposed
    return item.polarity.opposed and item.figures_agree and subject >= CLASHING


def _has_rival(item: Held, held: list[Held]) -> bool:
    """Whether another claim nearly as close says what the sentence says."""
    return any(
        other.supports and other.candidate.support >= item.candidate.subject - _RIVAL for other in held if other is not item
    )


def _why(item: Held) -> Reason:
    if item.figure_clash:
        return Reason.FIGURE_DIFFERS
    if item.category_clash:
        return Reason.CATEGORY_DIFFERS
    return Reason.DIRECTION_DIFFERS if item.polarity.clash else Reason.NEGATION_DIFFERS
