"""The outermost layer: a request id, security headers on every answer, and the last net under an unexpected error."""

from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.logs import get_logger
from api.web.open_store import ReleaseMoved
from api.web.problems import problem

_SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Strict-Transport-Security": "max-age=31536000",
}
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Browsers(CORSMiddleware):
    """Who may read from a browser. It stands outside `Outermost` and answers preflights itself, so it dresses them too."""

    def preflight_response(self, request_headers: Headers) -> Response:
        """The answer to a preflight."""
        response = super().preflight_response(request_headers)
        response.raw_headers.extend(security_headers(uuid4().hex))
        return response


def security_headers(request_id: str) -> list[tuple[bytes, bytes]]:
    """The headers of an answer that is given before any layer."""
    named = {**_SECURITY, "Content-Security-Policy": _POLICY, "X-Request-Id": request_id}
    return [(name.lower().encode(), value.encode()) for name, value in named.items()]


class Outermost:
    """Pure ASGI layer around everything."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve; an error that reaches here becomes a 500 problem, unless the answer has begun."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = uuid4().hex
        scope["request_id"] = request_id
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                headers.setdefault("Content-Security-Policy", _POLICY)
                for name, value in _SECURITY.items():
                    headers.setdefault(name, value)
                message["headers"].extend(scope.get("rate_headers", ()))
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except ReleaseMoved:
            raise  # the layer around asks again
        except Exception as error:
            # The text of an error may hold what a person typed: only its class is logged.
            get_logger().error("unexpected error", error=type(error).__name__, request_id=request_id)
            if started:
                raise
            answer = problem(
                "internal-error",
                "Something went wrong on our side.",
                path=scope["path"],
                hint="Try again; if it stays, report the request id.",
                request_id=request_id,
            )
            await answer(scope, receive, send_with_headers)
