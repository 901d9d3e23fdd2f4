"""The risk matrix: shapes by distributions, as data and as a picture."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.evidence.datasets import Dataset
from api.evidence.matrix import Cell, Evidence, load_evidence
from api.evidence.picture import load_picture
from api.knowledge.references import filter_concept
from api.rest.v1.risks import EstimateOut, EvidenceSourceOut, to_estimate_out
from api.rest.v1.statements import ConflictOut, to_conflict_out
from api.vocabulary import ConceptKind
from api.web.deps import SessionDep, StoreDep
from api.web.envelope import Envelope, address, answer, members
from api.web.parameters import FieldsParameters, NoParameters, SlugText, query_items
from api.web.problems import documented

router = APIRouter(tags=["evidence"])
_SVG = "image/svg+xml"


class RangeOut(BaseModel):
    """The lowest and highest comparable figure of a place; neither an average nor an estimate of its own."""

    low: Annotated[float, Field(description="Lowest proportion a study of a general population gives.", examples=[0.05])]
    high: Annotated[float, Field(description="Highest proportion such a study gives.", examples=[0.07])]
    estimate_ids: Annotated[list[str], Field(description="The estimates the range spans.")]


class CellAssessmentOut(BaseModel):
    """The category usually given."""

    slug: Annotated[str, Field(examples=["birads-4b"])]
    url: Annotated[str, Field(examples=["/v1/assessments/birads-4b"])]
    statement_id: Annotated[str, Field(description="The statement that says so.")]


class ReasonOut(BaseModel):
    """Why a place holds no published figure."""

    code: Annotated[str, Field(description="pair, morphology, distribution or dataset-only.", examples=["pair"])]
    text: str


class CellOut(BaseModel):
    """One place of the matrix; in a margin the shape or the distribution is null."""

    morphology: Annotated[str | None, Field(description="Slug of the shape.", examples=["amorphous"])]
    distribution: Annotated[str | None, Field(description="Slug of the distribution.", examples=["grouped"])]
    estimates: Annotated[list[EstimateOut], Field(description="Published figures of just this place, each figure once.")]
    range: Annotated[RangeOut | None, Field(description="Null when no figure of a general population is known.")]
    usual_assessment: Annotated[
        CellAssessmentOut | None, Field(description="The category usually given; null: sources name none.")
    ]
    conflict: Annotated[list[ConflictOut], Field(description="Disagreements between figures of this place.")]
    datasets: Annotated[
        list[EstimateOut], Field(description="Counts of enriched research data sets: not a risk, never in `range`.")
    ]
    reason: Annotated[ReasonOut | None, Field(description="Why there is no published figure; null when there is one.")]


class MarginsOut(BaseModel):
    """What is known of a shape, or of a distribution, on its own."""

    rows: Annotated[list[CellOut], Field(description="Each shape, whatever its distribution.")]
    columns: Annotated[list[CellOut], Field(description="Each distribution, whatever the shape.")]


class DatasetOut(BaseModel):
    """A research data set whose counts stand beside the figures."""

    id: Annotated[str, Field(examples=["cbis-ddsm"])]
    title: str
    license: str
    counted: Annotated[int, Field(description="Items in the whole data set.", examples=[1045])]
    caution: Annotated[str, Field(description="What clinicians must know before reading the counts.")]
    caution_plain: Annotated[str, Field(description="The same for patients.")]
    source: EvidenceSourceOut


class MatrixOut(BaseModel):
    """The whole grid."""

    morphologies: Annotated[list[str], Field(description="Rows in reading order.")]
    distributions: Annotated[list[str], Field(description="Columns in reading order.")]
    cells: Annotated[list[CellOut], Field(description="Every pair, row by row; nothing is interpolated or pooled.")]
    margins: MarginsOut
    datasets: list[DatasetOut]
    notice: Annotated[str, Field(description="How to read the figures; show it with them.")]


def to_cell_out(cell: Cell) -> CellOut:
    """A place of the matrix as v1 shows it."""
    return CellOut(
        morphology=cell.morphology,
        distribution=cell.distribution,
        estimates=[to_estimate_out(item) for item in cell.estimates],
        range=to_range_out(cell),
        usual_assessment=to_usual_out(cell),
        conflict=[to_conflict_out(conflict) for conflict in cell.conflicts],
        datasets=[to_estimate_out(item) for item in cell.datasets],
        reason=to_reason_out(cell),
    )


def to_range_out(cell: Cell) -> RangeOut | None:
    """The range of a place as v1 shows it."""
    if cell.range is None:
        return None
    return RangeOut(low=cell.range.low, high=cell.range.high, estimate_ids=list(cell.range.estimate_ids))


def to_reason_out(cell: Cell) -> ReasonOut | None:
    """Why a place is empty, as v1 shows it."""
    return ReasonOut(code=cell.reason.code, text=cell.reason.text) if cell.reason else None


def to_usual_out(cell: Cell) -> CellAssessmentOut | None:
    """The category usually given in a place, as v1 shows it."""
    usual = cell.usual_assessment
    if usual is None:
        return None
    return CellAssessmentOut(slug=usual.slug, url=f"/v1/assessments/{usual.slug}", statement_id=usual.statement_id)


def _dataset(dataset: Dataset) -> DatasetOut:
    source = dataset.citation.source
    return DatasetOut(
        id=dataset.id,
        title=dataset.title,
        license=dataset.license,
        counted=dataset.counted,
        caution=dataset.caution,
        caution_plain=dataset.caution_plain,
        source=EvidenceSourceOut(
            id=source.id,
            authors=source.authors,
            title=source.title,
            year=source.year,
            link=source.url,
            locator=dataset.citation.locator,
            url=f"/v1/sources/{source.id}",
        ),
    )


class MatrixParameters(FieldsParameters):
    """Which places of the matrix are asked for."""

    morphology: Annotated[SlugText | None, Field(description="Only places of this shape.", examples=["amorphous"])] = None
    distribution: Annotated[SlugText | None, Field(description="Only places of this distribution.", examples=["grouped"])] = None

    def wants(self, cell: Cell) -> bool:
        """Whether a place is of the shape and the distribution asked for; a margin is of what it names."""
        pairs = ((self.morphology, cell.morphology), (self.distribution, cell.distribution))
        return all(None in pair or pair[0] == pair[1] for pair in pairs)


def cell_address(cell: Cell) -> str:
    """Where the matrix shows just this place."""
    named = (("morphology", cell.morphology), ("distribution", cell.distribution))
    return address("/v1/risk-matrix", {name: slug for name, slug in named if slug})


def to_matrix_out(evidence: Evidence, asked: MatrixParameters) -> MatrixOut:
    """The matrix, or the places asked for, as v1 shows it."""
    matrix = evidence.matrix

    def shown(places: tuple[Cell, ...]) -> list[CellOut]:
        return [to_cell_out(cell) for cell in places if asked.wants(cell)]

    return MatrixOut(
        morphologies=list(matrix.morphologies),
        distributions=list(matrix.distributions),
        cells=shown(matrix.cells),
        margins=MarginsOut(rows=shown(matrix.rows), columns=shown(matrix.columns)),
        datasets=[_dataset(dataset) for dataset in evidence.datasets],
        notice=evidence.wording.notice,
    )


@router.get(
    "/risk-matrix",
    name="get_risk_matrix",
    summary="Read the risk matrix",
    response_model=Envelope[MatrixOut],
    responses=documented(),
    openapi_extra={"x-example": "/v1/risk-matrix?fields=cells,notice"},
)
def read_matrix(store: StoreDep, session: SessionDep, asked: Annotated[MatrixParameters, Query()]) -> Response:
    """Every lexicon shape by every distribution: the published figures of each place, their range, and the usual category.

    A place without a published figure says why. Margins hold what is known of a shape or a distribution alone. Figures of
    populations that are not general are shown and marked, and stay out of the range. With `morphology`, `distribution` or
    both only the places of these are shown, margins included.
    """
    for name, kind in (("morphology", ConceptKind.SUBTYPE), ("distribution", ConceptKind.DISTRIBUTION)):
        if slug := getattr(asked, name):
            filter_concept(session, name, slug, kind)
    only = members(MatrixOut, asked.fields)
    links = {
        "self": address("/v1/risk-matrix", query_items(asked)),
        "estimates": "/v1/risk-estimates",
        "picture": "/v1/risk-matrix.svg",
    }
    return answer(to_matrix_out(store.part(load_evidence), asked), store.catalogue.release, links, only=only)


@router.get(
    "/risk-matrix.svg",
    name="get_risk_matrix_picture",
    summary="See the risk matrix",
    response_class=Response,
    responses={**documented(), 200: {"description": "The picture.", "content": {_SVG: {"schema": {"type": "string"}}}}},
    openapi_extra={"x-example": "/v1/risk-matrix.svg"},
)
def see_matrix(store: StoreDep, asked: Annotated[NoParameters, Query()]) -> Response:
    """The matrix as a heat map: shades tell the range of published figures, and a dot says that none is known.

    Readable without colour and by screen readers: figures are in print, and the picture has a title and a description.
    """
    return Response(store.part(load_picture), media_type=_SVG)
