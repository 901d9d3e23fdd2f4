"""Risk estimates: every typed figure of a statement that tells how likely cancer or an upgrade is, with all that belongs to it.

Nothing is computed from two figures. The only number made here is Wilson's interval, marked as such.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from api.evidence.intervals import LEVEL, wilson
from api.evidence.plain import plain_text
from api.evidence.wording import Population, Wording
from api.knowledge.views import Citation, Conflict, Figure, Interval, Statement
from api.vocabulary import Aspect, Audience, Endpoint, IntervalOrigin, Measure, Unit

_ALWAYS = (Measure.PPV, Measure.UPGRADE, Measure.LIKELIHOOD_BAND)
_IN_RISK = (Measure.SHARE, Measure.INCIDENCE, Measure.RELATIVE_RISK, Measure.ODDS_RATIO, Measure.HAZARD_RATIO)
MEASURES = tuple(measure.value for measure in (*_ALWAYS, *_IN_RISK))
_NO_RISK = (Endpoint.OTHER, Endpoint.BIOPSY)


@dataclass(frozen=True)
class RiskEstimate:
    """One published figure. `statement_id` is None only for counts of a data set."""

    id: str
    figure: Figure
    endpoint: Endpoint
    morphologies: tuple[str, ...]
    distributions: tuple[str, ...]
    interval: Interval | None
    denominator: str
    populations: tuple[Population, ...]
    plain: str
    citations: tuple[Citation, ...]
    statement_id: str | None
    concepts: tuple[str, ...]
    region: str | None
    audience: Audience | None
    conflicts: tuple[Conflict, ...] = ()
    same_as: tuple[str, ...] = ()
    repeats: bool = False
    is_dataset: bool = False

    @property
    def is_joint(self) -> bool:
        """Whether the figure holds for several shapes or distributions together."""
        return len(self.morphologies) > 1 or len(self.distributions) > 1

    @property
    def is_summary(self) -> bool:
        """Whether it gives the span of several sources instead of a figure of one."""
        return self.figure.value is None and self.figure.measure != Measure.LIKELIHOOD_BAND and len(self.citations) > 1

    @property
    def is_comparable(self) -> bool:
        """Whether it may stand in a range beside figures of other studies."""
        figure = self.figure
        exact = figure.value is not None and figure.comparison in (None, "about")
        general = not self.is_dataset and all(population.in_range for population in self.populations)
        return exact and general and figure.measure == Measure.PPV and self.endpoint is Endpoint.MALIGNANCY


def estimates_of(statement: Statement, wording: Wording) -> Iterator[RiskEstimate]:
    """Every risk estimate of a statement, in the order of its figures; whether others repeat it is not known here."""
    for position, figure in enumerate(statement.figures):
        endpoint = wording.endpoint(figure.what)
        if not _tells_risk(statement, figure, endpoint):
            continue
        sources = tuple(citation.source.id for citation in statement.citations)
        populations = wording.populations(figure.measure, sources, figure.among, figure.design)
        yield RiskEstimate(
            id=f"{statement.id}.{position + 1}",
            figure=figure,
            endpoint=endpoint,
            morphologies=wording.joint(figure.among, "morphologies") or _one(figure.morphology),
            distributions=wording.joint(figure.among, "distributions") or _one(figure.distribution),
            interval=interval_of(figure),
            denominator=wording.denominator(figure.among),
            populations=populations,
            plain=plain_text(figure, wording, populations, "several_studies" if len(sources) > 1 else "one_study"),
            citations=statement.citations,
            statement_id=statement.id,
            concepts=statement.concepts,
            region=statement.region,
            audience=statement.audience,
            conflicts=statement.conflicts,
        )


def _one(slug: str | None) -> tuple[str, ...]:
    return (slug,) if slug else ()


def _tells_risk(statement: Statement, figure: Figure, endpoint: Endpoint) -> bool:
    if figure.measure == Measure.LIKELIHOOD_BAND:
        return endpoint is not Endpoint.OTHER
    if figure.measure in _ALWAYS:
        return True
    return statement.aspect is Aspect.RISK and figure.measure in _IN_RISK and endpoint not in _NO_RISK


def interval_of(figure: Figure) -> Interval | None:
    """The interval the source prints, else Wilson's where events and n are known."""
    if figure.interval or figure.unit != Unit.PROPORTION or figure.events is None or not figure.n:
        return figure.interval
    low, high = wilson(figure.events, figure.n)
    return Interval(round(low, 4), round(high, 4), LEVEL, IntervalOrigin.WILSON)
