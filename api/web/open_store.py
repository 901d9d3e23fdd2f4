"""A release opened to be served: an engine, the catalogue, and the parts rooms keep in memory, each built once."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session, select

from api.keeping import kept_for_good
from api.knowledge.catalogue import Catalogue
from api.store.held import HeldFile
from api.store.lost import Contact
from api.store.releases import Pointer
from api.store.tables import ReleaseRow

Part = TypeVar("Part")
Builder = Callable[[Session, Catalogue], Part]
_USERS = Lock()


class ReleaseMoved(Exception):  # not an error: the request is answered again from the new release
    """A database server holds another release than this process has in memory."""


class OpenStore:
    """An engine on one release, the catalogue read from it, and the parts rooms keep in memory, each built once."""

    def __init__(
        self, engine: Engine, catalogue: Catalogue, file: HeldFile | None = None, pointer: Pointer | None = None
    ) -> None:
        self.engine = engine
        self.catalogue = catalogue
        self.file = file
        self.pointer = pointer
        self._contact = Contact(engine)
        self._parts: dict[Any, Any] = {}
        self._late: list[Builder[Any]] = []
        self._being_made: Builder[Any] | None = None
        self._lock = Lock()
        self._users = 0
        self._retired = False

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that sees this very release.

        Raises ReleaseMoved when a shared database holds another by now, NotReady when it is lost or the file is damaged.
        """
        if self.file:
            self.file.require_intact()
        with self._contact.kept(), Session(self.engine) as session:
            if self.file is None and self._edition_in(session) != self.catalogue.release.edition:
                raise ReleaseMoved
            yield session

    @property
    def is_lost(self) -> bool:
        """Whether the database did not answer when it was asked last."""
        return self._contact.is_lost

    def is_outdated(self) -> bool:
        """Whether a shared database holds another release by now; a file never does."""
        if self.file:
            return False
        with self._contact.kept(), Session(self.engine) as session:
            return self._edition_in(session) != self.catalogue.release.edition

    def part(self, build: Builder[Part], given: Session | None = None) -> Part:
        """What `build` makes of the release, in the given session if any; made at the first ask and kept."""
        if build not in self._parts:
            with self._lock:
                if build not in self._parts:
                    self._being_made = build
                    try:
                        with nullcontext(given) if given else self.session() as session, kept_for_good():
                            self._parts[build] = build(session, self.catalogue)
                    finally:
                        self._being_made = None
        made: Part = self._parts[build]
        return made

    def forget(self, build: Builder[Any]) -> None:
        """Have a part made again at the next ask, because what it led to was damaged."""
        self._parts.pop(build, None)

    def warm_like(self, other: "OpenStore", session: Session) -> None:
        """Build every part another store has, before the first request needs it; what takes long waits for `finish`."""
        being_made = other._being_made  # read once: it ends at any moment
        for build in [*other._parts, *other._late, *([being_made] if being_made else [])]:
            if getattr(build, "takes_long", False):
                self._late.append(build)
            else:
                self.part(build, session)

    def finish(self) -> None:
        """Build the parts that were left for later."""
        while self._late:
            self.part(self._late[0])
            del self._late[0]

    @property
    def may_block(self) -> bool:
        """Whether the next look may take long: a server is asked over the network, a touched file is read whole."""
        return self.file is None or self.file.was_touched

    def is_damaged(self) -> bool:
        """Whether the file is no longer as it was built."""
        return self.file is not None and not self.file.is_intact()

    def enter(self) -> None:
        """A request begins on this store."""
        with _USERS:
            self._users += 1

    def leave(self) -> None:
        """A request is done; the last one of a retired store closes it."""
        with _USERS:
            self._users -= 1
            done = self._retired and not self._users
        if done:
            self._close()

    def retire(self) -> None:
        """No further request will begin on this store; it is closed once unused."""
        with _USERS:
            self._retired = True
            done = not self._users
        if done:
            self._close()

    def _edition_in(self, session: Session) -> str | None:
        return session.exec(select(ReleaseRow.edition)).one_or_none()

    def _close(self) -> None:
        self.engine.dispose()
        gc.unfreeze()  # else what this store kept for good would never be collected
        if self.file:
            self.file.close()
