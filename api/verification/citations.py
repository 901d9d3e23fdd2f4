"""Whether the ids an answer cites exist, are current, and bear what it says."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from api.knowledge.prepared import columns, fetch_many, many
from api.store.tables import CitationRow, MovedSlugRow, SourceRow, StatementRow
from api.verification.checking import Checked
from api.verification.judge import Verdict


@dataclass(frozen=True)
class CitationCheck:
    """One cited id: whether the release has it, whether it is served as such, and the sentences it supports, by number."""

    id: str
    exists: bool
    current: bool
    kind: str | None
    supports: tuple[int, ...]


def check_citations(session: Session, ids: Sequence[str], checked: Sequence[Checked]) -> list[CitationCheck]:
    """Each cited id once, in the order given."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    cited = [name.replace("\0", "") for name in wanted]
    statements = {row.id for row in fetch_many(session, _STATEMENTS, cited)}
    sources = {row.id for row in fetch_many(session, _SOURCES, cited)}
    moved = {row.slug for row in fetch_many(session, _MOVED, [*cited, *(name.rpartition("-")[0] for name in cited)])}
    sources_of: dict[str, set[str]] = defaultdict(set)
    supporting = {candidate.claim.statement_id for item in checked for candidate in item.judgement.candidates}
    for statement_id, source_id in fetch_many(session, _CITATIONS, sorted(supporting)) if sources else ():
        sources_of[source_id].add(statement_id)
    return [_check(name, statements, sources, sources_of, moved, checked) for name in wanted]


def _check(
    wanted: str,
    statements: Set[str],
    sources: Set[str],
    sources_of: Mapping[str, Set[str]],
    moved: Set[str],
    checked: Sequence[Checked],
) -> CitationCheck:
    if wanted in statements:
        return CitationCheck(wanted, True, True, "statement", _supported(checked, {wanted}))
    if wanted in sources:
        return CitationCheck(wanted, True, True, "source", _supported(checked, sources_of.get(wanted, set())))
    known = wanted in moved or wanted.rpartition("-")[0] in moved
    return CitationCheck(wanted, known, False, None, ())


def _supported(checked: Sequence[Checked], ids: Set[str]) -> tuple[int, ...]:
    return tuple(
        number
        for number, item in enumerate(checked)
        if item.judgement.verdict is Verdict.SUPPORTED
        and any(candidate.claim.statement_id in ids for candidate in item.judgement.candidates)
    )


_STATEMENTS = select(*columns(StatementRow, ("id",))).where(col(StatementRow.id).in_(many()))
_SOURCES = select(*columns(SourceRow, ("id",))).where(col(SourceRow.id).in_(many()))
_MOVED = select(*columns(MovedSlugRow, ("slug",))).where(col(MovedSlugRow.slug).in_(many()))
_CITATIONS = select(*columns(CitationRow, ("statement_id", "source_id"))).where(col(CitationRow.statement_id).in_(many()))
