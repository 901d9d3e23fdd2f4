"""Search and suggest: from words a person typed to concepts, questions and statements."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import Response

from api.grounding.ground import load_grounding
from api.knowledge.references import find_references
from api.knowledge.views import ConceptReference
from api.rest.v1.cards import concept_url
from api.rest.v1.corrections import CorrectionOut, corrections_out
from api.rest.v1.listing import list_key
from api.rest.v1.statements import statement_url
from api.search.find import Hit, HitKind, find, shown
from api.search.index import stored
from api.search.suggest import Suggestion, suggest
from api.vocabulary import Audience
from api.web.deps import SessionDep, StoreDep
from api.web.envelope import Envelope, PageOut, address, answer
from api.web.paging import encode, window
from api.web.parameters import NoParameters, PageParameters, query_items
from api.web.problems import documented

router = APIRouter(tags=["search"])

SearchText = Annotated[
    str, Field(min_length=1, max_length=300, description="Words in any order and spelling.", examples=["popcorn calcifcation"])
]


class SearchParameters(PageParameters):
    """What to look for."""

    q: SearchText
    kind: Annotated[HitKind | None, Field(description="Only hits of this kind.", examples=["concept"])] = None
    audience: Annotated[Audience | None, Field(description="Only statements and answers worded for this audience.")] = None


class SuggestParameters(NoParameters):
    """What is being typed."""

    q: Annotated[str, Field(min_length=1, max_length=100, description="What has been typed so far.", examples=["amor"])]
    limit: Annotated[int, Field(ge=1, le=20, description="Most completions to give.")] = 8


class MarkOut(BaseModel):
    """A stretch of the snippet that matched, as character offsets."""

    start: int
    end: int


class SnippetOut(BaseModel):
    """A piece of the hit's text."""

    text: Annotated[str, Field(description="Plain text, at most some 200 characters.")]
    marks: Annotated[list[MarkOut], Field(description="The words in it that matched.")]


class HitOut(BaseModel):
    """One find."""

    kind: Annotated[HitKind, Field(description="What it is.")]
    id: Annotated[str, Field(description="Slug of the concept or question, or id of the statement.", examples=["amorphous"])]
    title: Annotated[str, Field(description="Name of the concept, wording of the question, or name of the statement's concept.")]
    why: Annotated[
        str,
        Field(
            description="`exact name`, `name` in the text, `cue` words, a `question` like it, `words` of it, or `relation`.",
            examples=["exact name"],
        ),
    ]
    matched: Annotated[str, Field(description="The name, words or wording that matched.")]
    snippet: Annotated[SnippetOut, Field(description="A piece of its text with the matching words marked.")]
    score: Annotated[float, Field(description="Only for comparing within one answer.")]
    url: Annotated[str, Field(description="Its address.", examples=["/v1/subtypes/amorphous"])]


class FacetOut(BaseModel):
    """How many hits of a kind there are in all."""

    kind: HitKind
    count: int


class SearchOut(BaseModel):
    """What was found."""

    hits: Annotated[list[HitOut], Field(description="Best first; an exact name always leads.")]
    facets: Annotated[list[FacetOut], Field(description="Counts of the whole result by kind, whatever `kind` and `limit` are.")]
    corrections: Annotated[list[CorrectionOut], Field(description="Typing errors that were read past.")]


class SuggestionOut(BaseModel):
    """A completion."""

    text: Annotated[str, Field(description="The name or question.", examples=["Amorphous calcification"])]
    kind: Annotated[HitKind, Field(description="What it leads to.")]
    id: Annotated[str, Field(description="Slug of the concept or question.")]
    url: Annotated[str, Field(description="Its address.")]


@router.get(
    "/search",
    name="search",
    summary="Search everything",
    response_model=Envelope[SearchOut],
    responses=documented(),
    openapi_extra={"x-example": "/v1/search?q=popcorn+calcifcation&limit=3"},
)
def read_search(store: StoreDep, session: SessionDep, asked: Annotated[SearchParameters, Query()]) -> Response:
    """Concepts, questions and statements for words in any spelling, ranked.

    Lay words, abbreviations, former and foreign names, both spellings and single typing errors are understood. The rank does not
    change with `limit` and is the same on every database. The text is never read as query syntax.
    """
    search = store.part(load_grounding).search
    release = store.catalogue.release
    key = list_key(release, "/v1/search", asked)
    part = window(asked.limit, asked.cursor, key, descending=False)
    first = 0 if part.after is None else part.after + 1
    finds = find(search, stored(session), asked.q, asked.kind, asked.audience)
    hits = shown(session, finds, finds.hits[first : first + part.limit])
    last = first + len(hits) - 1
    total = len(finds.hits)
    query = query_items(asked)
    links = {"self": address("/v1/search", query)}
    cursor = None
    if last + 1 < total:
        cursor = encode(last, key)
        links["next"] = address("/v1/search", {**query, "cursor": cursor})
    concepts = _concepts(session, hits)
    data = SearchOut(
        hits=[_hit_out(concepts, hit) for hit in hits],
        facets=[FacetOut(kind=kind, count=count) for kind, count in finds.counts.items()],
        corrections=corrections_out(finds.corrections),
    )
    return answer(data, release, links, page=PageOut(total=total, limit=asked.limit, next_cursor=cursor))


@router.get(
    "/suggest",
    name="suggest",
    summary="Complete a search",
    response_model=Envelope[list[SuggestionOut]],
    responses=documented(),
    openapi_extra={"x-example": "/v1/suggest?q=amor"},
)
def read_suggest(store: StoreDep, session: SessionDep, asked: Annotated[SuggestParameters, Query()]) -> Response:
    """Names of concepts and questions people ask that complete what is being typed, best first."""
    found = suggest(stored(session), asked.q, asked.limit)
    links = {"self": address("/v1/suggest", query_items(asked))}
    concepts = _concepts(session, found)
    return answer([_suggestion_out(concepts, item) for item in found], store.catalogue.release, links)


def _concepts(session: Session, found: Iterable[Hit | Suggestion]) -> dict[str, ConceptReference]:
    return find_references(session, [item.key for item in found if item.kind is HitKind.CONCEPT])


def _hit_out(concepts: Mapping[str, ConceptReference], hit: Hit) -> HitOut:
    return HitOut(
        kind=hit.kind,
        id=hit.key,
        title=hit.title,
        why=hit.why,
        matched=hit.matched,
        snippet=SnippetOut(text=hit.snippet.text, marks=[MarkOut(start=start, end=end) for start, end in hit.snippet.marks]),
        score=hit.score,
        url=_url(concepts, hit.kind, hit.key),
    )


def _suggestion_out(concepts: Mapping[str, ConceptReference], item: Suggestion) -> SuggestionOut:
    return SuggestionOut(text=item.text, kind=item.kind, id=item.key, url=_url(concepts, item.kind, item.key))


def _url(concepts: Mapping[str, ConceptReference], kind: HitKind, key: str) -> str:
    if kind is HitKind.CONCEPT:
        return concept_url(concepts[key])
    return f"/v1/questions/{key}" if kind is HitKind.QUESTION else statement_url(key)
