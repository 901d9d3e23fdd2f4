"""Builds the web application from settings: layers, errors, routes. Pure: no reading, no opening until it starts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from api.annotation.story import load_story
from api.annotation.wording import load_wording
from api.errors import KnowledgeError
from api.evidence.matrix import load_evidence
from api.grounding.ground import load_grounding
from api.knowledge.codes import ALL_SYSTEMS
from api.logs import get_logger
from api.mcp.late import LateEndpoint
from api.rest import health, llms
from api.rest.v1.router import router as v1
from api.search.resolving import load_resolver
from api.settings import Settings
from api.verification.citations import load_citation_book
from api.verification.verify import load_verifier
from api.web import docs, problems
from api.web.conditional import Conditional
from api.web.description import describe
from api.web.guards import Guards
from api.web.holding import Holding
from api.web.middleware import Outermost
from api.web.rendered import Rendered
from api.web.service import Service
from api.web.serving import Builder, Serving
from api.web.warming import Warming
from api.web.watching import Watch

VERSION = "1"
# The largest first, while memory that loading needs for a moment can still be used again by the others.
_PARTS: tuple[Builder[Any], ...] = (
    load_wording,
    load_grounding,
    load_verifier,
    load_citation_book,
    load_story,
    load_evidence,
    load_resolver,
)
_ABOUT = """Sourced knowledge about breast calcifications for health apps and chatbots.

Every sentence of medical content is a *statement*: one claim with its sources, the place inside each source, audience,
region, typed figures and known conflicts. Cards, lists and answers to questions are arrangements of statements, whose ids
travel with them.

It informs; it does not diagnose. It never reads images and never tells one person what they have. Show `meta.notice` with
the content.

All answers have one envelope (`data`, `meta`, `links`). Answers are fixed for a release: keep the `ETag` and ask again with
`If-None-Match`. Errors are problem documents (RFC 9457). Within v1, members may be added, never removed or narrowed.
"""


def create_app(settings: Settings) -> FastAPI:
    """The application for these settings."""
    serving = Serving(settings)
    endpoint = LateEndpoint(settings, serving) if settings.mcp else None
    warming = Warming(serving, _PARTS if settings.warm else ())

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        _tell(serving, await run_in_threadpool(serving.why_not_ready))
        watch = Watch(serving)
        warming.start()
        watch.start()
        async with endpoint.running() if endpoint else nullcontext():
            yield
        watch.stop_listening()
        await run_in_threadpool(watch.stop)
        await run_in_threadpool(warming.stop)
        serving.close()

    front, layers = _layers(settings, serving)
    app = Service(
        front,
        title="Calcification Knowledge API",
        version=VERSION,
        summary="Types, shapes, distributions, conditions, follow-up and questions, each claim traced to its source.",
        description=_ABOUT,
        license_info={"name": "Content: CC BY 4.0. Code: Apache-2.0."},
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        middleware=layers,
        generate_unique_id_function=_operation_id,
        redirect_slashes=False,
    )
    app.state.serving = serving
    app.state.warming = warming
    app.state.serves_mcp = endpoint is not None
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]  # the documented way to change the description
    problems.install(app)
    for router in (v1, health.router, llms.router):
        app.include_router(router)
    docs.install(app)
    if endpoint:
        app.router.routes.append(Route("/mcp", endpoint, methods=["POST"], include_in_schema=False))
    return app


def _layers(settings: Settings, serving: Serving) -> tuple[list[Middleware], list[Middleware]]:
    """The layers in front of the framework, and those inside it."""
    any_origin = settings.cors_origins == ("*",)
    exposed = ["ETag", "Link", "X-Request-Id", "Retry-After"]
    exposed += ["Accept-Ranges", "Content-Range", "Content-Disposition", "Repr-Digest"]
    extra = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": ", ".join(exposed)}
    cors = Middleware(
        CORSMiddleware,
        allow_origins=list(settings.cors_origins),
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=[
            "Content-Type",
            "If-None-Match",
            "Range",
            "If-Range",
            "Mcp-Protocol-Version",
            "Mcp-Session-Id",
            "Mcp-Method",
            "Mcp-Name",
        ],
        expose_headers=exposed,
        max_age=86_400,
    )
    guards = Middleware(Guards, settings.max_body_bytes, settings.max_url_bytes)

    def digest() -> str | None:
        if serving.digest is None or settings.code_systems == ALL_SYSTEMS:
            return serving.digest
        return f"{serving.digest} {settings.code_systems}"

    rendered = Middleware(Rendered, digest, extra if any_origin else {}, settings.cache_bytes, any_origin)
    inner = [cors, Middleware(Outermost), guards, Middleware(Conditional, digest)]
    return [rendered] if settings.cache_bytes else [], [Middleware(Holding, serving), *inner]


def _operation_id(route: APIRoute) -> str:
    return route.name


def _tell(serving: Serving, reason: KnowledgeError | None) -> None:
    log = get_logger()
    if reason:
        log.error("not ready", detail=reason.detail, hint=reason.hint)
        return
    release = serving.store().catalogue.release
    log.info("ready", release=release.id, statements=release.statement_count)
