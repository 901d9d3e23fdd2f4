"""GET /metrics: what operators watch, for Prometheus; only for those inside."""

from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.web.deps import ServingDep
from api.web.parameters import NoParameters

router = APIRouter()
_FORWARDED = ("x-forwarded-for", "forwarded")


@router.get("/metrics", name="read_metrics", include_in_schema=False)
async def read(request: Request, serving: ServingDep, asked: Annotated[NoParameters, Query()]) -> Response:
    """The metrics in the form Prometheus asks for."""
    if not is_inside(request, serving.settings.metrics_clients):
        raise HTTPException(404)
    metrics = request.app.state.metrics
    metrics.hand_over()
    text, media_type = await run_in_threadpool(metrics.text, request.headers.get("accept", ""))
    return Response(text, headers={"Content-Type": media_type})


def is_inside(request: Request, networks: tuple[str, ...]) -> bool:
    """Whether the caller sits in one of the networks and asks directly: through a proxy it could be anyone."""
    address = request.client.host if request.client else ""
    return _is_in(address, networks) and not any(name in request.headers for name in _FORWARDED)


@lru_cache(maxsize=1024)
def _is_in(address: str, networks: tuple[str, ...]) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in ip_network(network) for network in networks)
