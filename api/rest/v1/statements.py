"""Statements: the atoms of the service, as lists and one by one."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.knowledge.references import filter_concept
from api.knowledge.sources import filter_source
from api.knowledge.statements import StatementFilter, get_statement, list_statements
from api.knowledge.views import Conflict, Figure, Statement
from api.rest.v1.listing import list_answer, list_key
from api.rest.v1.sources import SourceOut, to_source_out
from api.vocabulary import Aspect, Audience, Basis, Region
from api.web.deps import CatalogueDep, SessionDep
from api.web.envelope import Envelope, address, answer, members
from api.web.paging import window
from api.web.parameters import FieldsParameters, PageParameters, SlugText, query_items
from api.web.problems import documented

router = APIRouter(tags=["statements"])


class IntervalOut(BaseModel):
    """A confidence interval, in the figure's own unit."""

    low: float
    high: float
    level: Annotated[float, Field(description="Level of confidence as a proportion.", examples=[0.95])]
    origin: Annotated[str, Field(description="`given` by the source, or computed by `wilson`'s method.")]


class FigureOut(BaseModel):
    """One number of a statement, typed, so that a program can use and check it."""

    measure: Annotated[str, Field(description="What is measured; `ppv` is the share that proved malignant.", examples=["ppv"])]
    unit: Annotated[str, Field(description="Unit of the numbers; a `proportion` runs from 0 to 1.", examples=["proportion"])]
    value: Annotated[float | None, Field(description="The number.", examples=[0.07])]
    low: Annotated[float | None, Field(description="Lower end where a range is given.")]
    high: Annotated[float | None, Field(description="Upper end where a range is given.")]
    comparison: Annotated[str | None, Field(description="about, less-than, at-most, more-than or at-least; null: as stated.")]
    events: Annotated[int | None, Field(description="How many had the outcome.", examples=[25])]
    n: Annotated[int | None, Field(description="Out of how many.", examples=[356])]
    interval: Annotated[IntervalOut | None, Field(description="Confidence interval.")]
    what: Annotated[str | None, Field(description="The outcome counted.")]
    among: Annotated[str | None, Field(description="The population: whom the number is about.")]
    morphology: Annotated[str | None, Field(description="Slug of the subtype it is about.", examples=["amorphous"])]
    distribution: Annotated[str | None, Field(description="Slug of the distribution it is about.", examples=["grouped"])]
    design: Annotated[str | None, Field(description="Study design.")]
    years: Annotated[str | None, Field(description="Years of the data.")]


class CitationOut(BaseModel):
    """Where a statement comes from."""

    source: SourceOut
    locator: Annotated[str, Field(description="The place inside the source.", examples=["abstract"])]


class ConflictOut(BaseModel):
    """A disagreement between sources that the statement takes part in."""

    statement_ids: Annotated[list[str], Field(description="The statements that disagree.")]
    preferred: Annotated[str | None, Field(description="The reading we prefer; null when none is better.")]
    why: Annotated[str, Field(description="What differs and why one reading is preferred.")]


class StatementOut(BaseModel):
    """One claim, with its sources, figures, audience, region and known conflicts."""

    id: Annotated[str, Field(description="Stable id; never reused.", examples=["amorphous-01"])]
    concepts: Annotated[list[str], Field(description="Slugs of the concepts it is about, its own first.")]
    aspect: Annotated[Aspect, Field(description="Which side of the concept it tells.")]
    audience: Annotated[Audience, Field(description="For whom it is worded.")]
    region: Annotated[Region | None, Field(description="Where it holds; null: not bound to a country.")]
    text: Annotated[str, Field(description="The claim in our own words.")]
    basis: Annotated[
        Basis,
        Field(description="How the best of its sources was read; `founding-document` is a claim without authority."),
    ]
    second_read: Annotated[bool, Field(description="Whether a second reader checked it against its source.")]
    figures: Annotated[list[FigureOut], Field(description="Every number of the text, typed.")]
    citations: Annotated[list[CitationOut], Field(description="Sources, strongest first.")]
    conflicts: Annotated[list[ConflictOut], Field(description="Disagreements it takes part in.")]
    show_with: Annotated[list[str], Field(description="Statements that must be shown beside it.")]
    origin: Annotated[list[str], Field(description="Ids of the researched facts it was written from.")]
    url: Annotated[str, Field(description="Its own address.", examples=["/v1/statements/amorphous-01"])]


