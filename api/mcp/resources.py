"""Every concept as a resource: calc://concept/{slug}, as plain text for both audiences or for one."""

from urllib.parse import parse_qsl, urlsplit

from mcp_types import (
    Annotations,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextResourceContents,
)

from api.errors import NotFound
from api.knowledge.lens import Lens
from api.knowledge.references import find_reference, references_after
from api.knowledge.views import Release
from api.mcp.cards import concept_text, read_concept
from api.mcp.kit import Reach
from api.vocabulary import Audience

SCHEME = "calc"
PAGE = 100
_MIME = "text/markdown"


def concept_uri(slug: str) -> str:
    """The address of a concept as a resource."""
    return f"{SCHEME}://concept/{slug}"


def _about(release: Release) -> Annotations:
    return Annotations(audience=["user", "assistant"], last_modified=f"{release.published_on}T00:00:00Z")


def list_resources(reach: Reach, cursor: str | None) -> ListResourcesResult:
    """A page of the concepts in reading order; the cursor is the slug to go on after. Raises NotFound for a foreign cursor."""
    with reach.session() as session:
        if cursor is not None and find_reference(session, cursor) is None:
            raise NotFound("cursor", cursor)
        following = references_after(session, cursor, PAGE + 1)
    shown = following[:PAGE]
    about = _about(reach.store.catalogue.release)
    return ListResourcesResult(
        resources=[
            Resource(
                uri=concept_uri(concept.slug),
                name=concept.slug,
                title=concept.name,
                description=f"{concept.plain_name} ({concept.kind})",
                mime_type=_MIME,
                annotations=about,
            )
            for concept in shown
        ],
        next_cursor=shown[-1].slug if len(following) > PAGE else None,
    )


def list_templates(reach: Reach) -> ListResourceTemplatesResult:
    """How the addresses are made."""
    template = ResourceTemplate(
        uri_template=f"{SCHEME}://concept/{{slug}}{{?audience}}",
        name="concept",
        title="Concept",
        description="Everything told about one concept with sources; audience is patient or clinician, both when left out.",
        mime_type=_MIME,
        annotations=_about(reach.store.catalogue.release),
    )
    return ListResourceTemplatesResult(resource_templates=[template])


def read_resource(reach: Reach, uri: str) -> ReadResourceResult:
    """The text of a concept. Raises NotFound for any other address, and Retired."""
    slug, lens = _read(uri)
    concept = read_concept(reach, slug, lens)
    release = reach.store.catalogue.release
    text = f"{concept_text(concept)}\n\n{release.attribution} {release.license}. Release {release.id}.\n{release.notice}\n"
    return ReadResourceResult(contents=[TextResourceContents(uri=uri, mime_type=_MIME, text=text)])


def _read(uri: str) -> tuple[str, Lens]:
    try:
        parts = urlsplit(uri)
        query = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        audience = Audience(query.pop("audience")) if "audience" in query else None
    except ValueError:
        raise NotFound("resource", "") from None
    slug = parts.path.removeprefix("/")
    if parts.scheme != SCHEME or parts.netloc != "concept" or not slug or query or parts.fragment:
        raise NotFound("resource", "")
    return slug, Lens(audience)
