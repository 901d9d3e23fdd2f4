"""What handlers ask for: the open store's session and catalogue.

These run in the event loop where they cannot block: a hop into a thread costs more than most of them do.
"""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import contextmanager_in_threadpool, run_in_threadpool
from sqlmodel import Session

from api.knowledge.catalogue import Catalogue
from api.web.open_store import OpenStore
from api.web.serving import Serving


async def get_serving(request: Request) -> Serving:
    """The serving state of this process."""
    serving: Serving = request.app.state.serving
    return serving


async def get_store(serving: Annotated[Serving, Depends(get_serving)]) -> OpenStore:
    """The open store. Raises NotReady."""
    return await run_in_threadpool(serving.store) if serving.may_block else serving.store()


async def get_catalogue(store: Annotated[OpenStore, Depends(get_store)]) -> Catalogue:
    """The catalogue of the release."""
    return store.catalogue


async def get_session(store: Annotated[OpenStore, Depends(get_store)]) -> AsyncIterator[Session]:
    """A session for one request; it only reads."""
    if store.may_block:
        async with contextmanager_in_threadpool(store.session()) as session:
            yield session
    else:
        with store.session() as session:
            yield session


StoreDep = Annotated[OpenStore, Depends(get_store)]
ServingDep = Annotated[Serving, Depends(get_serving)]
CatalogueDep = Annotated[Catalogue, Depends(get_catalogue)]
# Given back before the answer is sent: a caller that reads slowly must not hold a connection to the database.
SessionDep = Annotated[Session, Depends(get_session, scope="function")]
