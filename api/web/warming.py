"""Builds what rooms keep in memory while the server already answers, so that starting is quick and few requests wait."""

from collections.abc import Sequence
from functools import partial
from threading import Event, Thread
from typing import Any

from api.errors import NotReady
from api.logs import get_logger
from api.web.open_store import Builder, OpenStore
from api.web.serving import Serving

_PATIENCE_SECONDS = 5.0
_HEAD_START_SECONDS = 0.5  # the server begins to answer first: both would share one interpreter


class Warming:
    """A thread that builds the parts one after another, once; a request that needs one earlier waits for that one."""

    def __init__(self, serving: Serving, parts: Sequence[Builder[Any]]) -> None:
        self._serving = serving
        self._parts = parts
        self._stopping = Event()
        self._done = Event()
        self._thread = Thread(target=self._run, name="warming", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wait(self) -> None:
        """Return when every part is built, or could not be."""
        self._done.wait()

    def stop(self) -> None:
        """Leave the parts not begun to the requests that need them, and wait for the thread."""
        self._stopping.set()
        self._thread.join(_PATIENCE_SECONDS)

    def _run(self) -> None:
        try:
            if self._parts:
                self._stopping.wait(_HEAD_START_SECONDS)
            for part in self._parts:
                if not self._stopping.is_set():
                    self._serving.ask(partial(_build, part))
            get_logger().info("warm")
        except NotReady:  # told already; the store that comes is warmed by the requests that need it
            pass
        except Exception as error:  # the first request that needs the part will try again and tell
            get_logger().warning("a part of the release could not be made ahead", error=type(error).__name__)
        finally:
            self._done.set()


def _build(part: Builder[Any], store: OpenStore) -> None:
    store.part(part)
