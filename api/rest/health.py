"""Liveness and readiness, for load balancers and people on call. Liveness waits for no thread: a busy server is alive."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.errors import NotReady
from api.web.deps import ServingDep
from api.web.parameters import NoParameters
from api.web.problems import documented

router = APIRouter(prefix="/health", tags=["operations"])


class LiveOut(BaseModel):
    """The process runs."""

    status: Annotated[str, Field(examples=["alive"])] = "alive"


class ReadyOut(BaseModel):
    """The process serves a whole release."""

    status: Annotated[str, Field(examples=["ready"])] = "ready"
    release: Annotated[str, Field(description="Calendar version of the content.", examples=["2026.11.0"])]
    digest: Annotated[str, Field(description="Digest of the content.")]


@router.get(
    "/live",
    name="get_liveness",
    summary="Is the process alive?",
    responses=documented(),
    openapi_extra={"x-example": "/health/live"},
)
async def read_live(asked: Annotated[NoParameters, Query()]) -> LiveOut:
    """Answers 200 as long as the process runs, whatever the state of the content. Restart the process when it does not."""
    return LiveOut()


@router.get(
    "/ready",
    name="get_readiness",
    summary="Can it serve?",
    responses=documented(),
    openapi_extra={"x-example": "/health/ready"},
)
def read_ready(serving: ServingDep, asked: Annotated[NoParameters, Query()]) -> ReadyOut:
    """Answers 200 with the release when content can be served, else 503 with what to run. Send no traffic on 503."""
    if serving.stopping:
        raise NotReady("The server is about to stop.", "Ask another one.")
    store = serving.store()
    with store.session():  # the database itself is asked: whoever sends traffic here must not learn of its loss from callers
        release = store.catalogue.release
    return ReadyOut(release=release.id, digest=release.digest)
