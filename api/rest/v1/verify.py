"""Verify: an answer held against the statements, sentence by sentence."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.responses import Response

from api.rest.v1.corrections import CorrectionOut, corrections_out
from api.search.index import stored
from api.verification.checking import Checked
from api.verification.citations import CitationCheck, check_citations
from api.verification.figures import FigureView, figure_views
from api.verification.judge import Verdict
from api.verification.verify import load_verifier
from api.web.deps import StoreDep
from api.web.envelope import Envelope, answer
from api.web.parameters import NoParameters
from api.web.problems import documented

router = APIRouter(tags=["verify"])

AnswerText = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
CitedId = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class VerifyIn(BaseModel):
    """An answer to check."""

    model_config = ConfigDict(extra="forbid")

    answer: Annotated[AnswerText, Field(description="The chatbot's text. It is neither stored nor logged.")]
    citations: Annotated[list[CitedId], Field(max_length=100, description="Ids of statements or sources the answer cites.")] = []


class FigureOut(BaseModel):
    """A figure of the sentence beside the statement's."""

    said: Annotated[str, Field(description="The figure as the sentence has it.", examples=["about 29%"])]
    measure: Annotated[str, Field(description="What sort of figure it is.", examples=["share"])]
    said_low: Annotated[float, Field(description="Its value, or lower end, in the unit of `unit`.", examples=[0.29])]
    said_high: Annotated[float, Field(description="Its value, or upper end.", examples=[0.29])]
    told_low: Annotated[float | None, Field(description="The statement's value or lower end; null when it tells none.")]
    told_high: Annotated[float | None, Field(description="The statement's value or upper end.")]
    unit: Annotated[str, Field(description="The unit both are given in.", examples=["proportion"])]
    agree: Annotated[bool | None, Field(description="Whether both agree within honest rounding; null when that cannot be told.")]


class SentenceOut(BaseModel):
    """One sentence with its verdict."""

    text: Annotated[str, Field(description="The sentence.")]
    start: Annotated[int, Field(description="Where it starts in `answer`, in characters.", examples=[0])]
    end: Annotated[int, Field(description="Where it ends; `answer[start:end]` is the sentence.", examples=[57])]
    verdict: Annotated[
        Verdict,
        Field(
            description="`supported`: a statement says so; `contradicted`: a figure, category, interval or direction clashes "
            "with a statement on the same subject; `unsupported`: no statement says so; `not_checkable`: it claims nothing."
        ),
    ]
    statement_ids: Annotated[list[str], Field(description="The statements the verdict rests on, the closest first.")]
    figures: Annotated[list[FigureOut], Field(description="Each figure of the sentence, held against the statement's.")]
    why: Annotated[str, Field(description="The reason as a stable code.", examples=["figures-agree"])]
    corrections: Annotated[list[CorrectionOut], Field(description="Typing errors of the sentence that were read past.")]


class CitedOut(BaseModel):
    """One cited id."""

    id: Annotated[str, Field(description="The id as given.")]
    exists: Annotated[bool, Field(description="Whether it names a statement or source of any release known here.")]
    current: Annotated[bool, Field(description="Whether this release serves it under that id.")]
    supports: Annotated[list[int], Field(description="Numbers of the sentences it supports, from 0.")]


class SummaryOut(BaseModel):
    """The answer as a whole."""

    supported: Annotated[int, Field(description="Sentences a statement supports.")]
    contradicted: Annotated[int, Field(description="Sentences a statement contradicts.")]
    unsupported: Annotated[int, Field(description="Sentences no statement supports.")]
    not_checkable: Annotated[int, Field(description="Sentences that claim nothing.")]
    grounded: Annotated[
        bool,
        Field(
            description="Whether the answer may be shown as grounded: something is supported, nothing contradicted or "
            "unsupported, and every cited id is current."
        ),
    ]


class VerifyOut(BaseModel):
    """What came of the check."""

    sentences: Annotated[list[SentenceOut], Field(description="Every sentence in order.")]
    citations: Annotated[list[CitedOut], Field(description="Every cited id once.")]
    summary: Annotated[SummaryOut, Field(description="Counts, and whether the answer may be shown as grounded.")]


def _figure(view: FigureView) -> FigureOut:
    return FigureOut(
        said=view.said,
        measure=view.measure,
        said_low=view.said_low,
        said_high=view.said_high,
        told_low=view.told_low,
        told_high=view.told_high,
        unit=view.unit,
        agree=view.agree,
    )


def _sentence(item: Checked) -> SentenceOut:
    return SentenceOut(
        text=item.sentence.text,
        start=item.sentence.start,
        end=item.sentence.end,
        verdict=item.judgement.verdict,
        statement_ids=[candidate.claim.statement_id for candidate in item.judgement.candidates],
        figures=[_figure(view) for view in figure_views(item)],
        why=item.judgement.reason,
        corrections=corrections_out(item.meant.corrections),
    )


def _summary(checked: list[Checked], cited: list[CitationCheck]) -> SummaryOut:
    counts = {verdict: sum(item.judgement.verdict is verdict for item in checked) for verdict in Verdict}
    grounded = (
        counts[Verdict.SUPPORTED] > 0
        and counts[Verdict.CONTRADICTED] == counts[Verdict.UNSUPPORTED] == 0
        and all(citation.current for citation in cited)
    )
    return SummaryOut(**{verdict.value: count for verdict, count in counts.items()}, grounded=grounded)


@router.post(
    "/verify",
    name="verify_answer",
    summary="Hold an answer against the statements",
    response_model=Envelope[VerifyOut],
    responses=documented(),
    openapi_extra={
        "x-example": {
            "url": "/v1/verify",
            "body": {
                "answer": "Amorphous calcifications were called indistinct before. BI-RADS 3 is first checked after 6 months.",
                "citations": ["amorphous-03"],
            },
        }
    },
)
def verify(store: StoreDep, asked: VerifyIn, nothing: Annotated[NoParameters, Query()]) -> Response:
    """Check each sentence of a chatbot's answer before it is shown. A sentence is called contradicted only where a figure,
    a category, an interval or the direction clashes with a statement on the same subject; honest rounding and other words
    are supported. No language model is used, the same answer gives the same verdicts, and the text is not kept.
    """
    verifier = store.part(load_verifier)
    with store.session() as session:
        checked = verifier.check(asked.answer, stored(session))
        cited = check_citations(session, asked.citations, checked)
    data = VerifyOut(
        sentences=[_sentence(item) for item in checked],
        citations=[CitedOut(id=c.id, exists=c.exists, current=c.current, supports=list(c.supports)) for c in cited],
        summary=_summary(checked, cited),
    )
    return answer(data, store.catalogue.release, {"self": "/v1/verify"})
