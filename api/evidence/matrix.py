"""The matrix: every lexicon shape by every distribution, each place with its published figures or the reason why it is empty.

Nothing is interpolated and nothing is pooled. A range is the lowest and highest figure that studies of general populations
give for just this place, and names them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlmodel import Session, col, select

from api.evidence.choice import estimates_at, in_matrix
from api.evidence.datasets import Dataset, load_datasets
from api.evidence.estimates import RiskEstimate
from api.evidence.wording import Wording, load_wording
from api.knowledge.catalogue import Catalogue
from api.knowledge.references import find_references
from api.knowledge.views import Conflict
from api.search.index import stored
from api.store.tables import ConceptRow
from api.vocabulary import Audience, Measure


@dataclass(frozen=True)
class Range:
    """The lowest and highest comparable figure of a place, and which these are."""

    low: float
    high: float
    estimate_ids: tuple[str, ...]


@dataclass(frozen=True)
class UsualCategory:
    """The category usually given, and the statement that says so."""

    slug: str
    statement_id: str


@dataclass(frozen=True)
class Reason:
    """Why a place holds no published figure."""

    code: str
    text: str


@dataclass(frozen=True)
class Cell:
    """One place of the matrix; None as shape or distribution makes it a margin."""

    morphology: str | None
    distribution: str | None
    estimates: tuple[RiskEstimate, ...]
    range: Range | None
    usual_assessment: UsualCategory | None
    conflicts: tuple[Conflict, ...]
    datasets: tuple[RiskEstimate, ...]
    reason: Reason | None


@dataclass(frozen=True)
class Matrix:
    """The grid in reading order, its margins, and the overall place."""

    morphologies: tuple[str, ...]
    distributions: tuple[str, ...]
    cells: tuple[Cell, ...]
    rows: tuple[Cell, ...]
    columns: tuple[Cell, ...]

    def cell(self, morphology: str | None, distribution: str | None) -> Cell | None:
        """The place of a shape and a distribution; a margin where one is None; None outside the lexicon."""
        return self._places.get((morphology, distribution))

    @cached_property
    def _places(self) -> dict[tuple[str | None, str | None], Cell]:
        return {(cell.morphology, cell.distribution): cell for cell in (*self.cells, *self.rows, *self.columns)}


@dataclass(frozen=True)
class Evidence:
    """The words for risk figures, the matrix with its figures, and the data sets; all other figures are read as asked for."""

    wording: Wording
    datasets: tuple[Dataset, ...]
    matrix: Matrix


def load_evidence(session: Session, _catalogue: Catalogue) -> Evidence:
    """Read the risk figures of the matrix and lay it out."""
    wording = load_wording(session)
    datasets = load_datasets(session, wording)
    index = stored(session)
    estimates = estimates_at(session, index, wording, datasets, in_matrix(index))
    axes = [*wording.data["rows"], *wording.data["columns"]]
    names = {slug: concept.name for slug, concept in find_references(session, axes).items()}
    builder = _Builder(wording, tuple(estimates), datasets, _usual(session, axes), names)
    return Evidence(wording, datasets, builder.matrix())


def _usual(session: Session, slugs: Sequence[str]) -> dict[str, UsualCategory]:
    query = select(ConceptRow).where(col(ConceptRow.slug).in_(slugs), col(ConceptRow.usual_assessment_slug).is_not(None))
    return {
        row.slug: UsualCategory(str(row.usual_assessment_slug), str(row.usual_assessment_statement_id))
        for row in session.exec(query).all()
    }


@dataclass(frozen=True)
class _Builder:
    wording: Wording
    estimates: tuple[RiskEstimate, ...]
    datasets: tuple[Dataset, ...]
    usual: dict[str, UsualCategory]
    names: dict[str, str]

    def matrix(self) -> Matrix:
        rows, columns = self.wording.data["rows"], self.wording.data["columns"]
        return Matrix(
            morphologies=tuple(rows),
            distributions=tuple(columns),
            cells=tuple(self._cell(row, column) for row in rows for column in columns),
            rows=tuple(self._cell(row, None) for row in rows),
            columns=tuple(self._cell(None, column) for column in columns),
        )

    def _cell(self, morphology: str | None, distribution: str | None) -> Cell:
        told = _shown([item for item in self.estimates if _stands_at(item, morphology, distribution)])
        counted = tuple(
            item
            for dataset in self.datasets
            for item in dataset.estimates
            if (item.figure.morphology, item.figure.distribution) == (morphology, distribution)
        )
        return Cell(
            morphology=morphology,
            distribution=distribution,
            estimates=told,
            range=range_of(told),
            usual_assessment=self._usual_assessment(morphology, distribution),
            conflicts=_conflicts(told),
            datasets=counted,
            reason=None if told else self._reason(morphology, distribution, counted),
        )

    def _usual_assessment(self, morphology: str | None, distribution: str | None) -> UsualCategory | None:
        for item in self.wording.data["pair_assessments"]:
            if (item["morphology"], item["distribution"]) == (morphology, distribution):
                return UsualCategory(item["assessment"], item["statement"])
        return self.usual.get(morphology) if morphology else None

    def _reason(self, morphology: str | None, distribution: str | None, counted: Sequence[RiskEstimate]) -> Reason:
        code = "pair" if morphology and distribution else "morphology" if morphology else "distribution"
        code = "dataset_only" if counted else code
        text = self.wording.data["reasons"][code]
        filled = text.format(morphology=self._name(morphology), distribution=self._name(distribution))
        return Reason(code.replace("_", "-"), filled)

    def _name(self, slug: str | None) -> str:
        name = self.names.get(slug or "", "")
        return name[:1].lower() + name[1:]


def stands_somewhere(item: RiskEstimate, wording: Wording) -> bool:
    """Whether an estimate may stand at any place of the matrix."""
    rows, columns = wording.data["rows"], wording.data["columns"]
    return any(_stands_at(item, row, column) for row in (*rows, None) for column in (*columns, None) if row or column)


def _stands_at(item: RiskEstimate, morphology: str | None, distribution: str | None) -> bool:
    if item.repeats or item.figure.measure not in (Measure.PPV, Measure.UPGRADE):
        return False
    fits_shape = morphology in item.morphologies if morphology else not item.morphologies
    fits_spread = distribution in item.distributions if distribution else not item.distributions
    return fits_shape and fits_spread


def _shown(found: list[RiskEstimate]) -> tuple[RiskEstimate, ...]:
    """Figures told to clinicians study by study; spans over several sources and retellings only where there is nothing else."""
    exact = [item for item in found if item.audience is Audience.CLINICIAN and not item.is_summary]
    single = [item for item in found if not item.is_summary]
    return tuple(exact or single or found)


def range_of(estimates: Sequence[RiskEstimate]) -> Range | None:
    """From the lowest to the highest comparable figure; None when no figure is comparable."""
    comparable = [item for item in estimates if item.is_comparable]
    own = [item for item in comparable if not item.is_joint]
    shares = [(item.figure.value, item.id) for item in own or comparable if item.figure.value is not None]
    if not shares:
        return None
    return Range(min(shares)[0], max(shares)[0], tuple(identifier for _, identifier in shares))


def _conflicts(estimates: Sequence[RiskEstimate]) -> tuple[Conflict, ...]:
    """The disagreements in which two figures of the place take part."""
    present = {item.statement_id for item in estimates}
    told = {conflict: None for item in estimates for conflict in item.conflicts if len(present & set(conflict.statement_ids)) > 1}
    return tuple(told)
