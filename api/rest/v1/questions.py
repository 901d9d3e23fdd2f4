"""Questions: what people really ask, each with an answer made of statements."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.knowledge.questions import get_question, list_questions
from api.knowledge.references import filter_concept
from api.knowledge.views import Question
from api.rest.v1.cards import ConceptReferenceOut, PassageOut, to_passage_out, to_reference_out
from api.rest.v1.listing import list_answer, list_key
from api.rest.v1.nouns import CardParameters
from api.rest.v1.statements import StatementOut, to_statement_out
from api.vocabulary import ConceptKind
from api.web.deps import CatalogueDep, SessionDep
from api.web.envelope import Envelope, address, answer, members
from api.web.paging import window
from api.web.parameters import LensParameters, PageParameters, SlugText, chosen, query_items
from api.web.problems import documented

router = APIRouter(tags=["questions"])


class QuestionOut(BaseModel):
    """A question and its answer for each audience."""

    slug: Annotated[str, Field(description="Stable slug.")]
    text: Annotated[str, Field(description="The question as people ask it.")]
    variants: Annotated[list[str], Field(description="Other wordings of it.")]
    topic: Annotated[ConceptReferenceOut, Field(description="The topic it belongs to.")]
    concepts: Annotated[list[ConceptReferenceOut], Field(description="Concepts it is about.")]
    answers: Annotated[list[PassageOut], Field(description="The answer by audience, made only of statements.")]
    statements: Annotated[
        list[StatementOut], Field(description="Only with `include=statements`: the statements in full, with sources.")
    ]
    url: Annotated[str, Field(description="Its own address.")]


class QuestionListParameters(PageParameters, LensParameters):
    """What a list of questions may be narrowed to."""

    topic: Annotated[SlugText | None, Field(description="Of this question topic.", examples=["calcium-supplements"])] = None
    concept: Annotated[SlugText | None, Field(description="About this concept.", examples=["breast-biopsy"])] = None
    condition: Annotated[SlugText | None, Field(description="About this condition.", examples=["dcis"])] = None


def to_out(question: Question) -> QuestionOut:
    """A question as v1 shows it."""
    statements = {statement.id: statement for passage in question.answers for statement in passage.statements}
    return QuestionOut(
        slug=question.slug,
        text=question.text,
        variants=list(question.variants),
        topic=to_reference_out(question.topic),
        concepts=[to_reference_out(concept) for concept in question.concepts],
        answers=[to_passage_out(passage) for passage in question.answers],
        statements=[to_statement_out(statement) for statement in statements.values()],
        url=f"/v1/questions/{question.slug}",
    )


@router.get(
    "/questions",
    name="list_questions",
    summary="List questions people ask",
    response_model=Envelope[list[QuestionOut]],
    responses=documented(),
    openapi_extra={"x-example": "/v1/questions?topic=calcium-supplements&audience=patient"},
)
def list_all(session: SessionDep, catalogue: CatalogueDep, asked: Annotated[QuestionListParameters, Query()]) -> Response:
    """What people really ask, with answers made of statements. Narrow by topic, by any concept, or by condition."""
    if asked.topic:
        filter_concept(session, "topic", asked.topic, ConceptKind.QUESTION_TOPIC)
    if asked.concept:
        filter_concept(session, "concept", asked.concept)
    if asked.condition:
        filter_concept(session, "condition", asked.condition, ConceptKind.CONDITION)
    about = tuple(slug for slug in (asked.concept, asked.condition) if slug)
    key = list_key(catalogue.release, "/v1/questions", asked)
    page = list_questions(session, asked.topic, about, window(asked.limit, asked.cursor, key), asked.lens())
    fields = asked.fields or ",".join(name for name in QuestionOut.model_fields if name != "statements")
    items = [to_out(item) for item in page.items]
    return list_answer(items, QuestionOut, page, catalogue.release, "/v1/questions", key, asked, fields)


@router.get(
    "/questions/{slug}",
    name="get_question",
    summary="Read one question",
    response_model=Envelope[QuestionOut],
    responses=documented(404, 410),
    openapi_extra={"x-example": "/v1/questions/should-i-stop-calcium-or-vitamin-d?audience=patient&include=statements"},
)
def read_one(slug: str, session: SessionDep, catalogue: CatalogueDep, asked: Annotated[CardParameters, Query()]) -> Response:
    """One question with its answer. With `include=statements` every statement comes in full with its sources."""
    only = members(QuestionOut, asked.fields)
    include = chosen(asked.include, ["statements"], "include") or []
    question = get_question(session, slug, asked.lens())
    links = {
        "self": address(f"/v1/questions/{slug}", query_items(asked)),
        "topic": f"/v1/concepts/{question.topic.slug}",
    }
    left_out = set() if "statements" in (*include, *(only or [])) else {"statements"}
    return answer(to_out(question), catalogue.release, links, only=only and [*only, *include], without=left_out)
