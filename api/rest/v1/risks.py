"""Risk estimates: the published figures behind shapes, distributions, conditions and categories, one by one."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import Response

from api.evidence.choice import RiskFilter, chosen_ranks, estimates_at
from api.evidence.estimates import RiskEstimate
from api.evidence.matrix import load_evidence
from api.knowledge.listing import page_in_memory
from api.knowledge.references import filter_concept
from api.knowledge.sources import filter_source
from api.rest.v1.listing import list_answer, list_key
from api.rest.v1.statements import FigureOut, IntervalOut, statement_url, to_figure_out
from api.search.index import stored
from api.vocabulary import Audience, ConceptKind, Endpoint, Measure, Region
from api.web.deps import SessionDep, StoreDep
from api.web.envelope import Envelope
from api.web.paging import window
from api.web.parameters import FieldsParameters, PageParameters, SlugText, Words
from api.web.problems import documented

router = APIRouter(tags=["evidence"])


class PopulationOut(BaseModel):
    """A way in which the people or findings counted are not general."""

    kind: Annotated[str, Field(description="Stable name of the sort of population.", examples=["referral-series"])]
    note: Annotated[str, Field(description="What to say with the figure.")]


class EvidenceSourceOut(BaseModel):
    """Where a figure comes from; the whole source is at its address."""

    id: Annotated[str, Field(examples=["oligane-2018"])]
    authors: str
    title: str
    year: int | None
    link: Annotated[str | None, Field(description="Canonical address of the work; null when none is confirmed.")]
    locator: Annotated[str, Field(description="The place inside the source.", examples=["abstract"])]
    url: Annotated[str, Field(description="Address of the source here.", examples=["/v1/sources/oligane-2018"])]


class EstimateOut(FigureOut):
    """One published figure with its population, outcome, sources and a plain sentence."""

    id: Annotated[str, Field(description="Statement id and place of the figure in it.", examples=["amorphous-24.1"])]
    kind: Annotated[
        Literal["study", "data-set"],
        Field(description="`data-set`: counts of an enriched research data set, which are not a risk."),
    ]
    endpoint: Annotated[Endpoint, Field(description="The outcome counted, as a closed word; `what` has the source's words.")]
    denominator: Annotated[str, Field(description="What was counted, in everyday words.", examples=["groups of specks"])]
    interval: Annotated[
        IntervalOut | None,
        Field(description="The interval the source prints (`given`), else computed from events and n (`wilson`); null: neither."),
    ]
    morphologies: Annotated[list[str], Field(description="Lexicon shapes it holds for; several when it counts them together.")]
    distributions: Annotated[list[str], Field(description="Distributions it holds for; several when counted together.")]
    joint: Annotated[bool, Field(description="Whether it holds for several shapes or distributions together only.")]
    populations: Annotated[
        list[PopulationOut], Field(description="In which ways the population is not general; empty: none known.")
    ]
    comparable: Annotated[bool, Field(description="Whether it may count towards the range of a place of the matrix.")]
    plain: Annotated[
        str,
        Field(
            description="The figure in plain words, its denominator named.",
            examples=["About 7 in 100 of the groups of specks in this study turned out to be cancer (25 of 356)."],
        ),
    ]
    concepts: Annotated[list[str], Field(description="Concepts of its statement, its own first.")]
    audience: Annotated[Audience | None, Field(description="For whom its statement is worded.")]
    region: Annotated[Region | None, Field(description="Where its statement holds; null: not bound to a country.")]
    same_as: Annotated[list[str], Field(description="Other estimates that tell the same figure of the same source.")]
    in_conflict: Annotated[bool, Field(description="Whether its statement is part of a disagreement between sources.")]
    sources: Annotated[list[EvidenceSourceOut], Field(description="Sources, strongest first.")]
    statement_id: Annotated[str | None, Field(description="The statement that says so; null for counts of a data set.")]
    url: Annotated[str | None, Field(description="Address of the statement.")]


def to_estimate_out(item: RiskEstimate) -> EstimateOut:
    """An estimate as v1 shows it."""
    interval = item.interval and IntervalOut.model_validate(item.interval, from_attributes=True)
    return EstimateOut(
        **{**to_figure_out(item.figure).model_dump(), "interval": interval},
        id=item.id,
        kind="data-set" if item.is_dataset else "study",
        endpoint=item.endpoint,
        denominator=item.denominator,
        morphologies=list(item.morphologies),
        distributions=list(item.distributions),
        joint=item.is_joint,
        populations=[PopulationOut(kind=population.kind, note=population.note) for population in item.populations],
        comparable=item.is_comparable,
        plain=item.plain,
        concepts=list(item.concepts),
        audience=item.audience,
        region=Region(item.region) if item.region else None,
        same_as=list(item.same_as),
        in_conflict=bool(item.conflicts),
        sources=[_source(item, place) for place in range(len(item.citations))],
        statement_id=item.statement_id,
        url=item.statement_id and statement_url(item.statement_id),
    )


def _source(item: RiskEstimate, place: int) -> EvidenceSourceOut:
    citation = item.citations[place]
    source = citation.source
    return EvidenceSourceOut(
        id=source.id,
        authors=source.authors,
        title=source.title,
        year=source.year,
        link=source.url,
        locator=citation.locator,
        url=f"/v1/sources/{source.id}",
    )


class RiskListParameters(PageParameters, FieldsParameters):
    """What the list of risk estimates may be narrowed to."""

    morphology: Annotated[SlugText | None, Field(description="Holding for this shape.", examples=["amorphous"])] = None
    distribution: Annotated[SlugText | None, Field(description="Holding for this distribution.", examples=["grouped"])] = None
    concept: Annotated[SlugText | None, Field(description="Of a statement about this concept.", examples=["dcis"])] = None
    measure: Annotated[Measure | None, Field(description="Measuring this.", examples=["ppv"])] = None
    endpoint: Annotated[Endpoint | None, Field(description="Counting this outcome.", examples=["malignancy"])] = None
    what: Annotated[Words | None, Field(description="With these words in its outcome.", examples=["surgery"])] = None
    region: Annotated[Region | None, Field(description="Bound to this country or region.", examples=["UK"])] = None
    source: Annotated[SlugText | None, Field(description="From this source.", examples=["oligane-2018"])] = None
    design: Annotated[Words | None, Field(description="With these words in its design.", examples=["meta-analysis"])] = None
    audience: Annotated[Audience | None, Field(description="Told to this audience.", examples=["clinician"])] = None
    kind: Annotated[Literal["study", "data-set"] | None, Field(description="Of studies, or counts of data sets.")] = None
    repeats: Annotated[bool, Field(description="False leaves out figures that repeat one told elsewhere.")] = True
    sort: Annotated[Literal["position", "-position"], Field(description="Order of the release, or its reverse.")] = "position"


@router.get(
    "/risk-estimates",
    name="list_risk_estimates",
    summary="List risk estimates",
    response_model=Envelope[list[EstimateOut]],
    responses=documented(410),
    openapi_extra={"x-example": "/v1/risk-estimates?morphology=amorphous&distribution=grouped&measure=ppv&limit=3"},
)
def list_all(store: StoreDep, session: SessionDep, asked: Annotated[RiskListParameters, Query()]) -> Response:
    """Every published figure on how likely cancer, an upgrade or a later cancer is, as typed rows.

    Each names its statement, sources, population and outcome, keeps the source's n, events and interval, and says itself in
    plain words. Nothing is pooled or filled in. Rows of kind `data-set` are counts of an enriched film-era data set, not a risk.
    """
    _require_known(session, asked)
    names = (*RiskFilter.__dataclass_fields__,)
    wanted = RiskFilter(**{name: getattr(asked, name) for name in names})
    evidence = store.part(load_evidence)
    index = stored(session)
    ranks = chosen_ranks(index, evidence.datasets, wanted)
    release = store.catalogue.release
    key = list_key(release, "/v1/risk-estimates", asked)
    part = window(asked.limit, asked.cursor, key, descending=asked.sort.startswith("-"))
    page = page_in_memory(ranks, part)
    items = estimates_at(session, index, evidence.wording, evidence.datasets, page.items)
    shown = [to_estimate_out(item) for item in items]
    return list_answer(shown, EstimateOut, page, release, "/v1/risk-estimates", key, asked, asked.fields)


def _require_known(session: Session, asked: RiskListParameters) -> None:
    for name, kind in (("morphology", ConceptKind.SUBTYPE), ("distribution", ConceptKind.DISTRIBUTION), ("concept", None)):
        if slug := getattr(asked, name):
            filter_concept(session, name, slug, kind)
    if asked.source:
        filter_source(session, asked.source)
