"""Ground: a person's question in, few citable passages out, or a clear refusal with what to do instead."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.grounding.context import Format, blocks_of, context_of, passage_url
from api.grounding.ground import Grounded, ground, load_grounding
from api.grounding.passages import Passage
from api.grounding.safety import SafetyNote
from api.grounding.select import Wish
from api.knowledge.views import Statement
from api.rest.v1.corrections import CorrectionOut, corrections_out
from api.rest.v1.statements import ConflictOut, to_conflict_out
from api.vocabulary import Aspect, Audience, RefusalReason, Region
from api.web.deps import StoreDep
from api.web.envelope import Envelope, answer
from api.web.problems import documented

router = APIRouter(tags=["chatbots"])

_WHY = 3


class GroundIn(BaseModel):
    """A question and for whom the answer is."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[
        str,
        Field(min_length=1, max_length=2000, description="The question as the person wrote it.", examples=["What is BI-RADS 3?"]),
    ]
    audience: Annotated[Audience, Field(description="For whom the passages are to be worded; others fill gaps only.")] = (
        Audience.PATIENT
    )
    region: Annotated[Region | None, Field(description="Leave out what holds only elsewhere.", examples=["UK"])] = None
    max_passages: Annotated[int, Field(ge=1, le=20, description="Most passages to give.")] = 5
    max_tokens: Annotated[
        int | None, Field(ge=1, le=20_000, description="Most tokens `context` may take, by a careful estimate.", examples=[600])
    ] = None
    format: Annotated[Format, Field(description="A model maker's layout for `blocks`, beside the same passages.")] = Format.JSON


class GroundCitationOut(BaseModel):
    """Where a statement of the passage comes from."""

    source: Annotated[str, Field(description="Id of the source.", examples=["oligane-2018"])]
    title: Annotated[str, Field(description="Title of the work.")]
    year: Annotated[int | None, Field(description="Year of publication.")]
    url: Annotated[str | None, Field(description="Canonical address; null when none is confirmed.")]
    locator: Annotated[str, Field(description="The place inside the source.", examples=["abstract"])]
    statement_id: Annotated[str, Field(description="The statement it backs.", examples=["amorphous-01"])]


class SignOut(BaseModel):
    """Why a passage was chosen."""

    kind: Annotated[
        str,
        Field(
            description="`name` of a concept in the question, `cue` words, a `question` like it, `words` of a statement, or "
            "a `relation` to another concept.",
            examples=["name"],
        ),
    ]
    matched: Annotated[str, Field(description="The words, the wording, the statement or the concept that matched.")]


class PassageOut(BaseModel):
    """One citable passage: a statement with its companions, or the answer to one question."""

    id: Annotated[str, Field(description="Stable id.", examples=["amorphous-01"])]
    text: Annotated[str, Field(description="The statements as one paragraph.")]
    concepts: Annotated[
        list[str], Field(description="Slugs of what it is about: its own first, then by bearing on the question.")
    ]
    statement_ids: Annotated[list[str], Field(description="The statements it is made of, in reading order.")]
    aspect: Annotated[Aspect, Field(description="Which side of its concept it tells.")]
    audience: Annotated[Audience, Field(description="For whom it is worded.")]
    region: Annotated[Region | None, Field(description="Where it holds; null: not bound to one country.")]
    score: Annotated[float, Field(description="How much it added when it was chosen; only for comparing within one answer.")]
    why: Annotated[list[SignOut], Field(description="What in the question led to it.")]
    citations: Annotated[list[GroundCitationOut], Field(min_length=1, description="Never empty.")]
    conflict: Annotated[list[ConflictOut], Field(description="Disagreements its statements take part in.")]
    url: Annotated[str, Field(description="Its own address.", examples=["/v1/statements/amorphous-01"])]


class SafetyOut(BaseModel):
    """Something that must be said whatever else is answered."""

    code: Annotated[str, Field(description="Stable code.", examples=["prompt-care"])]
    concept: Annotated[str | None, Field(description="Slug of the concept to read more in.")]
    text: Annotated[str, Field(description="Show this to the person.")]
    statement_ids: Annotated[list[str], Field(description="The statements it is made of; empty for the service's own limits.")]
    citations: Annotated[list[GroundCitationOut], Field(description="Where its statements come from.")]


