"""A claim held against a sentence: what agrees, what clashes, and whether it supports or contradicts."""

from dataclasses import dataclass

from api.verification.alignment import FigureMatch, align
from api.verification.candidates import Candidate
from api.verification.category_match import category_clash, category_told
from api.verification.claims import Claim
from api.verification.compare import Match
from api.verification.contrasts import Contrast, contrast, covers
from api.verification.crossings import changes_back, crossed
from api.verification.objections import (
    never_untold,
    none_told,
    opposite_direction,
    opposite_outcome,
    universal_clash,
)
from api.verification.options import Weigh
from api.verification.polarity import OF_AMOUNT, Polarity, compare_polarity
from api.verification.quantities import COUNT, NUMBER, OF_ONE_THING, SHARE, YEAR, Quantity
from api.verification.reading import Reading

SUPPORTED = 0.58
SUPPORTED_WITH_FIGURES = 0.45
CLASHING = 0.78
CLASHING_STRONGLY = 0.7
CLASHING_WITH_FIGURES = 0.68
CLASHING_AMONG_MANY = 0.88
_BY_ALIGNMENT = 0.3
_ON_SUBJECT = 0.6
_MANY, _A_FEW = 3, 3
_HALF = 0.5
_VERBATIM = 0.95
_ABOUT_FIGURE = 0.64
_LIGHTLY = 0.3
_OPEN_ORDER = 0.5
_SAME_FIGURES = 0.12
_PECULIAR = 20
_PAIR = 2
_UNHEARD = 0.5
_ALIGNED, _MOSTLY_COVERED = 0.6, 0.8
_TOLD_ALIKE = 0.5
_SAID_ITSELF = 0.35


