"""Runs the application on uvicorn with our limits, in one process or several."""

import os
import signal
import tempfile
from contextlib import ExitStack
from multiprocessing.connection import wait
from socket import socket
from threading import Timer
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from api.settings import Settings
from api.web.connection import Connection

_SHARED = "PROMETHEUS_MULTIPROC_DIR"
_LOOK_SECONDS = 0.2


def run(app: ASGIApp, settings: Settings) -> None:
    """Serve from this process until it is told to stop."""
    uvicorn.run(app, **_options(settings))


def run_workers(app_name: str, settings: Settings) -> None:
    """Serve from several processes that share the port; each imports the application and reads its settings itself."""
    with ExitStack() as stack:
        if settings.metrics and _SHARED not in os.environ:
            os.environ[_SHARED] = stack.enter_context(tempfile.TemporaryDirectory(prefix="calcification-metrics-"))
        os.environ |= {"CALC_HOST": settings.host, "CALC_PORT": str(settings.port)}
        config = uvicorn.Config(app_name, workers=settings.workers, **_options(settings))
        _Workers(config, [config.bind_socket()], settings.drain_seconds).run()


class _Workers(Multiprocess):
    """Worker processes whose port is closed for good when they stop taking requests: the parent holds it open as well."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket], drain_seconds: float) -> None:
        super().__init__(config, sockets)
        self._drain_seconds = drain_seconds

    def terminate_all(self) -> None:
        """Tell all to stop; close the port when they have drained."""
        super().terminate_all()
        closing = Timer(self._drain_seconds, self._close)
        closing.daemon = True
        closing.start()

    def join_all(self) -> None:
        """Wait until all have stopped; a further signal ends the draining, as it does with one process."""
        while alive := [worker.process.sentinel for worker in self.processes if worker.process.is_alive()]:
            wait(alive, timeout=_LOOK_SECONDS)
            heard, self.signal_queue[:] = set(self.signal_queue), ()
            if heard & {signal.SIGTERM, signal.SIGINT}:
                self._close()
                super().terminate_all()
        super().join_all()

    def _close(self) -> None:
        for port in self.sockets:
            port.close()


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "host": settings.host,
        "port": settings.port,
        "http": Connection,
        "ws": "none",
        "lifespan": "on",
        "log_level": "error",  # what it warns of are the faults of callers, which the metrics count
        "access_log": False,
        "server_header": False,
        "date_header": True,
        "reset_contextvars": True,
        "proxy_headers": bool(settings.trusted_proxies),
        "forwarded_allow_ips": list(settings.trusted_proxies),
        "timeout_keep_alive": settings.keep_alive_seconds,
        "timeout_graceful_shutdown": settings.stop_seconds,
        "timeout_worker_healthcheck": 30,
    }