def statement_url(statement_id: str) -> str:
    """The address of a statement."""
    return f"/v1/statements/{statement_id}"


def to_figure_out(figure: Figure) -> FigureOut:
    """A figure as v1 shows it."""
    return FigureOut.model_validate(figure, from_attributes=True)


def to_conflict_out(conflict: Conflict) -> ConflictOut:
    """A conflict as v1 shows it."""
    return ConflictOut(statement_ids=list(conflict.statement_ids), preferred=conflict.preferred, why=conflict.why)


def to_statement_out(statement: Statement) -> StatementOut:
    """A statement as v1 shows it."""
    return StatementOut(
        id=statement.id,
        concepts=list(statement.concepts),
        aspect=statement.aspect,
        audience=statement.audience,
        region=statement.region,
        text=statement.text,
        basis=statement.basis,
        second_read=statement.second_read,
        figures=[to_figure_out(figure) for figure in statement.figures],
        citations=[
            CitationOut(source=to_source_out(citation.source), locator=citation.locator) for citation in statement.citations
        ],
        conflicts=[to_conflict_out(conflict) for conflict in statement.conflicts],
        show_with=list(statement.show_with),
        origin=list(statement.origin),
        url=statement_url(statement.id),
    )


class StatementListParameters(PageParameters, FieldsParameters):
    """What a list of statements may be narrowed to."""

    concept: Annotated[SlugText | None, Field(description="About this concept.", examples=["amorphous"])] = None
    source: Annotated[SlugText | None, Field(description="Citing this source.", examples=["oligane-2018"])] = None
    aspect: Annotated[Aspect | None, Field(description="Telling this side.", examples=["risk"])] = None
    audience: Annotated[Audience | None, Field(description="Worded for this audience.", examples=["patient"])] = None
    region: Annotated[Region | None, Field(description="Bound to this country or region.", examples=["UK"])] = None
    basis: Annotated[Basis | None, Field(description="Resting on sources read this way.", examples=["abstract"])] = None
    sort: Annotated[Literal["position", "-position"], Field(description="Order of the release, or its reverse.")] = "position"


@router.get(
    "/statements",
    name="list_statements",
    summary="List statements",
    response_model=Envelope[list[StatementOut]],
    responses=documented(410),
    openapi_extra={"x-example": "/v1/statements?concept=amorphous&aspect=risk&limit=2"},
)
def list_all(session: SessionDep, catalogue: CatalogueDep, asked: Annotated[StatementListParameters, Query()]) -> Response:
    """Every claim the service makes, each with its sources, figures and known conflicts, in the order of the release.

    Narrow the list by concept, source, aspect, audience, region or basis; filters add up. The total stays the same on every page.
    """
    if asked.concept:
        filter_concept(session, "concept", asked.concept)
    if asked.source:
        filter_source(session, asked.source)
    wanted = StatementFilter(asked.concept, asked.source, asked.aspect, asked.audience, asked.region, asked.basis)
    key = list_key(catalogue.release, "/v1/statements", asked)
    part = window(asked.limit, asked.cursor, key, descending=asked.sort.startswith("-"))
    page = list_statements(session, wanted, part)
    items = [to_statement_out(item) for item in page.items]
    return list_answer(items, StatementOut, page, catalogue.release, "/v1/statements", key, asked, asked.fields)


@router.get(
    "/statements/{statement_id}",
    name="get_statement",
    summary="Read one statement",
    response_model=Envelope[StatementOut],
    responses=documented(404, 410),
    openapi_extra={"x-example": "/v1/statements/amorphous-01"},
)
def read_one(
    statement_id: str, session: SessionDep, catalogue: CatalogueDep, asked: Annotated[FieldsParameters, Query()]
) -> Response:
    """One claim with its sources, figures and known conflicts. The id never changes meaning, so it can be cited."""
    only = members(StatementOut, asked.fields)
    statement = get_statement(session, statement_id)
    path = statement_url(statement.id)
    links = {"self": address(path, query_items(asked)), "concept": f"/v1/concepts/{statement.concepts[0]}"}
    return answer(to_statement_out(statement), catalogue.release, links, only=only)
