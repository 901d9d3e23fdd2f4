"""What a request must be before any handler sees it: short enough, in a form we read, asking for a form we write."""

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.web.problems import problem

_WRITTEN = ("application/json", "application/problem+json", "application/*", "*/*")
_PICTURES = ".svg"
_FILES = "/v1/export."
_JSON_PATHS = ("/v1", "/openapi.json", "/health", "/problems")


class Guards:
    """Pure ASGI layer: trailing slashes do not matter; long addresses, large or foreign bodies and foreign wishes are refused."""

    def __init__(self, app: ASGIApp, max_body_bytes: int, max_url_bytes: int) -> None:
        self._app = app
        self._max_body_bytes = max_body_bytes
        self._max_url_bytes = max_url_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with the path tidied and the body limited."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if len(path) > 1 and path.endswith("/"):
            scope["path"] = path.rstrip("/") or "/"
        refusal = self._refusal(scope)
        if refusal:
            await refusal(scope, receive, send)
            return
        await self._app(scope, self._limited(receive), send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = {name.lower(): value for name, value in scope["headers"]}
        about = {"path": scope["path"], "request_id": scope.get("request_id")}
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > self._max_url_bytes:
            return problem(
                "url-too-long",
                f"The address is longer than {self._max_url_bytes} bytes.",
                hint="Ask for less at once.",
                **about,
            )
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > self._max_body_bytes:
            return problem(
                "body-too-large",
                f"The body is larger than {self._max_body_bytes} bytes.",
                hint="Send less at once.",
                **about,
            )
        kind = headers.get(b"content-type", b"").split(b";")[0].strip().lower()
        if (int(length) or b"transfer-encoding" in headers) and kind != b"application/json":
            return problem(
                "unsupported-media-type",
                "Bodies are read as application/json only.",
                hint="Set Content-Type: application/json.",
                **about,
            )
        wanted = headers.get(b"accept", b"*/*").decode("latin-1")
        picture_or_file = scope["path"].endswith(_PICTURES) or scope["path"].startswith(_FILES)
        if scope["path"].startswith(_JSON_PATHS) and not picture_or_file and not accepts_json(wanted):
            return problem(
                "not-acceptable",
                "Only application/json is written here.",
                hint="Ask with Accept: application/json.",
                **about,
            )
        return None

    def _limited(self, receive: Receive) -> Receive:
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._max_body_bytes:
                return {"type": "http.disconnect"}
            return message

        return limited


def accepts_json(accept: str) -> bool:
    """Whether an Accept header allows JSON: the most exact range that matches decides, a quality of 0 forbids."""
    best, allowed = -1, not accept.strip()
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if media in _WRITTEN:
            exactness = 0 if media == "*/*" else 1 if media == "application/*" else 2
            if exactness > best or (exactness == best and not allowed):
                best, allowed = (
                    exactness,
                    not any(p.replace(" ", "") in ("q=0", "q=0.0", "q=0.00", "q=0.000") for p in parameters),
                )
    return allowed
