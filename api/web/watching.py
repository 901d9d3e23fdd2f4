"""Notices a new release beside the running server, off the request path, and moves to it; a bad one changes nothing."""

import signal
from collections.abc import Callable
from threading import Event, Thread
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from api.errors import KnowledgeError, NotReady
from api.logs import get_logger
from api.store.releases import pointer_stamp
from api.web.serving import Serving

Stamp = tuple[int, int, int] | None
_LONGEST_WAIT = 60.0
_PATIENCE_SECONDS = 5.0


class Watch:
    """A thread that looks at the pointer, or at the release row of a shared database, once in a while or when told to."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._every = serving.settings.watch_seconds
        self._wake = Event()
        self._stopping = False
        self._thread = Thread(target=self._run, name="release-watch", daemon=True)
        self._seen: Stamp = None
        self._failed_on: Stamp = None
        self._wait = 0.0
        self._not_before = 0.0
        self._told: str | None = None
        self._put_back: Callable[[], object] | None = None

    def start(self) -> None:
        """Begin to look, and listen for SIGHUP where that is possible."""
        self._listen()
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stopping = True
        self._wake.set()
        self._thread.join(_PATIENCE_SECONDS)

    def stop_listening(self) -> None:
        """Give SIGHUP back; only from the main thread of the process, as signals ask."""
        if self._put_back:
            self._put_back()

    def now(self) -> None:
        """Look at once."""
        self._not_before = 0.0
        self._seen = None
        self._wake.set()

    def look(self) -> None:
        """Move to a new release when there is one; tell of a failure once, and try again ever more rarely."""
        self._serving.look()
        shared = self._serving.settings.database_url is not None
        stamp = None if shared else pointer_stamp(self._serving.settings.data_dir)
        if stamp == self._failed_on and monotonic() < self._not_before:
            return
        if not (self._shared_news() if shared else stamp is not None and stamp != self._seen):
            return
        try:
            moved = self._serving.move()
        except (KnowledgeError, SQLAlchemyError, OSError) as error:
            self._failed(stamp, error.detail if isinstance(error, KnowledgeError) else type(error).__name__)
        except Exception as error:  # whatever a new release breaks, the old one must go on being served
            self._failed(stamp, type(error).__name__)
        else:
            self._seen, self._wait, self._told = stamp, 0.0, None
            if moved:
                self._moved()

    def _shared_news(self) -> bool:
        """Whether the shared database holds another release; it may also be lost for a while, which is told once."""
        try:
            news = not self._serving.digest or self._serving.is_outdated()
        except NotReady as error:
            if error.detail != self._told:
                get_logger().error("not ready", detail=error.detail, hint=error.hint)
                self._told = error.detail
            return False
        if not news and self._told:
            get_logger().info("ready again")
            self._told = None
        return news

    def _moved(self) -> None:
        store = self._serving.store()
        get_logger().info("moved to release", release=store.catalogue.release.id)
        try:
            store.finish()
        except Exception as error:  # the first request that needs the part will try again and tell
            get_logger().warning("a part of the release could not be made ahead", error=type(error).__name__)

    def _failed(self, stamp: Stamp, detail: str) -> None:
        again = stamp == self._failed_on
        self._wait = min(_LONGEST_WAIT, self._wait * 2 if again and self._wait else max(self._every, 1.0))
        self._failed_on = stamp
        self._not_before = monotonic() + self._wait
        if detail != self._told:
            event = "new release refused, the old one is served on" if self._serving.digest else "not ready"
            get_logger().error(event, detail=detail)
            self._told = detail

    def _run(self) -> None:
        while True:
            self._wake.wait(self._every or None)
            self._wake.clear()
            if self._stopping:
                return
            try:
                self.look()
            except Exception as error:  # the thread must outlive whatever it meets
                get_logger().warning("looking for a release failed", error=type(error).__name__)

    def _listen(self) -> None:
        if not hasattr(signal, "SIGHUP"):
            return
        try:
            before = signal.signal(signal.SIGHUP, lambda _number, _frame: self.now())
        except ValueError:  # not the main thread of the process: the clock alone must do
            return
        self._put_back = lambda: signal.signal(signal.SIGHUP, before)
