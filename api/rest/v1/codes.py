"""Codes: from a code of another system to the concepts it stands for."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints
from starlette.responses import Response

from api.errors import BadQuery
from api.knowledge.catalogue import Catalogue
from api.knowledge.codes import Code, CodeBook
from api.knowledge.listing import page_in_memory
from api.knowledge.references import filter_concept, find_references
from api.knowledge.views import ConceptReference
from api.rest.v1.cards import ConceptReferenceOut, to_reference_out
from api.rest.v1.listing import list_answer, list_key
from api.vocabulary import CodeUse, Equivalence
from api.web.deps import CatalogueDep, SessionDep
from api.web.envelope import Envelope
from api.web.paging import window
from api.web.parameters import FieldsParameters, PageParameters, SlugText
from api.web.problems import documented

router = APIRouter(tags=["codes"])
_MOST_CODES = 100

EquivalenceField = Annotated[
    Equivalence,
    Field(description="How the code stands to the concept: equivalent, wider (the code is broader), narrower, or related."),
]


class CodeSystemOut(BaseModel):
    """Whose code it is, and what its owner's licence allows."""

    id: Annotated[str, Field(description="Short name.", examples=["SCT"])]
    name: Annotated[str, Field(examples=["SNOMED CT"])]
    uri: Annotated[str | None, Field(description="Canonical address; null where none is registered.")]
    use: Annotated[CodeUse, Field(description="`look-up-only`: legacy, understood but not offered for new data.")]
    notice: Annotated[str, Field(description="The owner's terms; show it with the codes.")]


class CodeTargetOut(ConceptReferenceOut):
    """A concept a code stands for."""

    equivalence: EquivalenceField


class CodeMatchOut(BaseModel):
    """A code and the concepts it stands for."""

    system: CodeSystemOut
    code: Annotated[str, Field(examples=["129766004"])]
    display: Annotated[str, Field(description="What the code means: the owner's words where they may be shown, else ours.")]
    display_is_owners: Annotated[bool, Field(description="Whether `display` is the owner's wording.")]
    concepts: Annotated[list[CodeTargetOut], Field(description="Best first.")]
    context_groups: Annotated[
        list[int], Field(description="DICOM context groups (CID) the code belongs to.", examples=[[6012, 6013]])
    ]
    note: Annotated[str | None, Field(description="What to know about the code or the mapping.")]


def to_system_out(code: Code) -> CodeSystemOut:
    """The system of a code as v1 shows it."""
    return CodeSystemOut.model_validate(code.system, from_attributes=True)


def to_match_out(code: Code, references: Mapping[str, ConceptReference]) -> CodeMatchOut:
    """A code as v1 shows it."""
    return CodeMatchOut(
        system=to_system_out(code),
        code=code.code,
        display=code.display,
        display_is_owners=code.is_owners_display,
        concepts=[
            CodeTargetOut(**to_reference_out(references[target.slug]).model_dump(), equivalence=target.equivalence)
            for target in code.targets
        ],
        context_groups=list(code.context_groups),
        note=code.note,
    )


class CodeListParameters(PageParameters, FieldsParameters):
    """Which codes are asked for."""

    system: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=200)] | None,
        Field(description="Short name or canonical address of the code system.", examples=["http://snomed.info/sct"]),
    ] = None
    code: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=4000)] | None,
        Field(
            description="The code, or several separated by commas; `system|code` as in FHIR too.",
            examples=["129766004,DCM|111344"],
        ),
    ] = None
    concept: Annotated[SlugText | None, Field(description="Standing for this concept.", examples=["grouped"])] = None
    context_group: Annotated[int | None, Field(ge=1, le=99_999, description="Of this DICOM context group.", examples=[6010])] = (
        None
    )


@router.get(
    "/codes",
    name="list_codes",
    summary="Look up codes",
    response_model=Envelope[list[CodeMatchOut]],
    responses=documented(410),
    openapi_extra={"x-example": "/v1/codes?system=http://snomed.info/sct&code=129766004,129760005"},
)
def list_all(session: SessionDep, catalogue: CatalogueDep, asked: Annotated[CodeListParameters, Query()]) -> Response:
    """What codes of SNOMED CT, DICOM, LOINC, ICD-10-CM and others mean here: each with its concepts and how well it fits them.

    Several codes may be asked for at once, in the order wanted; a code nobody mapped is simply absent. Legacy SNOMED RT codes of
    old DICOM objects are understood. An operator may switch systems off; those answer as unknown.
    """
    if asked.concept:
        filter_concept(session, "concept", asked.concept)
    system = catalogue.codes.system(asked.system) if asked.system else None
    found = [code for code in _named(catalogue, asked) if system in (None, code.system) and _fits(code, asked)]
    key = list_key(catalogue.release, "/v1/codes", asked)
    page = page_in_memory(found, window(asked.limit, asked.cursor, key))
    references = find_references(session, [target.slug for code in page.items for target in code.targets])
    items = [to_match_out(code, references) for code in page.items]
    return list_answer(items, CodeMatchOut, page, catalogue.release, "/v1/codes", key, asked, asked.fields)


def _named(catalogue: Catalogue, asked: CodeListParameters) -> list[Code]:
    book = catalogue.codes
    if asked.code is None:
        return list(book.codes)
    wanted = list(dict.fromkeys(part.strip() for part in asked.code.split(",") if part.strip()))
    if len(wanted) > _MOST_CODES:
        raise BadQuery("code", f"{len(wanted)} codes were asked for.", f"Ask for at most {_MOST_CODES} at once.")
    return list(dict.fromkeys(code for part in wanted for code in _called(book, part)))


def _called(book: CodeBook, token: str) -> list[Code]:
    """The codes a token means: a bare code, or system and code joined by a bar as FHIR writes them."""
    system_name, bar, code = token.rpartition("|")
    system = book.system(system_name) if bar and system_name else None
    return [found for found in book.called(code) if system in (None, found.system)]


def _fits(code: Code, asked: CodeListParameters) -> bool:
    if asked.concept is not None and asked.concept not in {target.slug for target in code.targets}:
        return False
    return asked.context_group is None or asked.context_group in code.context_groups
