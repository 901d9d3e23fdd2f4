"""What the release tells about annotated concepts: short accounts and questions to ask.

Every sentence is a statement whose id travels with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from api.annotation.read import Annotation
from api.knowledge.lens import Lens, passages
from api.knowledge.prepared import columns, fetch_many, many
from api.knowledge.statements import load_statements
from api.knowledge.views import Passage, QuestionToAsk, Statement
from api.store.tables import QuestionToAskRow, SummaryLineRow
from api.vocabulary import Audience, Region

_TOLD = ("affirmed", "uncertain")
_MOST_QUESTIONS = 8


@dataclass(frozen=True)
class Explanation:
    """A short account of one concept the report says is, or may be, there."""

    concept: str
    status: str
    passage: Passage


@dataclass(frozen=True)
class Story:
    """The accounts of some concepts."""

    summaries: dict[str, dict[Audience, list[Statement]]]
    questions: dict[str, tuple[QuestionToAsk, ...]]
    asked_about: Mapping[str, Statement]

    def explain(self, annotations: Sequence[Annotation], audience: Audience, region: Region | None) -> list[Explanation]:
        """An account of each concept that is affirmed or uncertain; never of one that is only denied or past."""
        lens = Lens(audience, region)
        found = []
        for concept, status in _told(annotations).items():
            for passage in passages(lens, self.summaries.get(concept, {})):
                found.append(Explanation(concept, status, passage))
        return found

    def questions_to_ask(self, annotations: Sequence[Annotation], region: Region | None) -> list[QuestionToAsk]:
        """Questions for the appointment about the same concepts, the first of each before the second of any."""
        lists = [self._fitting(concept, region) for concept in _told(annotations)]
        longest = max((len(questions) for questions in lists), default=0)
        turns = (questions[turn] for turn in range(longest) for questions in lists if turn < len(questions))
        return list({question.text: question for question in turns}.values())[:_MOST_QUESTIONS]

    def _fitting(self, concept: str, region: Region | None) -> list[QuestionToAsk]:
        lens = Lens(None, region)
        return [question for question in self.questions.get(concept, ()) if lens.fits(self.asked_about[question.because])]


def _told(annotations: Iterable[Annotation]) -> dict[str, str]:
    """The concepts to speak of, in order, each with its firmest status."""
    told: dict[str, str] = {}
    for item in annotations:
        concept = item.closer or item.concept
        if item.status in _TOLD and told.get(concept) != "affirmed":
            told[concept] = item.status
    return told


def load_story(session: Session, annotations: Sequence[Annotation]) -> Story:
    """Read the accounts of the concepts to speak of."""
    slugs = list(_told(annotations))
    lines, asked = fetch_many(session, _LINES, slugs), fetch_many(session, _TO_ASK, slugs)
    wanted = dict.fromkeys([*(line.statement_id for line in lines), *(row.because_id for row in asked)])
    statements = {statement.id: statement for statement in load_statements(session, list(wanted))}
    summaries: dict[str, dict[Audience, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        summaries[line.concept_slug][Audience(line.audience)].append(statements[line.statement_id])
    questions: dict[str, list[QuestionToAsk]] = defaultdict(list)
    for row in asked:
        questions[row.concept_slug].append(QuestionToAsk(row.text, row.because_id))
    return Story(
        summaries={slug: dict(by_audience) for slug, by_audience in summaries.items()},
        questions={slug: tuple(listed) for slug, listed in questions.items()},
        asked_about=statements,
    )


_LINES = (
    select(*columns(SummaryLineRow, ("concept_slug", "audience", "statement_id")))
    .where(col(SummaryLineRow.concept_slug).in_(many()))
    .order_by(col(SummaryLineRow.concept_slug), col(SummaryLineRow.audience), col(SummaryLineRow.position))
)
_TO_ASK = (
    select(*columns(QuestionToAskRow, ("concept_slug", "text", "because_id")))
    .where(col(QuestionToAskRow.concept_slug).in_(many()))
    .order_by(col(QuestionToAskRow.concept_slug), col(QuestionToAskRow.position))
)
