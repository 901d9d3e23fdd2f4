"""The tool `verify`: the verdicts of POST /v1/verify in few words."""

from typing import Annotated

from pydantic import Field, StringConstraints

from api.mcp.kit import Arguments, Detail, Reach, Result, Tool
from api.search.index import stored
from api.verification.checking import Checked
from api.verification.citations import CitationCheck, check_citations
from api.verification.figures import FigureView, figure_views
from api.verification.judge import Verdict
from api.verification.verify import load_verifier

CitedId = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class VerifyArguments(Arguments):
    """An answer to check."""

    answer: Annotated[str, Field(min_length=1, max_length=10_000)]
    citations: Annotated[tuple[CitedId, ...], Field(max_length=100, description="Statement or source ids it cites.")] = ()


class FigureResult(Detail):
    """A figure of the sentence beside the statement's."""

    said: str
    told_low: float | None = None
    told_high: float | None = None
    unit: str
    agree: bool | None = None


class SentenceResult(Result):
    """One sentence with its verdict."""

    text: str
    verdict: Verdict
    why: str
    statement_ids: list[str]
    figures: list[FigureResult] | None = None


class CitedResult(Detail):
    """One cited id."""

    id: str
    exists: bool
    current: bool
    supports: Annotated[list[int], Field(description="Sentence numbers from 0.")]


class VerifyResult(Result):
    """What came of the check."""

    grounded: Annotated[bool, Field(description="May be shown as grounded.")]
    sentences: list[SentenceResult]
    citations: list[CitedResult]


def answer(reach: Reach, asked: VerifyArguments) -> VerifyResult:
    """Each sentence held against the statements."""
    verifier = reach.store.part(load_verifier)
    with reach.session() as session:
        checked = verifier.check(asked.answer, stored(session))
        cited = check_citations(session, asked.citations, checked)
    return VerifyResult(
        grounded=_grounded(checked, cited),
        sentences=[_sentence(item) for item in checked],
        citations=[CitedResult(id=c.id, exists=c.exists, current=c.current, supports=list(c.supports)) for c in cited],
    )


def _grounded(checked: list[Checked], cited: list[CitationCheck]) -> bool:
    verdicts = {item.judgement.verdict for item in checked}
    clean = not verdicts & {Verdict.CONTRADICTED, Verdict.UNSUPPORTED}
    return clean and Verdict.SUPPORTED in verdicts and all(citation.current for citation in cited)


def _sentence(item: Checked) -> SentenceResult:
    return SentenceResult(
        text=item.sentence.text,
        verdict=item.judgement.verdict,
        why=item.judgement.reason,
        statement_ids=[candidate.claim.statement_id for candidate in item.judgement.candidates],
        figures=[_figure(view) for view in figure_views(item)] or None,
    )


def _figure(view: FigureView) -> FigureResult:
    return FigureResult(said=view.said, told_low=view.told_low, told_high=view.told_high, unit=view.unit, agree=view.agree)


VERIFY = Tool(
    name="verify",
    description="Check a drafted answer sentence by sentence against the statements. Mend what is contradicted first.",
    arguments=VerifyArguments,
    result=VerifyResult,
    answer=answer,
)
