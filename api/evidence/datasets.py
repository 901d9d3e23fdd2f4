"""Public data sets as counts: how many items of each shape and spread proved malignant. Never a risk, never in a range."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from api.evidence.estimates import RiskEstimate, interval_of
from api.evidence.plain import plain_text
from api.evidence.wording import Wording
from api.knowledge.language import load_folder
from api.knowledge.sources import to_source
from api.knowledge.views import Citation, Figure
from api.store.tables import SourceRow
from api.vocabulary import Measure, Unit

Place = tuple[str | None, str | None]


@dataclass(frozen=True)
class Dataset:
    """What a data set is and what to say with its counts."""

    id: str
    title: str
    license: str
    caution: str
    caution_plain: str
    counted: int
    citation: Citation
    estimates: tuple[RiskEstimate, ...]


def load_datasets(session: Session, wording: Wording) -> tuple[Dataset, ...]:
    """The data sets of the release."""
    return tuple(_dataset(session, content, wording) for content in load_folder(session, "datasets"))


def _dataset(session: Session, content: dict[str, Any], wording: Wording) -> Dataset:
    row = session.exec(select(SourceRow).where(col(SourceRow.id) == content["source"])).one()
    citation = Citation(to_source(row), content["locator"])
    return Dataset(
        id=content["id"],
        title=content["title"],
        license=content["license"],
        caution=content["caution"],
        caution_plain=content["caution_plain"],
        counted=sum(item["count"] for item in content["rows"]),
        citation=citation,
        estimates=tuple(_estimates(content, citation, wording)),
    )


def counts(content: dict[str, Any]) -> dict[Place, Counter[str]]:
    """Items by place and outcome. An item counts under every shape and spread its label names, and under the margins."""
    shapes = {item["label"]: item["concept"] for item in content["shapes"]}
    spreads = {item["label"]: item["concept"] for item in content["distributions"]}
    held: dict[Place, Counter[str]] = defaultdict(Counter)
    for item in content["rows"]:
        morphologies = {shapes[part] for part in item["shape"].split("-") if part in shapes}
        distributions = {spreads[part] for part in item["distribution"].split("-") if part in spreads}
        for morphology in (*morphologies, None):
            for distribution in (*distributions, None):
                held[morphology, distribution][item["outcome"]] += item["count"]
    return held


def _estimates(content: dict[str, Any], citation: Citation, wording: Wording) -> Iterator[RiskEstimate]:
    malignant = set(content["malignant_outcomes"])
    what = ", ".join(sorted(malignant)).casefold()
    populations = wording.populations(Measure.SHARE, (citation.source.id,))
    held = counts(content)
    for morphology, distribution in sorted(held, key=lambda place: (place[0] or "", place[1] or "")):
        outcomes = held[morphology, distribution]
        events, n = sum(outcomes[outcome] for outcome in malignant), outcomes.total()
        figure = Figure(
            measure=Measure.SHARE,
            unit=Unit.PROPORTION,
            value=round(events / n, 4),
            low=None,
            high=None,
            comparison=None,
            events=events,
            n=n,
            interval=None,
            what=what,
            among=content["among"],
            morphology=morphology,
            distribution=distribution,
            design=content["design"],
            years=content["years"],
        )
        yield RiskEstimate(
            id=".".join((content["id"], morphology or "any-shape", distribution or "any-distribution")),
            figure=figure,
            endpoint=wording.endpoint(what),
            morphologies=(morphology,) if morphology else (),
            distributions=(distribution,) if distribution else (),
            interval=interval_of(figure),
            denominator=wording.denominator(content["among"]),
            populations=populations,
            plain=plain_text(figure, wording, populations, studies="dataset"),
            citations=(citation,),
            statement_id=None,
            concepts=(),
            region=None,
            audience=None,
            is_dataset=True,
        )
