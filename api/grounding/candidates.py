"""Works out every passage of a release when it is built: what it takes to choose among them, without their statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlmodel import Session, select

from api.grounding.context import cost
from api.grounding.passages import PASSAGES
from api.knowledge.catalogue import Catalogue
from api.knowledge.questions import all_questions
from api.knowledge.shared import all_statements
from api.knowledge.views import Question, Statement
from api.search.index import Entry, keyed
from api.store.tables import SummaryLineRow
from api.vocabulary import Basis, Standing

_MOST_HEADED = 1_000
_HEADS, _STANDING, _FOUNDING, _IN_SUMMARY = 3, 6, 7, 8
_STANDINGS = {
    Standing.GUIDELINE: 1.0,
    Standing.PRIMARY: 1.0,
    Standing.SOCIETY_OR_HOSPITAL: 0.8,
    Standing.TEXTBOOK_OR_TEACHING: 0.6,
    Standing.SECONDARY: 0.5,
    Standing.WEAK: 0.0,
    Standing.FOUNDING: 0.0,
}


def passage_entries(session: Session, catalogue: Catalogue) -> Iterator[Entry]:
    """The passages that each concept heads; of a concept that very many are about, those of the best standing."""
    summary_ids = frozenset(session.exec(select(SummaryLineRow.statement_id)).all())
    statements = all_statements(session, catalogue)
    told = [_of_statement(statements, rank, statement, summary_ids) for rank, statement in enumerate(statements.values())]
    told += _of_questions(statements, all_questions(session, statements))
    headed: dict[str, list[list[Any]]] = defaultdict(list)
    for number, item in enumerate(told):
        for slug in item[_HEADS]:
            headed[slug].append([number, *item])
    return keyed(PASSAGES, {slug: _best(held) for slug, held in headed.items()})


def _best(held: list[list[Any]]) -> list[list[Any]]:
    if len(held) <= _MOST_HEADED:
        return held
    return sorted(held, key=lambda told: (told[1 + _FOUNDING], -told[1 + _STANDING], not told[1 + _IN_SUMMARY]))[:_MOST_HEADED]


def _of_statement(statements: Mapping[str, Statement], rank: int, statement: Statement, summary_ids: frozenset[str]) -> list[Any]:
    together = _with_companions(statements, (statement,))
    founding = statement.basis is Basis.FOUNDING_DOCUMENT
    rated = (_standing(statement), founding, statement.id in summary_ids)
    return [
        statement.id, _ids(together), statement.concepts, statement.concepts[:1],
        statement.aspect, statement.audience, *rated, _regions(together), cost(together), rank, None,
    ]  # fmt: skip


def _of_questions(statements: Mapping[str, Statement], questions: Iterable[Question]) -> Iterator[list[Any]]:
    for rank, question in enumerate(questions):
        heads = tuple(dict.fromkeys((question.topic.slug, *(concept.slug for concept in question.concepts))))
        for answer in question.answers:
            together = _with_companions(statements, answer.statements)
            about = [slug for statement in together for slug in statement.concepts]
            rated = (min(map(_standing, together)), False, False)
            yield [
                f"{question.slug}~{answer.audience}", _ids(together), tuple(dict.fromkeys((*heads, *about))), heads,
                together[0].aspect, answer.audience, *rated, _regions(together), cost(together), None, rank,
            ]  # fmt: skip


def _ids(statements: Iterable[Statement]) -> list[str]:
    return [statement.id for statement in statements]


def _regions(statements: Iterable[Statement]) -> list[str]:
    return sorted({statement.region for statement in statements if statement.region})


def _with_companions(held: Mapping[str, Statement], statements: Sequence[Statement]) -> tuple[Statement, ...]:
    together = {statement.id: statement for statement in statements}
    waiting = list(statements)
    while waiting:
        for companion in waiting.pop(0).show_with:
            if companion not in together:
                together[companion] = held[companion]
                waiting.append(held[companion])
    return tuple(together.values())


def _standing(statement: Statement) -> float:
    return max((_STANDINGS[Standing(citation.source.standing)] for citation in statement.citations), default=0.0)
