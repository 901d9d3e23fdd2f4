"""A TCP relay that can be cut and mended, to lose a database without stopping the server others use."""

import socket
from contextlib import suppress
from threading import Lock, Thread
from types import TracebackType


class Relay:
    """Passes connections on to a port of this machine until it is cut; then it refuses new ones."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._lock = Lock()
        self._open: set[socket.socket] = set()
        self._listener: socket.socket | None = self._listen(0)
        self.port: int = self._listener.getsockname()[1]
        self._serve()

    def cut(self) -> None:
        """Break every connection and refuse new ones."""
        listener, self._listener = self._listener, None
        if listener:
            _end(listener)
        with self._lock:
            broken, self._open = self._open, set()
        for end in broken:
            _end(end)

    def mend(self) -> None:
        """Listen again at the same port."""
        self._listener = self._listen(self.port)
        self._serve()

    def __enter__(self) -> "Relay":
        """Already listening."""
        return self

    def __exit__(self, *_given: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Cut for good."""
        self.cut()

    def _listen(self, port: int) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(64)
        return listener

    def _serve(self) -> None:
        assert self._listener
        Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near = listener.accept()[0]
                far = socket.create_connection(("127.0.0.1", self._target))
                with self._lock:
                    if listener is not self._listener:  # cut in this very moment
                        _end(near)
                        _end(far)
                        return
                    self._open |= {near, far}
                for one, other in ((near, far), (far, near)):
                    Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while heard := source.recv(65_536):
                sink.sendall(heard)
        for end in (source, sink):
            _end(end)


def _end(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
