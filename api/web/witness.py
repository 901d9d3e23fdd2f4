"""Sees every answer once: counts it for the metrics and, on wish, writes the access log. Routes, never paths; no addresses
unless an operator asks for them."""

from time import perf_counter
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.logs import get_logger
from api.web.route_names import RouteNames, method_of

if TYPE_CHECKING:
    from api.web.metrics import Metrics


class Witness:
    """Where layers tell of answers."""

    def __init__(self, metrics: "Metrics | None", *, access_log: bool, addresses: bool) -> None:
        self.routes = RouteNames()
        self._metrics = metrics
        self._log = get_logger().bind() if access_log else None
        self._addresses = addresses

    @property
    def watches(self) -> bool:
        """Whether anybody wants to know."""
        return bool(self._metrics or self._log)

    def kept(self, scope: Scope, status: int, begun: float, request_id: bytes) -> None:
        """An answer was given from memory."""
        route = self.routes.of(scope["path"])
        if self._metrics:
            self._metrics.count(route, scope["method"], status)
        if self._log:
            self._write(scope, route, status, perf_counter() - begun, request_id, kept=True)

    def made(self, scope: Scope, path: str, status: int, begun: float, request_id: bytes) -> None:
        """An answer was made, or given up when the status is 0."""
        seconds = perf_counter() - begun
        route = self.routes.of(path)
        if self._metrics:
            self._metrics.count(route, _asked_by(scope), status)
            self._metrics.time(route, seconds)
        if self._log:
            self._write(scope, route, status, seconds, request_id, kept=False)

    def _write(self, scope: Scope, route: str, status: int, seconds: float, request_id: bytes, *, kept: bool) -> None:
        about = {"address": scope["client"][0] if scope["client"] else None} if self._addresses else {}
        assert self._log is not None  # noqa: S101  # asked for by the callers
        self._log.info(
            "request",
            method=_asked_by(scope),
            route=route,
            status=status,
            milliseconds=round(seconds * 1000, 3),
            request_id=request_id.decode("ascii"),
            kept=kept,
            **about,
        )


def _asked_by(scope: Scope) -> str:
    """The method a caller used: what is made for a HEAD is made as for a GET."""
    return "HEAD" if scope.get("is_head") else method_of(scope["method"])


class Watched:
    """Pure ASGI layer around all that makes answers; it stands behind the kept ones."""

    def __init__(self, app: ASGIApp, witness: Witness) -> None:
        self._app = app
        self._witness = witness

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve and tell."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, path = perf_counter(), scope["path"]
        status, request_id = 0, b""

        async def seen(message: Message) -> None:
            nonlocal status, request_id
            if message["type"] == "http.response.start":
                status = message["status"]
                request_id = next((value for name, value in message["headers"] if name == b"x-request-id"), b"")
            await send(message)

        try:
            await self._app(scope, receive, seen)
        finally:
            self._witness.made(scope, path, status, begun, request_id)
