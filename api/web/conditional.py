"""Caching as HTTP means it: strong ETags known before any work, 304 before any query, HEAD for every GET.

A tag is made of the release digest, the version of the code that writes the answer, and the canonical address. Content is
fixed for a release, so the same tag always means the same bytes.
"""

import hashlib
from collections.abc import Callable
from importlib.metadata import version
from operator import itemgetter
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CACHE_CONTROL = "public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800"
GZIP_SUFFIX = b"-gzip"
_UNCACHED = ("/health", "/metrics")
_REPRESENTATION = version("calcification-api")


class Conditional:
    """Pure ASGI layer around the routes. `digest` gives the release digest, or None while nothing can be served."""

    def __init__(self, app: ASGIApp, digest: Callable[[], str | None]) -> None:
        self._app = app
        self._digest = digest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 304 when the caller has the bytes already; else tag what the routes answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, _Tagging(send, None, head=False))
            return
        head = scope["method"] == "HEAD"
        digest = None if scope["path"].startswith(_UNCACHED) else self._digest()
        tag = etag(digest, scope["path"], scope["query_string"]) if digest else None
        if tag and (known := _known(scope, tag)):
            await _not_modified(send, known)
            return
        await self._app(
            {**scope, "method": "GET", "is_head": head or scope.get("is_head", False)}, receive, _Tagging(send, tag, head=head)
        )


class _Tagging:
    """Adds the tag to a 200 and holds back the body of a HEAD."""

    def __init__(self, send: Send, tag: str | None, *, head: bool) -> None:
        self._send = send
        self._tag = tag
        self._head = head

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.add_vary_header("Accept")
            if message["status"] == 200 and self._tag:
                headers.setdefault("ETag", self._tag)  # files carry the tag of their own bytes
                headers.setdefault("Cache-Control", CACHE_CONTROL)
            headers.setdefault("Cache-Control", "no-store")
        elif self._head:
            message = {**message, "body": b""}
        await self._send(message)


def etag(digest: str, path: str, query: bytes) -> str:
    """The strong tag of an address in a release; the order of query parameters matters only where one is given twice."""
    canonical = urlencode(sorted(parse_qsl(query.decode("latin-1"), keep_blank_values=True), key=itemgetter(0)))
    parts = "\n".join((digest, _REPRESENTATION, path, canonical))
    return f'"{hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


def _known(scope: Scope, tag: str) -> str | None:
    """The tag the caller has for this answer, plain or of its compressed form."""
    asked = b",".join(value for name, value in scope["headers"] if name == b"if-none-match").decode("latin-1")
    tags = {part.strip().removeprefix("W/") for part in asked.split(",")}
    compressed = f'{tag[:-1]}{GZIP_SUFFIX.decode()}"'
    return next((known for known in (tag, compressed) if known in tags), None)


async def _not_modified(send: Send, tag: str) -> None:
    headers = [(b"etag", tag.encode()), (b"cache-control", CACHE_CONTROL.encode()), (b"vary", b"Accept")]
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
