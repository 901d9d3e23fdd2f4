"""Works out every passage of a release when it is built: what it takes to choose among them, without their statements."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from heapq import nsmallest
from itertools import chain, islice
from struct import Struct
from typing import Any

from sqlmodel import Session, select

from api.grounding.context import cost
from api.grounding.passages import PASSAGES
from api.knowledge.catalogue import Catalogue
from api.knowledge.questions import each_question
from api.knowledge.shared import each_statement
from api.knowledge.statements import load_statements
from api.knowledge.views import Question, Statement
from api.search.index import Entry, as_json
from api.search.spool import Held, Spool
from api.store.tables import SummaryLineRow
from api.vocabulary import Basis, Standing

_MOST_HEADED = 1_000
_HEADS, _STANDING, _FOUNDING, _IN_SUMMARY = 3, 6, 7, 8
_AT_ONCE = 250
_RATED = Struct("<?d?")
_STANDINGS = {
    Standing.GUIDELINE: 1.0,
    Standing.PRIMARY: 1.0,
    Standing.SOCIETY_OR_HOSPITAL: 0.8,
    Standing.TEXTBOOK_OR_TEACHING: 0.6,
    Standing.SECONDARY: 0.5,
    Standing.WEAK: 0.0,
    Standing.FOUNDING: 0.0,
}


def passage_entries(session: Session, _catalogue: Catalogue) -> Iterator[Entry]:
    """The passages that each concept heads; of a concept that very many are about, those of the best standing."""
    with closing(Spool()) as spool:
        for number, item in enumerate(chain(_of_statements(session), _of_questions(session))):
            rated = _RATED.pack(item[_FOUNDING], -item[_STANDING], not item[_IN_SUMMARY])
            told = rated + as_json([number, *item])
            for slug in item[_HEADS]:
                spool.add(f"{PASSAGES}/{slug}", number, told)
        yield from ((key, _best(held)) for key, held in spool.grouped())


def _best(held: Iterator[Held]) -> bytes:
    kept = list(islice(held, _MOST_HEADED + 1))
    if len(kept) > _MOST_HEADED:
        kept = nsmallest(_MOST_HEADED, chain(kept, held), key=lambda row: (_RATED.unpack_from(row[1]), row[0]))
    return b"[" + b",".join(data[_RATED.size :] for _, data in kept) + b"]"


def _of_statements(session: Session) -> Iterator[list[Any]]:
    summary_ids = frozenset(session.exec(select(SummaryLineRow.statement_id)).all())
    statements = each_statement(session)
    rank = 0
    while several := tuple(islice(statements, _AT_ONCE)):
        held = _with_all_companions(session, several)
        for statement in several:
            yield _of_statement(held, rank, statement, summary_ids)
            rank += 1


def _of_statement(held: Mapping[str, Statement], rank: int, statement: Statement, summary_ids: frozenset[str]) -> list[Any]:
    together = _with_companions(held, (statement,))
    founding = statement.basis is Basis.FOUNDING_DOCUMENT
    rated = (_standing(statement), founding, statement.id in summary_ids)
    return [
        statement.id, _ids(together), statement.concepts, statement.concepts[:1],
        statement.aspect, statement.audience, *rated, _regions(together), cost(together), rank, None,
    ]  # fmt: skip


def _of_questions(session: Session) -> Iterator[list[Any]]:
    questions = enumerate(each_question(session))
    while several := tuple(islice(questions, _AT_ONCE)):
        answers = (answer for _, question in several for answer in question.answers)
        held = _with_all_companions(session, [statement for answer in answers for statement in answer.statements])
        for rank, question in several:
            yield from _of_question(held, rank, question)


def _of_question(held: Mapping[str, Statement], rank: int, question: Question) -> Iterator[list[Any]]:
    heads = tuple(dict.fromkeys((question.topic.slug, *(concept.slug for concept in question.concepts))))
    for answer in question.answers:
        together = _with_companions(held, answer.statements)
        about = [slug for statement in together for slug in statement.concepts]
        rated = (min(map(_standing, together)), False, False)
        yield [
            f"{question.slug}~{answer.audience}", _ids(together), tuple(dict.fromkeys((*heads, *about))), heads,
            together[0].aspect, answer.audience, *rated, _regions(together), cost(together), None, rank,
        ]  # fmt: skip


def _with_all_companions(session: Session, statements: Iterable[Statement]) -> dict[str, Statement]:
    """These statements and all that must be shown with them, however far they lead."""
    held = {statement.id: statement for statement in statements}
    while missing := {other for statement in held.values() for other in statement.show_with} - held.keys():
        held |= {statement.id: statement for statement in load_statements(session, sorted(missing))}
    return held


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
