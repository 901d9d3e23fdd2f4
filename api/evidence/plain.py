"""Figures as plain sentences: natural frequencies, rounded half up, with the denominator named. The words come from the seed."""

from decimal import ROUND_HALF_UP, Decimal

from api.evidence.wording import Population, Wording
from api.knowledge.views import Figure
from api.vocabulary import Comparison, Measure, Unit

_BASES = (100, 1_000, 10_000, 100_000)
_BOUNDS = {
    Comparison.LESS_THAN: "less_than",
    Comparison.AT_MOST: "at_most",
    Comparison.MORE_THAN: "more_than",
    Comparison.AT_LEAST: "at_least",
}
_RATIOS = (Measure.RELATIVE_RISK, Measure.HAZARD_RATIO)


def plain_text(figure: Figure, wording: Wording, populations: tuple[Population, ...], studies: str) -> str:
    """The figure in plain words: the share, who was counted, and what is not general about them."""
    sentences = [_first_sentence(figure, wording, studies)]
    if figure.among:
        sentences.append(wording.phrases["counted"].format(among=figure.among))
    return " ".join([*sentences, *(population.note for population in populations)])


def _first_sentence(figure: Figure, wording: Wording, studies: str) -> str:
    phrases = wording.phrases
    if figure.measure in _RATIOS or figure.measure == Measure.ODDS_RATIO:
        name = "odds" if figure.measure == Measure.ODDS_RATIO else "ratio"
        return phrases[name].format(value=_ratio(figure), what=figure.what)
    share = share_in_words(figure, phrases)
    if figure.measure == Measure.LIKELIHOOD_BAND:
        return phrases["band"].format(share=share)
    counts = ""
    if figure.n is not None:
        name = "only_n" if figure.events is None else "counts"
        counts = phrases[name].format(events=_grouped(figure.events), n=_grouped(figure.n))
    return phrases["share"].format(
        Share=share[:1].upper() + share[1:],
        noun=wording.denominator(figure.among),
        studies=phrases[studies],
        phrase=wording.outcome(figure.what, figure.among),
        counts=counts,
    )


def share_in_words(figure: Figure, phrases: dict[str, str]) -> str:
    """A proportion as so many in a hundred, or in a thousand where a hundred would round it away."""
    scale = Decimal(1000) if figure.unit == Unit.PER_THOUSAND else Decimal(1)
    low, value, high = (None if part is None else Decimal(str(part)) / scale for part in (figure.low, figure.value, figure.high))
    if value is None and low is not None and high is not None and figure.comparison is None:
        base = _base(low or high, high)
        return phrases["between"].format(low=_rounded(low, base), high=_rounded(high, base), base=_grouped(base))
    if figure.events is not None and figure.n:
        value = Decimal(figure.events) / Decimal(figure.n)
    bound = _BOUNDS.get(Comparison(figure.comparison)) if figure.comparison else None
    if value is None:
        value, bound = (low, bound or "at_least") if low is not None else (high, bound or "at_most")
    if value is None:
        return ""
    if bound is None and value in (0, 1):
        return phrases["none" if value == 0 else "all"]
    base = _base(value, value)
    exact = figure.events is not None and value * base == _rounded_number(value, base)
    name = bound or ("exactly" if exact else "about")
    return phrases[name].format(number=_rounded(value, base), base=_grouped(base))


def _base(low: Decimal, high: Decimal) -> int:
    """The smallest base at which neither end is rounded away, coarse rounding of small shares included."""
    for base in _BASES:
        if low * base >= 1 and (high == 1 or _rounded_number(high, base) < base):
            return base
    return _BASES[-1] if low else _BASES[0]


def _rounded_number(share: Decimal, base: int) -> Decimal:
    return (share * base).quantize(Decimal(1), rounding=ROUND_HALF_UP)


def _rounded(share: Decimal, base: int) -> str:
    return _grouped(int(_rounded_number(share, base)))


def _grouped(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def _ratio(figure: Figure) -> str:
    if figure.value is not None:
        return f"{figure.value:g}"
    return f"{figure.low:g} to {figure.high:g}"
