"""The tool `get_concept`, and a concept as plain text for `fetch` and the resources."""

from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import Field, WithJsonSchema

from api.errors import Renamed
from api.knowledge.concepts import get_concept
from api.knowledge.lens import Lens, modules
from api.knowledge.views import Concept, Statement
from api.mcp.kit import Arguments, Detail, Reach, Result, Tool
from api.mcp.shared import (
    ConflictResult,
    WorkResult,
    conflicts_of,
    works_of,
)
from api.vocabulary import Aspect, Audience, Region

AspectArgument = Annotated[Aspect, WithJsonSchema({"type": "string"})]


class ConceptArguments(Arguments):
    """Which concept and for whom."""

    slug: Annotated[str, Field(min_length=1, max_length=80, description="From search, e.g. amorphous.")]
    audience: Audience = Audience.PATIENT
    region: Region | None = None
    aspects: Annotated[list[AspectArgument] | None, Field(max_length=15, description="Only these, e.g. risk, management.")] = None


class StatementResult(Detail):
    """One claim."""

    id: str
    aspect: str
    text: str
    region: str | None = None
    sources: list[str]


class LinkResult(Detail):
    """A linked concept."""

    slug: str
    name: str
    relation: str


class ConceptResult(Result):
    """A concept's card for one audience."""

    slug: str
    kind: str
    name: str
    plain_name: str
    summary: str
    statements: list[StatementResult]
    conflict: list[ConflictResult]
    gaps: Annotated[list[str], Field(description="What is not known.")]
    questions_to_ask: list[str]
    links: list[LinkResult]
    sources: list[WorkResult]
    review: str
    url: str
    notice: str


def concept_path(slug: str) -> str:
    """The address of a concept of any kind."""
    return f"/v1/concepts/{slug}"


def read_concept(reach: Reach, slug: str, lens: Lens) -> Concept:
    """The card of a concept, also under a slug it had before. Raises NotFound and Retired."""
    with reach.session() as session:
        try:
            return get_concept(session, reach.store.catalogue, slug, None, lens)
        except Renamed as moved:
            return get_concept(session, reach.store.catalogue, moved.now, None, lens)


def answer(reach: Reach, asked: ConceptArguments) -> ConceptResult:
    """One concept for one audience."""
    concept = read_concept(reach, asked.slug, Lens(asked.audience, asked.region))
    reference = concept.reference
    told = _told(concept, asked.aspects)
    links = {(link.concept.slug, link.kind): link for link in concept.links}
    return ConceptResult(
        slug=reference.slug,
        kind=reference.kind,
        name=reference.name,
        plain_name=reference.plain_name,
        summary=" ".join(passage.text for passage in concept.summary),
        statements=[_statement(statement) for statement in told],
        conflict=conflicts_of(told),
        gaps=[gap.reason for gap in concept.gaps],
        questions_to_ask=[item.text for item in concept.questions_to_ask],
        links=[LinkResult(slug=link.concept.slug, name=link.concept.name, relation=link.kind) for link in links.values()],
        sources=works_of(citation for statement in told for citation in statement.citations),
        review=review_line(concept),
        url=reach.url(concept_path(reference.slug)),
        notice=reach.store.catalogue.release.notice,
    )


def _told(concept: Concept, aspects: Sequence[Aspect] | None) -> list[Statement]:
    """The statements of these sides, in reading order, each with its companions and rival readings."""
    everything = {statement.id: statement for statement in (*concept.statements, *concept.beside)}
    chosen = [statement for statement in concept.statements if aspects is None or statement.aspect in aspects]
    kept = {statement.id for statement in chosen}
    while beside := _beside([everything[name] for name in kept]) & everything.keys() - kept:
        kept |= beside
    return [statement for name, statement in everything.items() if name in kept]


def _beside(statements: Iterable[Statement]) -> set[str]:
    companions = {name for statement in statements for name in statement.show_with}
    rivals = {name for statement in statements for conflict in statement.conflicts for name in conflict.statement_ids}
    return companions | rivals


def _statement(statement: Statement) -> StatementResult:
    return StatementResult(
        id=statement.id,
        aspect=statement.aspect,
        text=statement.text,
        region=statement.region,
        sources=list(dict.fromkeys(citation.source.id for citation in statement.citations)),
    )


def review_line(concept: Concept) -> str:
    """Whether a clinician reviewed the content, and when it was checked."""
    review = concept.review
    return f"{review.status}, checked on {review.checked_on}, next due {review.next_due}"


def concept_text(concept: Concept) -> str:
    """A concept as plain text: summaries, every statement by audience and side with its id and source ids, then the sources."""
    reference = concept.reference
    lines = [f"# {reference.name}", f"({reference.plain_name}; {reference.kind}; {review_line(concept)})"]
    for passage in concept.summary:
        ids = ", ".join(statement.id for statement in passage.statements)
        lines += ["", f"## Summary for a {passage.audience}", f"{passage.text} ({ids})"]
    for module in modules((*concept.statements, *concept.beside)):
        lines += ["", f"## {module.aspect.capitalize()} (for a {module.audience})"]
        lines += [statement_line(statement) for statement in module.statements]
    lines += source_lines((*concept.statements, *concept.beside))
    if concept.gaps:
        lines += ["", "## Not known", *(f"- {gap.reason}" for gap in concept.gaps)]
    return "\n".join(lines)


def statement_line(statement: Statement) -> str:
    """A statement in one line with its id, region, ids of sources, and disagreements."""
    region = f" [{statement.region}]" if statement.region else ""
    sources = ", ".join(dict.fromkeys(citation.source.id for citation in statement.citations))
    conflicts = "".join(f" Sources disagree: {conflict.why}" for conflict in statement.conflicts)
    return f"- {statement.text}{region} ({statement.id}; {sources}){conflicts}"


def source_lines(statements: Iterable[Statement]) -> list[str]:
    """The works these statements cite, each once, under a heading."""
    works = works_of(citation for statement in statements for citation in statement.citations)
    return ["", "## Sources", *(_work_line(work) for work in works)]


def _work_line(work: WorkResult) -> str:
    told = [work.title, str(work.year) if work.year else "", work.url or ""]
    return f"- {work.id}: {', '.join(part for part in told if part)}"


GET_CONCEPT = Tool(
    name="get_concept",
    description="Everything told about one concept: statements with sources, conflicts, gaps, questions to ask, links.",
    arguments=ConceptArguments,
    result=ConceptResult,
    answer=answer,
)
