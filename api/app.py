"""Builds the web application from settings: layers, errors, routes. Pure: no reading, no opening until it starts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from api.annotation.wording import load_wording
from api.errors import KnowledgeError
from api.evidence.matrix import load_evidence
from api.grounding.ground import load_grounding
from api.keeping import one_heap
from api.logs import get_logger
from api.mcp.late import LateEndpoint
from api.rest import health, llms
from api.rest import metrics as metrics_route
from api.rest.v1.router import router as v1
from api.settings import Settings
from api.verification.verify import load_verifier
from api.web import docs, problems
from api.web.description import describe
from api.web.layers import make_layers
from api.web.open_store import Builder
from api.web.service import Service
from api.web.serving import Serving
from api.web.upkeep import upkeep
from api.web.warming import Warming
from api.web.watching import Watch

if TYPE_CHECKING:
    from api.web.metrics import Metrics

VERSION = "1"
# The largest first, while memory that loading needs for a moment can still be used again by the others.
_PARTS: tuple[Builder[Any], ...] = (
    load_wording,
    load_grounding,
    load_verifier,
    load_evidence,
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
    metrics = _metrics(settings, serving)
    layers = make_layers(settings, serving, metrics)
    endpoint = LateEndpoint(settings, serving) if settings.mcp else None
    warming = Warming(serving, _PARTS if settings.warm else ())

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        one_heap()
        _tell(serving, await run_in_threadpool(serving.why_not_ready))
        watch = Watch(serving)
        warming.start()
        watch.start()
        async with upkeep(settings, serving, metrics) as state, endpoint.running() if endpoint else nullcontext():
            yield state
        watch.stop_listening()
        await run_in_threadpool(watch.stop)
        await run_in_threadpool(warming.stop)
        serving.close()

    app = Service(
        layers.front,
        title="Calcification Knowledge API",
        version=VERSION,
        summary="Types, shapes, distributions, conditions, follow-up and questions, each claim traced to its source.",
        description=_ABOUT,
        license_info={"name": "Content: CC BY 4.0. Code: Apache-2.0."},
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        middleware=layers.inner,
        generate_unique_id_function=_operation_id,
        redirect_slashes=False,
    )
    app.state.serving = serving
    app.state.warming = warming
    app.state.serves_mcp = endpoint is not None
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]  # the documented way to change the description
    problems.install(app)
    app.include_router(v1, prefix="/v1")
    for router in (health.router, llms.router):
        app.include_router(router)
    docs.install(app)
    if metrics:
        app.state.metrics = metrics
        app.include_router(metrics_route.router)
    if endpoint:
        app.router.routes.append(Route("/mcp", endpoint, methods=["POST"], include_in_schema=False))
    app.state.witness = layers.witness
    layers.witness.routes.learn(app.routes)
    return app


def _metrics(settings: Settings, serving: Serving) -> "Metrics | None":
    """The metrics; their library is loaded only when they are wanted."""
    if not settings.metrics:
        return None
    from api.web.metrics import Metrics

    metrics = Metrics()
    metrics.add_source(lambda: metrics.show_state(serving.is_ready, serving.identity))
    return metrics


def _operation_id(route: APIRoute) -> str:
    return route.name


def _tell(serving: Serving, reason: KnowledgeError | None) -> None:
    log = get_logger()
    if reason:
        log.error("not ready", detail=reason.detail, hint=reason.hint)
        return
    release = serving.store().catalogue.release
    log.info("ready", release=release.id, statements=release.statement_count)
