"""What a request must be before any handler sees it: short enough, in a form we read, asking for a form we write."""

from starlette.types import ASGIApp, Receive, Scope, Send

from api.web.bodies import given_again, read_body, too_large
from api.web.problems import Refusal

_WRITTEN = ("application/json", "application/problem+json", "application/*", "*/*")
_PICTURES = ".svg"
_FILES = "/v1/export."
_JSON_PATHS = ("/v1", "/openapi.json", "/health", "/problems")


class Guards:
    """Pure ASGI layer: trailing slashes do not matter; long addresses, large or foreign bodies and foreign wishes are refused.

    What a layer further out refused is answered here as well (`scope["refusal"]`), so that it is dressed like any answer.
    """

    def __init__(self, app: ASGIApp, max_body_bytes: int, max_url_bytes: int, body_seconds: float) -> None:
        self._app = app
        self._max_body_bytes = max_body_bytes
        self._max_url_bytes = max_url_bytes
        self._body_seconds = body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with the path tidied and the body read."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if len(path) > 1 and path.endswith("/"):
            scope["path"] = path.rstrip("/") or "/"
        headers = {name.lower(): value for name, value in scope["headers"]}
        refusal = scope.get("refusal") or self._refusal(scope, headers)
        if refusal is None and _has_body(headers):
            body = await read_body(receive, self._max_body_bytes, self._body_seconds)
            if body is None:
                return
            if isinstance(body, Refusal):
                refusal = body
            else:
                receive = given_again(body, receive)
        if refusal:
            await refusal.answer(scope)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope, headers: dict[bytes, bytes]) -> Refusal | None:
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > self._max_url_bytes:
            return Refusal("url-too-long", f"The address is longer than {self._max_url_bytes} bytes.", "Ask for less at once.")
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > self._max_body_bytes:
            return too_large(self._max_body_bytes)
        kind = headers.get(b"content-type", b"").split(b";")[0].strip().lower()
        if _has_body(headers) and kind != b"application/json":
            return Refusal(
                "unsupported-media-type", "Bodies are read as application/json only.", "Set Content-Type: application/json."
            )
        wanted = headers.get(b"accept", b"*/*").decode("latin-1")
        picture_or_file = scope["path"].endswith(_PICTURES) or scope["path"].startswith(_FILES)
        if scope["path"].startswith(_JSON_PATHS) and not picture_or_file and not accepts_json(wanted):
            return Refusal("not-acceptable", "Only application/json is written here.", "Ask with Accept: application/json.")
        return None


def _has_body(headers: dict[bytes, bytes]) -> bool:
    return b"transfer-encoding" in headers or int(headers.get(b"content-length", b"0")) > 0


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
