"""What handlers ask for: the open store's session and catalogue."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from api.knowledge.catalogue import Catalogue
from api.web.serving import OpenStore, Serving


def get_serving(request: Request) -> Serving:
    """The serving state of this process."""
    serving: Serving = request.app.state.serving
    return serving


def get_store(serving: Annotated[Serving, Depends(get_serving)]) -> OpenStore:
    """The open store. Raises NotReady."""
    return serving.store()


def get_catalogue(store: Annotated[OpenStore, Depends(get_store)]) -> Catalogue:
    """The catalogue of the release."""
    return store.catalogue


def get_session(store: Annotated[OpenStore, Depends(get_store)]) -> Iterator[Session]:
    """A session for one request; it only reads."""
    with store.session() as session:
        yield session


StoreDep = Annotated[OpenStore, Depends(get_store)]
ServingDep = Annotated[Serving, Depends(get_serving)]
CatalogueDep = Annotated[Catalogue, Depends(get_catalogue)]
SessionDep = Annotated[Session, Depends(get_session)]