@dataclass(frozen=True)
class Held:
    """A candidate held against the sentence."""

    candidate: Candidate
    figures: tuple[FigureMatch, ...]
    polarity: Polarity
    category_clash: bool
    universal_clash: bool = False
    category_told: bool = True
    on_figure: bool = True
    contrast: Contrast | None = None
    loses_exception: bool = False
    opposite_outcome: bool = False
    order_untold: bool = False
    order_open: bool = False
    never_untold: bool = False
    opposite_direction: bool = False
    alike: int = 0
    by_category: bool = False
    told_alike: bool = True

    @property
    def figures_agree(self) -> bool:
        """Whether every figure of the sentence has its like in the statement."""
        return _figures_agree(self.figures)

    @property
    def identifying(self) -> int:
        """How many figures both tell that hardly stand anywhere else, such as the size of a study."""
        return sum(
            figure.match is Match.AGREE and max(figure.said.low, figure.said.total or 0) >= _PECULIAR
            for figure in self.figures
            if figure.said.dimension in (COUNT, SHARE)
        )

    @property
    def agreeing(self) -> int:
        """How many figures of the sentence the statement tells; a range counts twice where both its ends are told."""
        return sum((1 + _both_ends(figure)) * (figure.match is Match.AGREE) for figure in self.figures)

    @property
    def bearing(self) -> tuple[FigureMatch, ...]:
        """The figures but for such as 'two cohorts', which agree with much."""
        return tuple(figure for figure in self.figures if figure.match is not Match.AGREE or not _is_few(figure.said))

    @property
    def _only_few_told(self) -> bool:
        """Whether of a sentence that tells shares no more than the number of cohorts or the like is told."""
        few_agree = len(self.bearing) < len(self.figures)
        return few_agree and all(figure.match is None for figure in self.bearing) and _tell_shares(self.bearing)

    @property
    def figure_clash(self) -> bool:
        """Whether a figure differs from the one told for the same thing."""
        return any(figure.match is Match.CLASH for figure in self.figures)

    @property
    def supports(self) -> bool:
        """Whether the claim says the same."""
        wrong = self.category_clash or self.universal_clash or self.polarity.opposed or self.contrast is not None
        if self.loses_exception and (self.candidate.claim.reading.partial or self.candidate.claim.reading.lessened):
            return False
        if (
            self.candidate.off_context
            or self.candidate.other_population
            or self.candidate.lacks
            or wrong
            or not self.figures_agree
            or not self.category_told
        ):
            return False
        if (
            self.opposite_outcome
            or self.opposite_direction
            or self.order_untold
            or self.never_untold
            or self.candidate.wholly_other
        ):
            return False
        if self.candidate.plain < _SAID_ITSELF and not self.by_category:
            return False
        return self.candidate.support >= (SUPPORTED_WITH_FIGURES if self.figures else SUPPORTED)

    @property
    def may_tell(self) -> bool:
        """Whether nothing in the claim stands against the sentence, however much of it is told."""
        candidate = self.candidate
        if self.category_clash or self.figure_clash or self.universal_clash or self.polarity.opposed or self.contrast is not None:
            return False
        if candidate.other_population or candidate.lacks or not self.category_told or self._only_few_told:
            return False
        return not (self.opposite_outcome or self.opposite_direction or self.order_untold or self.never_untold)

    @property
    def clashes(self) -> bool:
        """Whether the claim is on the same subject and says something else."""
        if self.candidate.other_population:
            return False
        if self.category_clash:
            return self.candidate.plain >= CLASHING_WITH_FIGURES and not self.polarity.opposed and self.figures_agree
        if self.figure_clash:
            return self._figures_clash
        if self.contrast and (self.contrast is not Contrast.DENIAL or not self.polarity.agree):
            return True
        if self.universal_clash or (self.opposite_outcome and self.candidate.subject >= CLASHING_WITH_FIGURES):
            return self.candidate.subject >= CLASHING_WITH_FIGURES
        return self._directions_clash

    @property
    def _figures_clash(self) -> bool:
        """Whether a figure that differs is told of the very thing."""
        if not self._compared or not (self.on_figure or self.identifying) or not self.category_told:
            return False
        agreeing = any(figure.match is Match.AGREE for figure in self.figures)
        needed = CLASHING_WITH_FIGURES if agreeing or len(self.bearing) == 1 else CLASHING_AMONG_MANY
        if all(figure.said.dimension in OF_ONE_THING for figure in self.figures if figure.match is Match.CLASH):
            needed = min(needed, _ON_SUBJECT)
        return self.candidate.subject + _SAME_FIGURES * self.identifying >= needed and not self.polarity.opposed

    @property
    def _directions_clash(self) -> bool:
        """Whether a direction or a denial is the opposite, and nothing else keeps both apart."""
        if any(figure.turned and figure.match is Match.AGREE for figure in self.figures):
            return False
        told = any(figure.said.dimension in (SHARE, NUMBER) for figure in self.figures)
        if told and not set(self.polarity.strong) - {"nature"}:
            return False
        only_denied = not self.polarity.strong and not self.polarity.weak
        if only_denied and (not self.told_alike or self.alike - len(self.polarity.negation) < _PAIR):
            return False
        if self.polarity.counted:
            return self.candidate.subject >= _HALF
        needed = CLASHING_STRONGLY if self.polarity.strong else CLASHING
        return self.polarity.opposed and self.figures_agree and self.candidate.subject >= needed

    @property
    def _compared(self) -> bool:
        """Whether enough of the sentence's figures have their like in the statement to hold one against it."""
        if not self.agreeing and self.alike < _PAIR and any(figure.match is None for figure in self.figures):
            return False
        clashing = sum(figure.match is Match.CLASH for figure in self.figures)
        known = clashing + sum(figure.match in (Match.AGREE, Match.UNSURE) for figure in self.figures)
        return 2 * known >= len(self.figures) and (
            len(self.bearing) < _MANY or clashing < self.agreeing or self.candidate.subject >= _VERBATIM
        )

    def alignment(self, match: Match) -> float:
        """How close the words around the figures that agree, or clash, are at best."""
        return max((figure.alignment for figure in self.figures if figure.match is match), default=0.0)

    @property
    def support_rank(self) -> float:
        """How close the claim stands to the sentence when it supports it."""
        aligned = [figure.alignment if figure.match is Match.AGREE else 0.0 for figure in self.figures]
        rank = self.candidate.support + _BY_ALIGNMENT * (sum(aligned) / len(aligned) if aligned else 1.0)
        return rank - _OPEN_ORDER * self.order_open

    @property
    def clash_rank(self) -> float:
        """How close the claim stands to the sentence when it contradicts it."""
        aligned = [figure.alignment for figure in self.figures if figure.match is Match.CLASH]
        return self.candidate.subject + _BY_ALIGNMENT * max(aligned, default=1.0)


