"""The store a process serves from: opened once, verified, and refused with a clear message until it is whole."""

import gc
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from api.errors import KnowledgeError, NotReady, StoreUnusable
from api.knowledge.catalogue import Catalogue, load_catalogue
from api.settings import Settings
from api.store.migrations import newest_revision
from api.store.opening import open_store

Part = TypeVar("Part")
Builder = Callable[[Session, Catalogue], Part]


class OpenStore:
    """An engine on one release, the catalogue read from it, and the parts rooms keep in memory, each built once."""

    def __init__(self, engine: Engine, catalogue: Catalogue) -> None:
        self.engine = engine
        self.catalogue = catalogue
        self._parts: dict[Any, Any] = {}
        self._lock = Lock()

    def part(self, build: Builder[Part]) -> Part:
        """What `build` makes of the release; made at the first ask and kept."""
        if build not in self._parts:
            with self._lock:
                if build not in self._parts:
                    with Session(self.engine) as session:
                        self._parts[build] = build(session, self.catalogue)
                    # What a process keeps for good need not be walked again by every collection of garbage.
                    gc.collect()
                    gc.freeze()
        made: Part = self._parts[build]
        return made


class Serving:
    """Opens the store when first asked and keeps it; while it cannot be opened every ask tries again."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._open: OpenStore | None = None

    def store(self) -> OpenStore:
        """The open store. Raises NotReady with what to run when there is no whole release to serve."""
        if self._open is None:
            with self._lock:
                if self._open is None:
                    self._open = self._try_open()
        return self._open

    @property
    def digest(self) -> str | None:
        """The digest of the release being served; None while nothing is open."""
        return self._open.catalogue.release.digest if self._open else None

    def why_not_ready(self) -> KnowledgeError | None:
        """The reason why nothing can be served, or None."""
        try:
            self.store()
        except NotReady as error:
            return error
        return None

    def close(self) -> None:
        """Give the database connections back."""
        if self._open:
            self._open.engine.dispose()
            self._open = None

    def _try_open(self) -> OpenStore:
        settings = self._settings
        try:
            engine = open_store(settings.data_dir, settings.database_url, newest_revision(settings.migrations_dir))
        except StoreUnusable as error:
            raise NotReady(error.detail, error.hint) from None
        with Session(engine) as session:
            return OpenStore(engine, load_catalogue(session, settings.code_systems))