class GroundOut(BaseModel):
    """The answer to one question."""

    answerable: Annotated[bool, Field(description="False: refused; then there are no passages.")]
    confidence: Annotated[float, Field(ge=0, le=1, description="How sure the service is of its answer or of its refusal.")]
    reason: Annotated[RefusalReason | None, Field(description="Why it was refused; null when answered.")]
    next_step: Annotated[str | None, Field(description="What to do instead, in plain words; null when answered.")]
    passages: Annotated[list[PassageOut], Field(description="Best first.")]
    safety: Annotated[list[SafetyOut], Field(description="Always to be said, whatever else is answered.")]
    context: Annotated[str, Field(description="The passages as one prompt block with numbered citations.")]
    blocks: Annotated[
        list[dict[str, Any]] | str | None,
        Field(description="The same passages in the layout asked for with `format`; null for `json`."),
    ]
    corrections: Annotated[list[CorrectionOut], Field(description="Typing errors that were read past.")]


@router.post(
    "/ground",
    name="ground",
    summary="Ground an answer",
    response_model=Envelope[GroundOut],
    responses=documented(),
    openapi_extra={
        "x-example": {
            "url": "/v1/ground",
            "body": {"question": "They found a cluster of microcalcifications. Is it cancer?", "max_passages": 3},
        }
    },
)
def read_ground(store: StoreDep, asked: GroundIn) -> Response:
    """Few citable passages that answer a question, or a refusal with a reason and a safe next step.

    Questions about other organs and tests, one person's diagnosis, images, treatment choices, emergencies and instructions to
    the machine are refused: no passage, no citation. Always show what `safety` holds. The question is neither stored nor logged;
    the same question and release give the same answer, byte for byte.
    """
    wish = Wish(asked.audience, asked.region, asked.max_passages, asked.max_tokens)
    kept = store.part(load_grounding)
    with store.session() as session:
        outcome = ground(kept, session, asked.question, wish)
    return answer(to_out(outcome, asked.format, asked.max_tokens), store.catalogue.release, {"self": "/v1/ground"})


def to_out(outcome: Grounded, layout: Format, max_tokens: int | None) -> GroundOut:
    """An outcome as v1 shows it."""
    refusal = outcome.refusal
    return GroundOut(
        answerable=refusal is None,
        confidence=outcome.confidence,
        reason=refusal.reason if refusal else None,
        next_step=refusal.next_step if refusal else None,
        passages=[_passage_out(item, outcome) for item in outcome.passages],
        safety=[_safety_out(note) for note in outcome.safety],
        context=context_of(outcome.passages, outcome.safety, max_tokens) if refusal is None else "",
        blocks=blocks_of(outcome.passages, layout),
        corrections=corrections_out(outcome.reading.corrections),
    )


def _passage_out(item: Passage, outcome: Grounded) -> PassageOut:
    candidate = item.candidate
    signs = sorted(outcome.evidence.signs.get(item.concepts[0], ()), key=lambda sign: -sign.strength)
    conflicts = {conflict.statement_ids: conflict for statement in item.statements for conflict in statement.conflicts}
    return PassageOut(
        id=candidate.id,
        text=item.text,
        concepts=list(item.concepts),
        statement_ids=[statement.id for statement in item.statements],
        aspect=candidate.aspect,
        audience=candidate.audience,
        region=candidate.region,
        score=round(item.score, 4),
        why=[SignOut(kind=sign.channel, matched=sign.matched) for sign in dict.fromkeys(signs)][:_WHY],
        citations=_citations(item.statements),
        conflict=[to_conflict_out(conflict) for conflict in conflicts.values()],
        url=passage_url(candidate),
    )


def _safety_out(note: SafetyNote) -> SafetyOut:
    return SafetyOut(
        code=note.code,
        concept=note.concept,
        text=note.text,
        statement_ids=[statement.id for statement in note.statements],
        citations=_citations(note.statements),
    )


def _citations(statements: tuple[Statement, ...]) -> list[GroundCitationOut]:
    return [
        GroundCitationOut(
            source=citation.source.id,
            title=citation.source.title,
            year=citation.source.year,
            url=citation.source.url,
            locator=citation.locator,
            statement_id=statement.id,
        )
        for statement in statements
        for citation in statement.citations
    ]
