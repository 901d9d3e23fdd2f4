"""The verdict on a sentence: held against the claims on its subject, precise before complete."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from heapq import nlargest

from api.verification.alignment import FigureMatch
from api.verification.candidates import Candidate
from api.verification.compare import Match
from api.verification.held import SUPPORTED, Held, hold
from api.verification.options import Weigh
from api.verification.polarity import denied_alike
from api.verification.quantities import Quantity
from api.verification.reading import Reading

_BY_ALIGNMENT = 0.3
_MARGIN = 0.1
_NO_MARGIN = -0.02
_ON_SUBJECT = 0.6
_LEAST_ALIGNED = 0.25
_AS_CLOSE = 0.11
_LOOSELY = 0.3
_MANY = 3
_HALF = 0.5
_AS_CLOSE_AMONG_MANY = 0.4
_PAIR = 2
_ALIGNED_WORSE = 0.35
_FAR_OFF, _BESIDE = 0.1, 0.4
_WEIGHED, _NEAREST = 8, 6
_TOO_FAR = 0.4
_SURE = 1.9
_LIKELY, _VERY_LIKELY = 2.0, 3.0
_NEAR = 3
_SETTING_ASIDE = frozenset({"not", "never", "than"})


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


def judge(
    reading: Reading, candidates: list[Candidate], weigh: Weigh, tells: Callable[[Held], float], *, adrift: bool = False
) -> Judgement:
    """The verdict for a sentence that claims something; one `adrift` points back to nothing and is never accused."""
    least = min(nlargest(_NEAREST, (item.support for item in candidates)), default=0.0)
    held = [hold(reading, item, weigh) for item in candidates if item.subject >= _TOO_FAR or item.support >= least]
    supporting = sorted((item for item in held if item.supports), key=lambda item: -item.support_rank)
    clashing = sorted((item for item in held if item.clashes), key=lambda item: -item.clash_rank)
    supporting = [item for item in supporting if not any(_outdone(item, other) for other in clashing)]
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
        and not _surely_told(held, worst, tells)
        and not _left_open(reading, worst, tells(worst))
    ):
        return Judgement(Verdict.CONTRADICTED, _why(worst), (worst.candidate,), worst.figures)
    telling = _telling([item for item in held if not any(_outdone(item, other) for other in clashing)], tells)
    if telling:
        reason = Reason.FIGURES_AGREE if telling[0].figures else Reason.SAME
        return Judgement(Verdict.SUPPORTED, reason, tuple(item.candidate for item in telling[:3]), telling[0].figures)
    close = [item for item in held if item.candidate.support >= SUPPORTED]
    reason = Reason.FIGURE_NOT_FOUND if close and reading.quantities else Reason.NOTHING_CLOSE
    return Judgement(Verdict.UNSUPPORTED, reason, (), close[0].figures if close else ())


def _surely_told(held: list[Held], clashing: Held, tells: Callable[[Held], float]) -> bool:
    """Whether another statement tells the sentence beyond doubt: what clashes then speaks of something else."""
    others = [item for item in held if item.candidate.claim.statement_id != clashing.candidate.claim.statement_id]
    return any(tells(item) > _SURE for item in others if item.may_tell and item.candidate.support >= clashing.candidate.support)


def _left_open(reading: Reading, clashing: Held, odds: float) -> bool:
    """Whether what clashes may be told of something else, or be the same from the other end.

    `odds` tell how likely the statement tells the sentence at all: below 0 its direction is of another thing; far above it
    'not' and 'the rest' more likely turn the sentence's words back than against it. A figure that differs is never left open.
    """
    if clashing.figure_clash or (clashing.universal_clash and not clashing.category_clash):
        return False
    if clashing.category_clash:
        return any(_is_set_aside(reading, quantity) for quantity in reading.quantities)
    if (odds < 0 and not clashing.polarity.counted) or _is_turned_twice(reading, clashing.candidate.claim.reading):
        return True
    if reading.partial and reading.lessened and (reading.denials or not clashing.polarity.strong):
        return True  # 'not every', 'some, usually'
    straight = any(figure.match is Match.AGREE and not figure.turned for figure in clashing.figures)
    if reading.remaining and odds > _LIKELY and not straight:
        return True
    denied = _why(clashing) is Reason.NEGATION_DIFFERS and -1 not in reading.absolutes
    return denied and (reading.partial or (odds > _VERY_LIKELY and not reading.quantities))


def _is_turned_twice(said: Reading, told: Reading) -> bool:
    """'Rarer in small ones' where 'more often in large ones' is told: two directions turned; denials have turned them already."""
    turned = sum(
        len(signs) == len(told.signs.get(axis, ())) == 1 and signs != told.signs[axis] for axis, signs in said.signs.items()
    )
    return turned == _PAIR


def _is_set_aside(reading: Reading, quantity: Quantity) -> bool:
    """Whether a figure is named only to deny it: 'not in six months', 'rather than 3'."""
    return any(piece.norm in _SETTING_ASIDE for piece in reading.pieces[max(0, quantity.first - _NEAR) : quantity.first])


def _telling(held: list[Held], tells: Callable[[Held], float]) -> list[Held]:
    """The claims that more likely tell the sentence than not, the likeliest first; only the closest few are weighed."""
    closest = sorted((item for item in held if item.may_tell), key=lambda item: -item.candidate.support)[:_WEIGHED]
    odds = [(tells(item), item) for item in closest]
    return [item for likely, item in sorted(odds, key=lambda pair: -pair[0]) if likely > 0]


def _outdone(supporting: Held, clashing: Held) -> bool:
    """Whether figures agree far from the words they stand beside, and clash in a closer claim right beside them."""
    if not clashing.figure_clash or supporting.candidate.subject > clashing.candidate.subject:
        return False
    return supporting.alignment(Match.AGREE) < _FAR_OFF and clashing.alignment(Match.CLASH) >= _BESIDE


def _tells(reading: Reading, other: Held, clashing: Held) -> bool:
    """Whether another claim as close to the subject tells the very figure, direction or denial that clashes."""
    if other is clashing or other.category_clash or other.candidate.other_population:
        return False
    if clashing.contrast:
        if clashing.told_alike and not other.told_alike:
            return False
        return other.supports and not other.loses_exception and other.candidate.support >= clashing.candidate.support
    if clashing.opposite_outcome:
        return False
    return _tells_alike(reading, other, clashing)


def _tells_alike(reading: Reading, other: Held, clashing: Held) -> bool:
    if clashing.agreeing >= _PAIR and clashing.figure_clash and other.agreeing <= clashing.agreeing:
        return False
    closer = _as_close(other, clashing)
    if (
        other.agreeing > clashing.agreeing
        and closer
        and not other.figure_clash
        and other.candidate.subject >= clashing.candidate.subject
    ):
        return True
    if (
        other.agreeing > clashing.agreeing + 1
        and not other.figure_clash
        and other.candidate.subject >= _HALF
        and other.alignment(Match.AGREE) >= _FAR_OFF
    ):
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


def _as_close(other: Held, clashing: Held) -> bool:
    """Whether the figures that clash stand, in another claim that agrees, beside nearly as much of what is said."""
    return all(
        theirs.alignment >= max(mine.alignment - _ALIGNED_WORSE, _HALF * mine.alignment)
        for mine, theirs in zip(clashing.figures, other.figures, strict=True)
        if mine.match is Match.CLASH
    )


def _tells_figures(other: Held, clashing: Held) -> bool:
    """Whether another claim agrees with every figure that clashes, in much the same words."""
    for mine, theirs in zip(clashing.figures, other.figures, strict=True):
        if mine.match is Match.CLASH and (
            theirs.match is not Match.AGREE or theirs.alignment < max(_LEAST_ALIGNED, mine.alignment - _BY_ALIGNMENT)
        ):
            return False
    return True


def _why(item: Held) -> Reason:
    if item.figure_clash:
        return Reason.FIGURE_DIFFERS
    if item.category_clash:
        return Reason.CATEGORY_DIFFERS
    if item.universal_clash:
        return Reason.FIGURE_DIFFERS
    return Reason.DIRECTION_DIFFERS if item.polarity.strong or item.polarity.weak else Reason.NEGATION_DIFFERS
