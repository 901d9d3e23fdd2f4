"""The verdict on a sentence: held against the claims on its subject, precise before complete."""

from dataclasses import dataclass
from enum import StrEnum

from api.verification.alignment import FigureMatch, Weigh, align
from api.verification.candidates import Candidate
from api.verification.claims import Claim
from api.verification.compare import Match
from api.verification.contrasts import Contrast, contrast, covers
from api.verification.objections import (
    never_untold,
    none_told,
    opposite_outcome,
    universal_clash,
)
from api.verification.polarity import OF_AMOUNT, Polarity, compare_polarity, denied_alike
from api.verification.quantities import COUNT, NUMBER, SHARE, YEAR
from api.verification.reading import Reading

SUPPORTED = 0.58
SUPPORTED_WITH_FIGURES = 0.45
CLASHING = 0.78
CLASHING_STRONGLY = 0.7
CLASHING_WITH_FIGURES = 0.68
CLASHING_AMONG_MANY = 0.88
_BY_ALIGNMENT = 0.3
_MARGIN = 0.1
_NO_MARGIN = -0.02
_ON_SUBJECT = 0.6
_LEAST_ALIGNED = 0.25
_AS_CLOSE = 0.11
_LOOSELY = 0.3
_MANY = 3
_HALF = 0.5
_VERBATIM = 0.95
_AS_CLOSE_AMONG_MANY = 0.4
_ABOUT_FIGURE = 0.64
_LIGHTLY = 0.3
_OPEN_ORDER = 0.5
_SAME_FIGURES = 0.12
_PECULIAR = 20
_PAIR = 2
_UNHEARD = 0.5
_ALIGNED, _MOSTLY_COVERED = 0.6, 0.8
_ALIGNED_WORSE = 0.35
_TOLD_ALIKE = 0.5


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
    ATTRIBUTE_DIFFERS = "attribute-differs"
    NOTHING_CLOSE = "nothing-close"
    FIGURE_NOT_FOUND = "figure-not-found"
    NO_CLAIM = "no-claim"


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
    universal_clash: bool = False
    category_told: bool = True
    on_figure: bool = True
    contrast: Contrast | None = None
    loses_exception: bool = False
    opposite_outcome: bool = False
    order_untold: bool = False
    order_open: bool = False
    never_untold: bool = False
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
        """How many figures of the sentence the statement tells."""
        return sum(figure.match is Match.AGREE for figure in self.figures)

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
        if self.candidate.other_population or self.candidate.lacks or wrong or not self.figures_agree or not self.category_told:
            return False
        if self.opposite_outcome or self.order_untold or self.never_untold or self.candidate.wholly_other:
            return False
        return self.candidate.support >= (SUPPORTED_WITH_FIGURES if self.figures else SUPPORTED)

    @property
    def clashes(self) -> bool:
        """Whether the claim is on the same subject and says something else."""
        if self.candidate.other_population:
            return False
        if self.category_clash:
            return self.candidate.plain >= CLASHING_WITH_FIGURES and not self.polarity.opposed and self.figures_agree
        if self.figure_clash:
            agreeing = any(figure.match is Match.AGREE for figure in self.figures)
            if not self._compared or not self.on_figure:
                return False
            needed = CLASHING_WITH_FIGURES if agreeing or len(self.figures) == 1 else CLASHING_AMONG_MANY
            return self.candidate.subject + _SAME_FIGURES * self.identifying >= needed and not self.polarity.opposed
        if self.contrast and (self.contrast is not Contrast.DENIAL or not self.polarity.agree):
            return True
        if self.universal_clash or (self.opposite_outcome and self.candidate.subject >= CLASHING_WITH_FIGURES):
            return self.candidate.subject >= CLASHING_WITH_FIGURES
        told = any(figure.said.dimension in (SHARE, NUMBER) for figure in self.figures)
        if told and not set(self.polarity.strong) - {"nature"}:
            return False
        if not self.polarity.strong and not self.polarity.weak and not self.told_alike:
            return False
        if self.polarity.counted:
            return self.candidate.subject >= _HALF
        needed = CLASHING_STRONGLY if self.polarity.strong else CLASHING
        return self.polarity.opposed and self.figures_agree and self.candidate.subject >= needed

    @property
    def _compared(self) -> bool:
        """Whether enough of the sentence's figures have their like in the statement to hold one against it."""
        clashing = sum(figure.match is Match.CLASH for figure in self.figures)
        known = clashing + sum(figure.match in (Match.AGREE, Match.UNSURE) for figure in self.figures)
        return 2 * known >= len(self.figures) and (
            len(self.figures) < _MANY or clashing < self.agreeing or self.candidate.subject >= _VERBATIM
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


def judge(reading: Reading, candidates: list[Candidate], weigh: Weigh, *, adrift: bool = False) -> Judgement:
    """The verdict for a sentence that claims something; one `adrift` points back to nothing and is never accused."""
    held = [_hold(reading, candidate, weigh) for candidate in candidates]
    supporting = sorted((item for item in held if item.supports), key=lambda item: -item.support_rank)
    clashing = sorted((item for item in held if item.clashes), key=lambda item: -item.clash_rank)
    worst = next((item for item in clashing if not any(_tells(reading, other, item) for other in held)), None)
    if worst and reading.single_study and not worst.figure_clash and not worst.category_clash:
        worst = None
    if (
        worst
        and (not adrift or worst.identifying)
        and (
            not supporting
            or worst.clash_rank
            > supporting[0].support_rank + (_NO_MARGIN if set(worst.polarity.strong) - {"nature"} else _MARGIN)
        )
    ):
        return Judgement(Verdict.CONTRADICTED, _why(worst), (worst.candidate,), worst.figures)
    if supporting:
        reason = Reason.FIGURES_AGREE if supporting[0].figures else Reason.SAME
        return Judgement(Verdict.SUPPORTED, reason, tuple(item.candidate for item in supporting[:3]), supporting[0].figures)
    near = [item for item in held if item.candidate.support >= SUPPORTED]
    reason = Reason.FIGURE_NOT_FOUND if near and reading.quantities else Reason.NOTHING_CLOSE
    return Judgement(Verdict.UNSUPPORTED, reason, (), near[0].figures if near else ())


def _tells(reading: Reading, other: Held, clashing: Held) -> bool:
    """Whether another claim as close to the subject tells the very figure, direction or denial that clashes."""
    if other is clashing or other.category_clash or other.candidate.other_population:
        return False
    if clashing.contrast:
        return other.supports and not other.loses_exception and other.candidate.support >= clashing.candidate.support
    if clashing.opposite_outcome:
        return False
    return _tells_alike(reading, other, clashing)


def _tells_alike(reading: Reading, other: Held, clashing: Held) -> bool:
    if clashing.agreeing >= _PAIR and clashing.figure_clash and other.agreeing <= clashing.agreeing:
        return False
    closer = other.alignment(Match.AGREE) >= clashing.alignment(Match.CLASH) - _ALIGNED_WORSE
    if (
        other.agreeing > clashing.agreeing
        and closer
        and not other.figure_clash
        and other.candidate.subject >= clashing.candidate.subject
    ):
        return True
    if other.agreeing > clashing.agreeing + 1 and not other.figure_clash and other.candidate.subject >= _HALF:
        return True
    if clashing.category_clash:
        return other.supports and other.candidate.subject >= clashing.candidate.subject - _LOOSELY
    if clashing.polarity.negation and denied_alike(reading, other.candidate.claim.siblings):
        return other.candidate.subject >= clashing.candidate.subject - _LOOSELY
    room = _AS_CLOSE if len(reading.quantities) < _MANY else _AS_CLOSE_AMONG_MANY
    if other.candidate.subject < max(_ON_SUBJECT, clashing.candidate.subject - room):
        return False
    if not clashing.figure_clash:
        opposed = set(clashing.polarity.strong) or set(clashing.polarity.weak)
        return bool(opposed & set(other.polarity.agree))
    return _tells_figures(other, clashing)


def _tells_figures(other: Held, clashing: Held) -> bool:
    """Whether another claim agrees with every figure that clashes, in much the same words."""
    for mine, theirs in zip(clashing.figures, other.figures, strict=True):
        if mine.match is Match.CLASH and (
            theirs.match is not Match.AGREE or theirs.alignment < max(_LEAST_ALIGNED, mine.alignment - _BY_ALIGNMENT)
        ):
            return False
    return True


def _hold(reading: Reading, candidate: Candidate, weigh: Weigh) -> Held:
    claim = candidate.claim
    clash = _category_clash(reading, claim)
    polarity = compare_polarity(reading, claim.reading, claim.siblings, claim.told)
    figures = align(reading, claim, weigh)
    return Held(
        candidate,
        figures,
        polarity,
        clash,
        universal_clash(reading, claim) or none_told(reading, claim, figures, polarity),
        _told(reading, claim),
        on_figure=not candidate.other_subject and _on_figure(reading, candidate, figures, weigh),
        loses_exception=bool(reading.absolutes) and not reading.soft and not claim.reading.absolutes,
        opposite_outcome=opposite_outcome(reading, claim, figures),
        order_untold=any(item.axis in OF_AMOUNT and item.axis not in claim.signs for item in reading.comparisons)
        and "amount" not in polarity.agree,
        order_open=any(item.left and item.right and item.axis not in polarity.agree for item in reading.comparisons),
        never_untold=never_untold(reading, claim),
        told_alike=covers(claim.reading, reading, weigh, _TOLD_ALIKE, names=False),
        contrast=None
        if candidate.other_subject or not _figures_agree(figures)
        else contrast(reading, claim.reading, weigh, of_effect=bool(reading.quantities)),
    )


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


def _category_clash(reading: Reading, claim: Claim) -> bool:
    """Whether the one category named of a system is not among the claim's of that system."""
    for system in {category.system for category in reading.categories}:
        said = {category.slug for category in reading.categories if category.system == system}
        told = {slug for slug in claim.categories if slug.rpartition("-")[0] == system}
        told -= {slug for slug in told if any(other != slug and other.startswith(slug) for other in told)}
        if len(said) != 1 or not told:
            continue
        (one,) = said
        if not any(_covers(one, other) for other in told) or _bound_elsewhere(one, reading, claim):
            return True
    return False


def _bound_elsewhere(said: str, reading: Reading, claim: Claim) -> bool:
    """Whether what the sentence says stands, in the statement, beside another category of the system than the one it names."""
    keys = {term.key for term in reading.terms if not term.light and not term.negated}
    own, others = set[str](), set[str]()
    for beside in claim.beside_category:
        if beside.slug.rpartition("-")[0] == said.rpartition("-")[0]:
            (own if _covers(said, beside.slug) else others).update(beside.keys)
    return bool(own and keys & (others - own) and not keys & (own - others))


def _told(reading: Reading, claim: Claim) -> bool:
    """Whether the claim names a category the sentence names."""
    said = {category.slug for category in reading.categories}
    return not said or any(_covers(one, other) for one in said for other in claim.categories)


def _covers(said: str, told: str) -> bool:
    """Category 4 holds 4A to 4C, B5 holds B5a and B5b."""
    return said.startswith(told) or told.startswith(said)


def _why(item: Held) -> Reason:
    if item.figure_clash:
        return Reason.FIGURE_DIFFERS
    if item.category_clash:
        return Reason.CATEGORY_DIFFERS
    if item.universal_clash:
        return Reason.FIGURE_DIFFERS
    return Reason.DIRECTION_DIFFERS if item.polarity.strong or item.polarity.weak else Reason.NEGATION_DIFFERS
