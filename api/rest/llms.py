"""GET /llms.txt: a short index for language models, made from the release and the routes."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import PlainTextResponse

from api.knowledge.language import load_language_file
from api.knowledge.references import all_references
from api.vocabulary import ConceptKind
from api.web.deps import CatalogueDep, SessionDep
from api.web.parameters import NoParameters

router = APIRouter()

_NOUNS = (
    ConceptKind.TYPE,
    ConceptKind.SUBTYPE,
    ConceptKind.DISTRIBUTION,
    ConceptKind.CONDITION,
    ConceptKind.GUIDANCE,
    ConceptKind.ASSESSMENT,
    ConceptKind.TOPIC,
    ConceptKind.MIMIC,
    ConceptKind.QUESTION_TOPIC,
)


@router.get("/llms.txt", name="read_llms_txt", include_in_schema=False)
def read(
    request: Request, session: SessionDep, catalogue: CatalogueDep, asked: Annotated[NoParameters, Query()]
) -> PlainTextResponse:
    """What this service holds, how to ask it, and the rules for using its answers."""
    words = load_language_file(session, "chatbots")
    release = catalogue.release
    lines = [
        "# Calcification Knowledge API",
        "",
        f"> {words['about']}",
        "",
        f"Release {release.id} of {release.published_on}: {release.concept_count} concepts, {release.statement_count} "
        f"statements, {release.source_count} sources, {release.question_count} questions. {release.license}. "
        f"{release.attribution}",
        "",
        release.notice,
        "",
        "## Rules",
        "",
        *(f"- {rule}" for rule in words["rules"]),
        "",
        "## Ask",
        "",
        *_faces(mcp=request.app.state.serves_mcp),
        *_operations(request.app.openapi()),
        "",
        "## Concepts",
        "",
        "Each at [/v1/concepts/{slug}](/v1/concepts); search finds them by any name.",
        "",
        *_concepts(session),
    ]
    return PlainTextResponse("\n".join(lines) + "\n")


def _faces(*, mcp: bool) -> Iterable[str]:
    if mcp:
        yield "- [MCP](/mcp): tools, resources and prompts over streamable HTTP, POST only"
    yield "- [OpenAPI description](/openapi.json): every operation with examples"


def _operations(description: dict[str, Any]) -> Iterable[str]:
    for path, operations in description["paths"].items():
        if path.startswith("/v1/"):
            for method, operation in operations.items():
                yield f"- [{method.upper()} {path}]({path}): {operation['summary']}"


def _concepts(session: Session) -> Iterable[str]:
    concepts = all_references(session).values()
    for kind in _NOUNS:
        slugs = [concept.slug for concept in concepts if concept.kind is kind]
        if slugs:
            yield f"- {kind}: {', '.join(slugs)}"