def hold(reading: Reading, candidate: Candidate, weigh: Weigh) -> Held:
    """A candidate held against a sentence."""
    claim = candidate.claim
    clash = category_clash(reading, claim)
    polarity = compare_polarity(reading, claim.reading, claim.siblings, claim.told)
    figures = align(reading, claim, weigh)
    return Held(
        candidate,
        figures,
        polarity,
        clash,
        universal_clash(reading, claim) or none_told(reading, claim, figures, polarity),
        category_told(reading, claim),
        on_figure=not candidate.other_subject and _on_figure(reading, candidate, figures, weigh),
        loses_exception=bool(reading.absolutes) and not reading.soft and not claim.reading.absolutes,
        opposite_outcome=opposite_outcome(reading, claim, figures),
        order_untold=any(item.axis in OF_AMOUNT and item.axis not in claim.signs for item in reading.comparisons)
        and "amount" not in polarity.agree,
        order_open=any(item.left and item.right and item.axis not in polarity.agree for item in reading.comparisons),
        never_untold=never_untold(reading, claim),
        opposite_direction=opposite_direction(reading, claim, polarity),
        by_category=bool(reading.categories) and category_told(reading, claim),
        alike=sum(not term.light and term.key in candidate.matched for term in reading.terms),
        told_alike=covers(claim.reading, reading, weigh, _TOLD_ALIKE, names=False),
        contrast=_contrast(reading, candidate, figures, weigh),
    )


def _contrast(reading: Reading, candidate: Candidate, figures: tuple[FigureMatch, ...], weigh: Weigh) -> Contrast | None:
    claim = candidate.claim
    if candidate.other_subject or not _figures_agree(figures):
        return None
    turned = crossed(reading, claim.reading, claim.siblings)
    if len(figures) >= _PAIR and sum(figure.match is Match.AGREE for figure in figures) >= _PAIR:
        turned = turned or changes_back(reading, claim.reading)
    if turned and candidate.subject >= _ON_SUBJECT:
        return Contrast.ORDER
    return contrast(reading, claim.reading, weigh, of_effect=bool(reading.quantities))


def _tell_shares(figures: tuple[FigureMatch, ...]) -> bool:
    return any(figure.said.dimension == SHARE for figure in figures)


def _is_few(quantity: Quantity) -> bool:
    return quantity.dimension == COUNT and quantity.high <= _A_FEW


def _both_ends(figure: FigureMatch) -> bool:
    said, told = figure.said, figure.told
    if not said.ranged or told is None:
        return False
    return abs(said.low - told.low) <= said.step and abs(said.high - told.high) <= said.step


def _figures_agree(figures: tuple[FigureMatch, ...]) -> bool:
    matches = [figure.match for figure in figures]
    return not matches or (all(match in (Match.AGREE, Match.UNSURE) for match in matches) and Match.AGREE in matches)


def _on_figure(reading: Reading, candidate: Candidate, figures: tuple[FigureMatch, ...], weigh: Weigh) -> bool:
    """Whether the very sentence that tells the clashing figure is about what is said, and about the same year of work."""
    if any(figure.said.dimension == YEAR and figure.match is None for figure in figures):
        return False
    clashing = [figure for figure in figures if figure.match is Match.CLASH]
    claim, covered = candidate.claim, candidate.subject
    if candidate.pointed or any(figure.said.dimension != SHARE for figure in clashing):
        return True
    return all(
        (figure.alignment >= _ALIGNED and covered >= _MOSTLY_COVERED) or _about(reading, claim, figure, weigh) >= _ABOUT_FIGURE
        for figure in clashing
    )


def _about(reading: Reading, claim: Claim, figure: FigureMatch, weigh: Weigh) -> float:
    """The share of a sentence's meaning in the statement's sentence that tells a figure, or in the name of its concept."""
    keys = next(
        ({term.key for term in sentence.terms} for sentence in claim.siblings if figure.told in sentence.quantities),
        set(claim.keys),
    )
    slugs = {category.concept for category in reading.categories} | set(reading.slugs)
    whole = found = 0.0
    for term in reading.terms:
        weight = min(weigh(term.key), _UNHEARD) * (_LIGHTLY if term.light else 1.0)
        whole += weight
        found += weight * (term.key in keys or claim.own in term.slugs)
    if slugs & claim.slugs and reading.categories:
        return 1.0
    return found / whole if whole else 1.0
