"""The shape every concept card shares, and the steps from the inside shape to it."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field

from api.knowledge.codes import Code
from api.knowledge.lens import modules
from api.knowledge.views import Brief, Concept, ConceptReference, Link, Module, Passage, Review, Statement
from api.rest.v1.statements import StatementOut, statement_url, to_statement_out
from api.vocabulary import Aspect, Audience, Basis, ConceptKind, Equivalence, Region, RelationKind, ReviewStatus

NOUNS = {
    ConceptKind.TYPE: "types",
    ConceptKind.SUBTYPE: "subtypes",
    ConceptKind.DISTRIBUTION: "distributions",
    ConceptKind.CONDITION: "conditions",
    ConceptKind.GUIDANCE: "guidance",
    ConceptKind.ASSESSMENT: "assessments",
}
INCLUDABLE = ["statements", "questions"]


class ConceptReferenceOut(BaseModel):
    """Just enough of a concept to name it and link to it."""

    slug: Annotated[str, Field(description="Stable slug.", examples=["fine-pleomorphic"])]
    kind: ConceptKind
    name: Annotated[str, Field(description="Name for clinicians.")]
    plain_name: Annotated[str, Field(description="Name in everyday words.")]
    url: Annotated[str, Field(description="Address of its card.", examples=["/v1/subtypes/fine-pleomorphic"])]


class LinkOut(ConceptReferenceOut):
    """A linked concept, how regularly the link holds, and the statements that say so."""

    strength: Annotated[str | None, Field(description="typical, common, possible or rare; null: the sources give none.")]
    statement_ids: Annotated[list[str], Field(description="Statements that say so.")]


class RelationOut(LinkOut):
    """A link of any sort; `outgoing` tells whether it is read from this concept to the other."""

    relation: Annotated[RelationKind, Field(description="What the link means.")]
    outgoing: Annotated[bool, Field(description="True: this concept → the other; false: the other → this one.")]


class PassageOut(BaseModel):
    """A short account for one audience, made only of statements."""

    audience: Audience
    text: Annotated[str, Field(description="The statements as one paragraph.")]
    statement_ids: Annotated[list[str], Field(description="The statements it is made of, in order.")]


class ModuleLineOut(BaseModel):
    """One statement inside a module."""

    id: Annotated[str, Field(examples=["amorphous-01"])]
    text: str
    region: Region | None
    basis: Basis
    show_with: Annotated[list[str], Field(description="Statements that must be shown beside it.")]
    in_conflict: Annotated[bool, Field(description="Whether sources disagree; the statement tells how.")]
    url: str


class ModuleOut(BaseModel):
    """One side of the concept for one audience."""

    aspect: Aspect
    audience: Audience
    statements: list[ModuleLineOut]


class LabelOut(BaseModel):
    """One name of the concept."""

    text: str
    kind: Annotated[str, Field(description="preferred, synonym, former, lay or abbreviation.")]
    language: Annotated[str, Field(description="BCP 47 language tag.", examples=["en", "en-GB", "de"])]


class GapOut(BaseModel):
    """What the sources do not tell, and why the place is empty."""

    aspect: Aspect
    audience: Audience
    reason: str


class QuestionToAskOut(BaseModel):
    """A question a patient may take to the appointment."""

    text: str
    because: Annotated[str, Field(description="Id of the statement that makes it worth asking.")]


class QuestionLinkOut(BaseModel):
    """A question people ask about the concept."""

    slug: str
    text: str
    url: str


class ReviewOut(BaseModel):
    """Whether a clinician reviewed the content, when it was checked and when it is due again."""

    status: Annotated[ReviewStatus, Field(description="`not-reviewed`: no clinician has approved it yet.")]
    checked_on: Annotated[date, Field(description="Day the content was last checked against its sources.")]
    by: Annotated[str | None, Field(description="Who reviewed it; null while no clinician has.")]
    next_due: Annotated[date, Field(description="Day the next check is due.")]


class ConceptCodeOut(BaseModel):
    """A code that a record may carry for the concept."""

    system: Annotated[str, Field(description="Short name of the code system.", examples=["SCT"])]
    uri: Annotated[str | None, Field(description="Canonical address of the system; null where none is registered.")]
    code: Annotated[str, Field(examples=["129766004"])]
    display: Annotated[str, Field(description="What the code means: the owner's words where they may be shown, else ours.")]
    equivalence: Annotated[Equivalence, Field(description="How the code stands to the concept.")]
    note: Annotated[str | None, Field(description="What to know about the code or the mapping.")]
    notice: Annotated[str, Field(description="The owner's terms; show it with the code.")]


class BriefOut(BaseModel):
    """A concept as lists show it."""

    slug: Annotated[str, Field(description="Stable slug.", examples=["fine-pleomorphic"])]
    kind: ConceptKind
    name: Annotated[str, Field(description="Name for clinicians.")]
    plain_name: Annotated[str, Field(description="Name in everyday words.")]
    summary: Annotated[list[PassageOut], Field(description="Short account by audience.")]
    review: ReviewOut
    url: Annotated[str, Field(description="Address of the whole card.")]


class CardOut(BriefOut):
    """What every concept card holds."""

    labels: Annotated[list[LabelOut], Field(description="Every name people and records use.")]
    modules: Annotated[list[ModuleOut], Field(description="Everything told about the concept, by audience and aspect.")]
    questions_to_ask: Annotated[list[QuestionToAskOut], Field(description="For the appointment.")]
    gaps: Annotated[list[GapOut], Field(description="What is not known, said openly.")]
    related: Annotated[list[LinkOut], Field(description="Other concepts that bear on it.")]
    codes: Annotated[
        list[ConceptCodeOut], Field(description="Codes of other systems, best fit first, with their owners' notices.")
    ]
    topics: Annotated[list[LinkOut], Field(description="Topics that are about it.")]
    statements: Annotated[
        list[StatementOut],
        Field(description="Only with `include=statements`: every statement in full, with sources, and the ones to show beside."),
    ]
    questions: Annotated[list[QuestionLinkOut], Field(description="Only with `include=questions`: what people ask about it.")]


def concept_url(reference: ConceptReference) -> str:
    """The address of a concept's card: under its own noun where it has one."""
    return f"/v1/{NOUNS.get(reference.kind, 'concepts')}/{reference.slug}"


