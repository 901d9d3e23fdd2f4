"""The typed numbers that cards show by name: size, usual category, likelihood band, published risks."""

from typing import Annotated

from pydantic import BaseModel, Field

from api.knowledge.views import Attributes, Concept
from api.rest.v1.statements import FigureOut, statement_url, to_figure_out
from api.vocabulary import ConceptKind, Measure


class SizeOut(BaseModel):
    """Size of single particles in millimetres."""

    low: Annotated[float | None, Field(description="Smallest usual size.")]
    high: Annotated[float | None, Field(description="Largest usual size.")]
    statement_id: Annotated[str, Field(description="The statement that says so.")]


class UsualAssessmentOut(BaseModel):
    """The category a shape usually gets."""

    slug: Annotated[str, Field(examples=["birads-4b"])]
    url: Annotated[str, Field(examples=["/v1/assessments/birads-4b"])]
    statement_id: Annotated[str, Field(description="The statement that says so.")]


class LikelihoodOut(BaseModel):
    """The band of the likelihood of cancer a category stands for."""

    low: Annotated[float, Field(description="Lower end as a proportion.", examples=[0.1])]
    high: Annotated[float, Field(description="Upper end as a proportion.", examples=[0.5])]
    low_included: Annotated[bool, Field(description="Whether the lower end belongs to the band.")]
    high_included: Annotated[bool, Field(description="Whether the upper end belongs to the band.")]
    statement_id: Annotated[str, Field(description="The statement that says so.")]


class RiskEstimateOut(FigureOut):
    """A published share that proved malignant, with the statement and sources behind it."""

    statement_id: Annotated[str, Field(description="The statement that says so.")]
    source_ids: Annotated[list[str], Field(description="The sources of the statement.")]
    url: Annotated[str, Field(description="Address of the statement.")]


def to_size_out(attributes: Attributes) -> SizeOut | None:
    """The size of a concept's particles, if told."""
    if attributes.size_statement_id is None:
        return None
    return SizeOut(low=attributes.size_low_mm, high=attributes.size_high_mm, statement_id=attributes.size_statement_id)


def to_usual_assessment_out(attributes: Attributes) -> UsualAssessmentOut | None:
    """The usual category of a shape, if told."""
    slug, statement_id = attributes.usual_assessment_slug, attributes.usual_assessment_statement_id
    if slug is None or statement_id is None:
        return None
    return UsualAssessmentOut(slug=slug, url=f"/v1/assessments/{slug}", statement_id=statement_id)


def to_likelihood_out(attributes: Attributes) -> LikelihoodOut | None:
    """The likelihood band of a category, if it stands for one."""
    if attributes.likelihood_statement_id is None:
        return None
    return LikelihoodOut.model_validate(
        {
            name: getattr(attributes, f"likelihood_{name}")
            for name in ("low", "high", "low_included", "high_included", "statement_id")
        }
    )


def risk_estimates(concept: Concept) -> list[RiskEstimateOut]:
    """The published malignant shares that name this subtype or distribution."""
    slug = concept.reference.slug
    is_shape = concept.reference.kind is ConceptKind.SUBTYPE
    return [
        RiskEstimateOut(
            **to_figure_out(figure).model_dump(),
            statement_id=statement.id,
            source_ids=[citation.source.id for citation in statement.citations],
            url=statement_url(statement.id),
        )
        for statement in concept.statements
        for figure in statement.figures
        if figure.measure == Measure.PPV and slug == (figure.morphology if is_shape else figure.distribution)
    ]
