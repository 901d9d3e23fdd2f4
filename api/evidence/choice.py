"""Choosing among the risk estimates of the release."""

from dataclasses import dataclass

from api.evidence.estimates import RiskEstimate
from api.evidence.matrix import Evidence


@dataclass(frozen=True)
class RiskFilter:
    """Which estimates a list holds; None leaves a side open."""

    morphology: str | None = None
    distribution: str | None = None
    concept: str | None = None
    measure: str | None = None
    endpoint: str | None = None
    what: str | None = None
    region: str | None = None
    source: str | None = None
    design: str | None = None
    audience: str | None = None
    kind: str | None = None
    repeats: bool = True

    def fits(self, item: RiskEstimate) -> bool:
        """Whether an estimate is wanted."""
        figure = item.figure
        same = (
            (self.measure, figure.measure),
            (self.endpoint, item.endpoint),
            (self.region, item.region),
            (self.audience, item.audience),
            (self.kind, "data-set" if item.is_dataset else "study"),
        )
        among = (
            (self.morphology, {*item.morphologies, figure.morphology}),
            (self.distribution, {*item.distributions, figure.distribution}),
            (self.concept, {*item.concepts}),
            (self.source, {citation.source.id for citation in item.citations}),
        )
        within = ((self.what, figure.what), (self.design, figure.design))
        return (
            (self.repeats or not item.repeats)
            and all(wanted in (None, given) for wanted, given in same)
            and all(wanted is None or wanted in given for wanted, given in among)
            and all(wanted is None or wanted.casefold() in (given or "").casefold() for wanted, given in within)
        )


def all_estimates(evidence: Evidence) -> tuple[RiskEstimate, ...]:
    """The figures of statements, then the counts of data sets."""
    return (*evidence.estimates, *(item for dataset in evidence.datasets for item in dataset.estimates))


def chosen_estimates(estimates: tuple[RiskEstimate, ...], wanted: RiskFilter) -> list[RiskEstimate]:
    """The estimates that fit, in their order."""
    return [item for item in estimates if wanted.fits(item)]