def to_reference_out(reference: ConceptReference) -> ConceptReferenceOut:
    """A reference as v1 shows it."""
    return ConceptReferenceOut(**_reference(reference))


def _reference(reference: ConceptReference) -> dict[str, Any]:
    return {
        "slug": reference.slug,
        "kind": reference.kind,
        "name": reference.name,
        "plain_name": reference.plain_name,
        "url": concept_url(reference),
    }


def links(concept: Concept, kind: RelationKind, *, outgoing: bool | None = None, to: ConceptKind | None = None) -> list[LinkOut]:
    """The links of one kind and direction (None: both), to concepts of one kind."""
    return [
        to_link_out(link)
        for link in concept.links
        if link.kind is kind and outgoing in (None, link.outgoing) and to in (None, link.concept.kind)
    ]


def to_link_out(link: Link) -> LinkOut:
    """A link as v1 shows it."""
    return LinkOut(**_reference(link.concept), strength=link.strength, statement_ids=list(link.statement_ids))


def to_passage_out(passage: Passage) -> PassageOut:
    """A passage as v1 shows it."""
    ids = [statement.id for statement in passage.statements]
    return PassageOut(audience=passage.audience, text=passage.text, statement_ids=ids)


def _review(review: Review) -> ReviewOut:
    return ReviewOut.model_validate(review, from_attributes=True)


def _code(code: Code, equivalence: Equivalence) -> ConceptCodeOut:
    return ConceptCodeOut(
        system=code.system.id,
        uri=code.system.uri,
        code=code.code,
        display=code.display,
        equivalence=equivalence,
        note=code.note,
        notice=code.system.notice,
    )


def to_module_out(module: Module) -> ModuleOut:
    """A module as v1 shows it."""
    return ModuleOut(aspect=module.aspect, audience=module.audience, statements=[_line(s) for s in module.statements])


def _line(statement: Statement) -> ModuleLineOut:
    return ModuleLineOut(
        id=statement.id,
        text=statement.text,
        region=statement.region,
        basis=statement.basis,
        show_with=list(statement.show_with),
        in_conflict=bool(statement.conflicts),
        url=statement_url(statement.id),
    )


def brief_members(brief: Brief) -> dict[str, Any]:
    """The members of a brief."""
    return {
        **_reference(brief.reference),
        "summary": [to_passage_out(passage) for passage in brief.summary],
        "review": _review(brief.review),
    }


def card_members(concept: Concept, include: list[str]) -> dict[str, Any]:
    """The members every card shares; statements and questions stay empty unless included."""
    everything = (*concept.statements, *concept.beside)
    asked = concept.questions if "questions" in include else ()
    return {
        **_reference(concept.reference),
        "summary": [to_passage_out(passage) for passage in concept.summary],
        "review": _review(concept.review),
        "labels": [LabelOut.model_validate(label, from_attributes=True) for label in concept.labels],
        "modules": [to_module_out(module) for module in modules(concept.statements)],
        "questions_to_ask": [QuestionToAskOut(text=item.text, because=item.because) for item in concept.questions_to_ask],
        "gaps": [GapOut.model_validate(gap, from_attributes=True) for gap in concept.gaps],
        "related": [
            *links(concept, RelationKind.RELATED_TO),
            *links(concept, RelationKind.ABOUT, outgoing=True),
        ],
        "codes": [_code(code, equivalence) for code, equivalence in concept.codes],
        "topics": links(concept, RelationKind.ABOUT, outgoing=False),
        "statements": [to_statement_out(s) for s in everything] if "statements" in include else [],
        "questions": [QuestionLinkOut(slug=slug, text=text, url=f"/v1/questions/{slug}") for slug, text in asked],
    }
