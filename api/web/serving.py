"""The store a process serves from: opened once, verified, and exchanged as a whole when a new release appears.

A request holds the store it began on until its answer is sent, so that no answer mixes two releases.
"""

from collections.abc import Callable, Iterator
from contextvars import ContextVar, Token
from threading import Lock
from time import monotonic

from sqlalchemy import Engine
from sqlmodel import Session

from api.errors import NotReady, StoreUnusable
from api.knowledge.catalogue import load_catalogue
from api.logs import get_logger
from api.settings import Settings
from api.store.engine import open_for_reading, open_server
from api.store.held import HeldFile
from api.store.lost import PAUSE_SECONDS, Contact
from api.store.migrations import newest_revision
from api.store.opening import open_verified
from api.store.releases import Pointer, intact, read_pointer
from api.web.open_store import OpenStore, Part, ReleaseMoved

_LEAST_TRIES = 4
_PATIENCE_SECONDS = 10.0


_HELD: ContextVar[OpenStore | None] = ContextVar("held_store", default=None)
Held = tuple[OpenStore | None, Token[OpenStore | None]]


def hold_nothing() -> None:
    """Let a task that outlives the request it began in be bound to no release."""
    _HELD.set(None)


class Serving:
    """The current store of a process; while none can be opened every ask tries again."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._opening = Lock()
        self._exchange = Lock()
        self._open: OpenStore | None = None
        self.stopping = False
        self._refused: tuple[float, NotReady] | None = None

    def stop(self) -> None:
        """From here on the process says that it is not ready, though it goes on answering."""
        self.stopping = True

    @property
    def is_ready(self) -> bool:
        """Whether new requests should be sent here, as far as is known without asking the database."""
        store = self._open
        return store is not None and not store.is_lost and not self.stopping

    @property
    def may_block(self) -> bool:
        """Whether asking for the store may take long: none is open, or its file was touched and must be read."""
        held = _HELD.get() or self._open
        return held is None or (held.file is not None and held.file.was_touched)

    @property
    def identity(self) -> tuple[str, str] | None:
        """Id and digest of the current release."""
        store = self._open
        return (store.catalogue.release.id, store.catalogue.release.digest) if store else None

    def store(self) -> OpenStore:
        """The store of this request, else the current one. Raises NotReady with what to run when there is none."""
        held = _HELD.get() or self._open
        if held and not held.is_damaged():
            return held
        with self._opening:
            self._drop_damaged()
            if self._open is None:
                self._open = self._try_open_unless_just_refused()
            return self._open

    def ask(self, work: Callable[[OpenStore], Part]) -> Part:
        """What `work` makes of the current release, which is held meanwhile.

        It begins again on the new release when a shared database moved on. Raises NotReady when that goes on for long.
        """
        for _ in tries():
            held = self.begin()
            try:
                return work(self.store())
            except ReleaseMoved:
                pass
            finally:
                self.end(held)
            self.move()
        raise being_exchanged()

    def begin(self) -> Held:
        """From here on this request is answered from the release that is current now."""
        with self._exchange:
            store = self._open
            if store:
                store.enter()
        return store, _HELD.set(store)

    def end(self, held: Held) -> None:
        """The request is done."""
        store, token = held
        _HELD.reset(token)
        if store:
            store.leave()

    @property
    def digest(self) -> str | None:
        """What every answer depends on: the edition of this request's release; None while nothing is open."""
        store = _HELD.get() or self._open
        return store.catalogue.release.edition if store else None

    @property
    def pointer(self) -> Pointer | None:
        """Which file is being served."""
        store = self._open
        return store.pointer if store else None

    def is_outdated(self) -> bool:
        """Whether a shared database holds another release than the current store."""
        store = self._open
        return store is not None and store.is_outdated()

    def move(self) -> bool:
        """Open the release that is there now, whole and warm, then exchange it for the current one in one step.

        Returns whether anything changed. Raises what opening raises; then the current store goes on being served.
        """
        with self._opening:
            old = self._open
            if old and not self._has_news(old):
                return False
            new = self._try_open(old)
            with self._exchange:
                self._open = new
        if old:
            old.retire()
        return True

    def why_not_ready(self) -> NotReady | None:
        """The reason why nothing can be served, or None."""
        try:
            self.store()
        except NotReady as error:
            return error
        return None

    def look(self) -> None:
        """Stop serving a file that was damaged where it lies."""
        store = self._open
        if store and store.is_damaged():
            with self._opening:
                self._drop_damaged()

    def close(self) -> None:
        """Give the database connections back."""
        with self._exchange:
            store, self._open = self._open, None
        if store:
            store.retire()

    def _has_news(self, old: OpenStore) -> bool:
        return old.is_outdated() if old.file is None else read_pointer(self.settings.data_dir) != old.pointer

    def _drop_damaged(self) -> None:
        store = self._open
        if store and store.is_damaged():
            with self._exchange:
                self._open = None
            store.retire()
            get_logger().error("the release file was damaged while it was served: nothing is served until it is whole")

    def _try_open_unless_just_refused(self) -> OpenStore:
        """Whoever waited while a server that does not answer was asked need not ask it again."""
        if self._refused and monotonic() < self._refused[0]:
            raise self._refused[1]
        try:
            return self._try_open()
        except NotReady as error:
            if self.settings.database_url:
                self._refused = monotonic() + PAUSE_SECONDS, error
            raise

    def _try_open(self, like: OpenStore | None = None) -> OpenStore:
        settings = self.settings
        try:
            revision = newest_revision(settings.migrations_dir)
            if settings.database_url:
                engine = open_verified(open_server(settings.database_url), revision)
                return _made(engine, settings.code_systems, like)
            pointer = read_pointer(settings.data_dir)
            file = HeldFile(intact(settings.data_dir, pointer), pointer.checksum)
            try:
                engine = open_verified(open_for_reading(file.path), revision)
                return _made(engine, settings.code_systems, like, file, pointer)
            except BaseException:
                file.close()
                raise
        except StoreUnusable as error:
            raise NotReady(error.detail, error.hint) from None


def _made(
    engine: Engine, code_systems: str, like: OpenStore | None, file: HeldFile | None = None, pointer: Pointer | None = None
) -> OpenStore:
    """A store with everything another one had in memory, read in one session: whatever is loaded meanwhile, it is one release."""
    try:
        with Contact(engine).kept(), Session(engine) as session:
            store = OpenStore(engine, load_catalogue(session, code_systems), file, pointer)
            if like:
                store.warm_like(like, session)
            return store
    except BaseException:
        engine.dispose()
        raise


def tries() -> Iterator[int]:
    """How often to begin again while releases follow each other: several times, however long one takes, and for a while."""
    until = monotonic() + _PATIENCE_SECONDS
    number = 0
    while number < _LEAST_TRIES or monotonic() < until:
        yield number
        number += 1


def being_exchanged() -> NotReady:
    """What to tell when one release follows another faster than they can be read."""
    return NotReady("The content is being exchanged.", "Try again in a few seconds.")
