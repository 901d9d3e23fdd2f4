"""The tools `search` and `fetch`, in the shape research clients expect: ids and titles first, then one whole text."""

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field

from api.errors import NotFound
from api.grounding.ground import load_grounding
from api.knowledge.lens import Lens
from api.knowledge.questions import get_question, has_question
from api.knowledge.references import find_reference, get_reference
from api.knowledge.statements import get_statement, load_statements
from api.knowledge.views import Statement
from api.mcp.cards import concept_path, concept_text, read_concept, review_line, source_lines, statement_line
from api.mcp.kit import Arguments, Reach, Result, Tool
from api.mcp.shared import works_of
from api.search.find import Hit, HitKind, find, shown
from api.search.index import stored
from api.vocabulary import STATEMENT_ID_PATTERN

_MOST_HITS = 10
_LONGEST_ID = 200


class SearchArguments(Arguments):
    """What to look for."""

    query: Annotated[str, Field(min_length=1, max_length=300)]


class FoundResult(Result):
    """One find."""

    id: str
    title: str
    url: str


class SearchResult(Result):
    """What was found, best first."""

    results: list[FoundResult]


class FetchArguments(Arguments):
    """Which document."""

    id: Annotated[str, Field(min_length=1, max_length=_LONGEST_ID, description="From search, or a statement id.")]


class FetchResult(Result):
    """One whole text."""

    id: str
    title: str
    text: str
    url: str
    metadata: dict[str, Any]


def search(reach: Reach, asked: SearchArguments) -> SearchResult:
    """The first hits of GET /v1/search."""
    everything = reach.store.part(load_grounding).search
    with reach.session() as session:
        finds = find(everything, stored(session), asked.query)
        hits = shown(session, finds, finds.hits[:_MOST_HITS])
    return SearchResult(results=[_found(reach, hit) for hit in hits])


def _found(reach: Reach, hit: Hit) -> FoundResult:
    title = f"{hit.title}: {hit.snippet.text}" if hit.kind is HitKind.STATEMENT else hit.title
    return FoundResult(id=f"{hit.kind}/{hit.key}", title=title, url=reach.url(_path(hit.kind, hit.key)))


def _path(kind: HitKind, key: str) -> str:
    return concept_path(key) if kind is HitKind.CONCEPT else f"/v1/{kind}s/{key}"


def fetch(reach: Reach, asked: FetchArguments) -> FetchResult:
    """A concept, question or statement as one text. Raises NotFound and Retired."""
    kind, key = _read_id(reach, asked.id)
    return _FETCHED[kind](reach, key)


def _read_id(reach: Reach, wanted: str) -> tuple[HitKind, str]:
    """The kind and key of an id; an address of ours, or a bare slug or statement id, is understood as well."""
    rest, _, key = wanted.strip().rstrip("/").rpartition("/")
    named = rest.rpartition("/")[2].removesuffix("s")
    if named in set(HitKind):
        return HitKind(named), key
    with reach.session() as session:
        if has_question(session, key):
            return HitKind.QUESTION, key
        known = find_reference(session, key) is not None
    return (HitKind.STATEMENT if not known and re.fullmatch(STATEMENT_ID_PATTERN, key) else HitKind.CONCEPT), key


def _fetch_concept(reach: Reach, key: str) -> FetchResult:
    concept = read_concept(reach, key, Lens())
    slug = concept.reference.slug
    told = [*concept.statements, *concept.beside]
    about = {"concept": slug, "kind": concept.reference.kind, "review": review_line(concept)}
    return _document(reach, HitKind.CONCEPT, slug, concept.reference.name, concept_text(concept), told, about)


def _fetch_statement(reach: Reach, key: str) -> FetchResult:
    with reach.session() as session:
        statement = get_statement(session, key)
        told = [statement, *load_statements(session, list(statement.show_with))]
        own = get_reference(session, statement.concepts[0])
    text = "\n".join([*(statement_line(item) for item in told), *source_lines(told)])
    about = {"concept": own.slug, "audience": statement.audience, "aspect": statement.aspect}
    return _document(reach, HitKind.STATEMENT, statement.id, own.name, text, told, about)


def _fetch_question(reach: Reach, key: str) -> FetchResult:
    with reach.session() as session:
        question = get_question(session, key, Lens())
    told = [statement for answer in question.answers for statement in answer.statements]
    lines = [f"# {question.text}"]
    for answer in question.answers:
        lines += ["", f"## Answer for a {answer.audience}", *(statement_line(statement) for statement in answer.statements)]
    lines += source_lines(told)
    return _document(reach, HitKind.QUESTION, key, question.text, "\n".join(lines), told, {"concept": question.topic.slug})


_FETCHED: dict[HitKind, Callable[[Reach, str], FetchResult]] = {
    HitKind.CONCEPT: _fetch_concept,
    HitKind.STATEMENT: _fetch_statement,
    HitKind.QUESTION: _fetch_question,
}


def _document(
    reach: Reach, kind: HitKind, key: str, title: str, text: str, told: list[Statement], about: dict[str, str]
) -> FetchResult:
    release = reach.store.catalogue.release
    works = works_of(citation for statement in told for citation in statement.citations)
    if not told:
        raise NotFound(kind, key)
    metadata = {
        **about,
        "statement_ids": list(dict.fromkeys(statement.id for statement in told)),
        "sources": [work.model_dump(exclude_none=True) for work in works],
        "release": release.id,
        "license": release.license,
        "attribution": release.attribution,
        "notice": release.notice,
    }
    return FetchResult(id=f"{kind}/{key}", title=title, text=text, url=reach.url(_path(kind, key)), metadata=metadata)


SEARCH = Tool(
    name="search",
    description="Find concepts, questions and statements about breast calcifications by any words, spelling or synonym.",
    arguments=SearchArguments,
    result=SearchResult,
    answer=search,
)
FETCH = Tool(
    name="fetch",
    description="The whole text of a search result, each sentence with its statement id and sources.",
    arguments=FetchArguments,
    result=FetchResult,
    answer=fetch,
)
