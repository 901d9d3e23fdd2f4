"""Resolve: from a term as records and data sets write it to the concepts it names."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field, StringConstraints
from starlette.responses import Response

from api.knowledge.references import find_references
from api.knowledge.views import ConceptReference
from api.rest.v1.cards import ConceptReferenceOut, to_reference_out
from api.search.index import stored
from api.search.resolving import Resolved, Resolver, load_term_words
from api.vocabulary import LabelKind
from api.web.deps import SessionDep, StoreDep
from api.web.envelope import Envelope, address, answer, members
from api.web.parameters import FieldsParameters, query_items
from api.web.problems import documented

router = APIRouter(tags=["codes"])


class ResolvedOut(ConceptReferenceOut):
    """A concept a term names, and why."""

    matched: Annotated[str, Field(description="The words of the term that name it.", examples=["LUCENT_CENTERED"])]
    start: Annotated[int, Field(description="Where these words begin in the term, in characters.")]
    end: Annotated[int, Field(description="Where they end.")]
    label: Annotated[str, Field(description="The name as we write it.", examples=["lucent-centered"])]
    label_kind: Annotated[LabelKind, Field(description="What sort of name it is.")]
    repaired: Annotated[bool, Field(description="Whether the spelling had to be mended.")]
    why: Annotated[str, Field(description="The reason in a sentence.")]


class ResolveParameters(FieldsParameters):
    """The term."""

    term: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=300)],
        Field(description="A label or term in any writing, compound ones too.", examples=["ROUND_AND_REGULAR-LUCENT_CENTERED"]),
    ]


def to_out(item: Resolved, reference: ConceptReference) -> ResolvedOut:
    """A resolved concept as v1 shows it."""
    return ResolvedOut(
        **to_reference_out(reference).model_dump(),
        matched=item.matched,
        start=item.start,
        end=item.end,
        label=item.label,
        label_kind=item.kind,
        repaired=item.repaired,
        why=item.why,
    )


@router.get(
    "/resolve",
    name="resolve_term",
    summary="Resolve a term",
    response_model=Envelope[list[ResolvedOut]],
    responses=documented(),
    openapi_extra={"x-example": "/v1/resolve?term=ROUND_AND_REGULAR-LUCENT_CENTERED"},
)
def resolve(store: StoreDep, session: SessionDep, asked: Annotated[ResolveParameters, Query()]) -> Response:
    """Every concept that a label of a data set, a word of a report or a term of a record names, with the reason why it matched.

    Upper case, underscores, hyphen-joined compounds, abbreviations, former names, plurals and misspellings are understood. A term
    that is not about breast calcifications, or holds a word nobody here knows, resolves to an empty list.
    """
    only = members(ResolvedOut, asked.fields)
    found = Resolver(store.part(load_term_words), stored(session)).resolve(asked.term)
    links = {"self": address("/v1/resolve", query_items(asked))}
    references = find_references(session, [item.slug for item in found])
    return answer([to_out(item, references[item.slug]) for item in found], store.catalogue.release, links, only=only)
