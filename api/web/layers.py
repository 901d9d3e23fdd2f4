"""The layers every request passes, put together from settings. Outermost first:

in front of the framework: host names, rate limits, kept answers, the witness of what had to be made; inside it: the time limit,
the release a request holds, CORS, request id and security headers, guards, tags.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from starlette.types import ASGIApp

from api.knowledge.codes import ALL_SYSTEMS
from api.settings import Settings
from api.web.conditional import Conditional
from api.web.deadline import Deadline
from api.web.guards import Guards
from api.web.holding import Holding
from api.web.hosts import ANY, Hosts
from api.web.middleware import Browsers, Outermost
from api.web.rendered import Rendered
from api.web.service import Layer
from api.web.serving import Serving
from api.web.witness import Watched, Witness

if TYPE_CHECKING:
    from api.web.metrics import Metrics

_EXPOSED = "ETag, Link, X-Request-Id, Retry-After, RateLimit, RateLimit-Policy, "
_EXPOSED += "Accept-Ranges, Content-Range, Content-Disposition, Repr-Digest"
_ASKED = "Content-Type, If-None-Match, Range, If-Range, Mcp-Protocol-Version, Mcp-Session-Id, Mcp-Method, Mcp-Name"


@dataclass(frozen=True)
class Layers:
    """The layers in front of the framework, those inside it, and who sees the answers."""

    front: list[Layer]
    inner: list[Middleware]
    witness: Witness


def make_layers(settings: Settings, serving: Serving, metrics: "Metrics | None") -> Layers:
    """All layers for these settings."""
    witness = Witness(metrics, access_log=settings.access_log, addresses=settings.log_addresses)

    systems = "" if settings.code_systems == ALL_SYSTEMS else f" {settings.code_systems}"

    def digest() -> str | None:
        edition = serving.digest
        return f"{edition}{systems}" if edition and systems else edition

    front: list[Layer] = []
    if ANY not in settings.allowed_hosts:
        front.append(partial(Hosts, allowed=settings.allowed_hosts))
    if settings.limits_rates:
        front.append(_limited(settings, metrics))
    if settings.cache_bytes:
        front.append(_rendered(settings, digest, witness, metrics))
    if witness.watches:
        front.append(partial(Watched, witness=witness))
    inner = [
        Middleware(Deadline, settings.request_seconds),
        Middleware(Holding, serving),
        _cors(settings),
        Middleware(Outermost),
        Middleware(Guards, settings.max_body_bytes, settings.max_url_bytes, settings.body_seconds),
        Middleware(Conditional, digest),
    ]
    return Layers(front, inner, witness)


def _limited(settings: Settings, metrics: "Metrics | None") -> Layer:
    """The library that counts is loaded only when something is counted."""
    from api.web.allowances import Allowances, Count
    from api.web.limited import Limited

    count = Count(settings.redis_url)
    if metrics:
        metrics.add_source(lambda: metrics.show_failures(count.failures))
    reads, posts = Allowances("reads", settings.rate_reads, count), Allowances("posts", settings.rate_posts, count)
    return partial(Limited, reads=reads, posts=posts, on_refused=metrics.limited if metrics else _nobody)


def _rendered(settings: Settings, digest: Callable[[], str | None], witness: Witness, metrics: "Metrics | None") -> Layer:
    any_origin = settings.cors_origins == ("*",)
    extra = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": _EXPOSED} if any_origin else {}

    def build(app: ASGIApp) -> Rendered:
        layer = Rendered(app, digest, extra, settings.cache_bytes, any_origin, witness)
        if metrics:
            metrics.add_source(lambda: metrics.show_kept(layer.hits, layer.answers_kept, layer.bytes_kept))
        return layer

    return build


def _cors(settings: Settings) -> Middleware:
    return Middleware(
        Browsers,
        allow_origins=list(settings.cors_origins),
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=_ASKED.split(", "),
        expose_headers=_EXPOSED.split(", "),
        max_age=86_400,
    )


def _nobody(_told: str) -> None:
    """Metrics are off."""
