"""The small shapes several tools give, and the steps from the inside shape to them."""

from collections.abc import Iterable, Sequence

from api.knowledge.views import Citation, Conflict, Statement
from api.mcp.kit import Detail


class CitationResult(Detail):
    """Where a statement comes from; `source` is the id of a work told once beside."""

    source: str
    locator: str
    statement_id: str


class ConflictResult(Detail):
    """A disagreement between sources."""

    statement_ids: list[str]
    preferred: str | None = None
    why: str


class WorkResult(Detail):
    """A cited work."""

    id: str
    title: str
    year: int | None = None
    url: str | None = None


def citations_of(statements: Iterable[Statement]) -> list[CitationResult]:
    """Every citation of these statements, in reading order."""
    return [
        CitationResult(source=citation.source.id, locator=citation.locator, statement_id=statement.id)
        for statement in statements
        for citation in statement.citations
    ]


def works_of(citations: Iterable[Citation]) -> list[WorkResult]:
    """Each cited work once."""
    works = {citation.source.id: citation.source for citation in citations}
    return [WorkResult(id=work.id, title=work.title, year=work.year, url=work.url) for work in works.values()]


def conflicts_of(statements: Iterable[Statement]) -> list[ConflictResult]:
    """Each disagreement these statements take part in once."""
    found = {conflict.statement_ids: conflict for statement in statements for conflict in statement.conflicts}
    return conflict_results(list(found.values()))


def conflict_results(conflicts: Sequence[Conflict]) -> list[ConflictResult]:
    """Disagreements as tools tell them."""
    return [ConflictResult(statement_ids=list(item.statement_ids), preferred=item.preferred, why=item.why) for item in conflicts]
