"""Files given out in parts: strong tag, SHA-256, one range at a time (206, 416, If-Range), never a whole file in memory."""

import base64
import re
from dataclasses import dataclass
from pathlib import Path

import anyio
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.web.conditional import CACHE_CONTROL
from api.web.problems import problem

_PART = 256 * 1024
_RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})", re.IGNORECASE)


@dataclass(frozen=True)
class FileOnDisk:
    """A file that never changes, and what is known of it."""

    path: Path
    name: str
    media_type: str
    size: int
    sha256: str


class Download(Response):
    """The response for a file, or for the part of it that was asked for."""

    def __init__(self, file: FileOnDisk) -> None:
        super().__init__(status_code=200)
        self._file = file
        self._tag = f'"{file.sha256}"'

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 304, 416, 206 or 200."""
        asked = Headers(scope=scope)
        if self._tag in {tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(",")}:
            await self._send_start(send, 304, {})
            await send({"type": "http.response.body", "body": b""})
            return
        size = self._file.size
        wanted = asked_range(asked.get("range"), size) if asked.get("if-range", self._tag) == self._tag else None
        if wanted == (0, 0):
            await self._refusal(scope)(scope, receive, send)
            return
        first, end = wanted or (0, size)
        headers = {"Content-Length": str(end - first), "Content-Type": self._file.media_type}
        headers["Content-Disposition"] = f'attachment; filename="{self._file.name}"'
        if wanted:
            headers["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
        await self._send_start(send, 206 if wanted else 200, headers)
        await self._send_part(send, first, first if scope.get("is_head") else end)

    async def _send_start(self, send: Send, status: int, headers: dict[str, str]) -> None:
        digest = base64.b64encode(bytes.fromhex(self._file.sha256)).decode()
        every = {"ETag": self._tag, "Cache-Control": CACHE_CONTROL, "Accept-Ranges": "bytes"}
        every |= {"Repr-Digest": f"sha-256=:{digest}:", **headers}
        raw = [(name.lower().encode(), value.encode()) for name, value in every.items()]
        await send({"type": "http.response.start", "status": status, "headers": raw})

    async def _send_part(self, send: Send, first: int, end: int) -> None:
        async with await anyio.open_file(self._file.path, "rb") as file:
            await file.seek(first)
            while first < end:
                part = await file.read(min(_PART, end - first))
                if not part:
                    raise OSError("the file ended early")
                first += len(part)
                await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    def _refusal(self, scope: Scope) -> Response:
        return problem(
            "range-not-satisfiable",
            f"The file has {self._file.size} bytes; the range asked for lies outside.",
            path=scope["path"],
            hint="Ask for a range inside the file, or without Range for the whole.",
            request_id=scope.get("request_id"),
            headers={"Content-Range": f"bytes */{self._file.size}", "Accept-Ranges": "bytes"},
        )


def asked_range(header: str | None, size: int) -> tuple[int, int] | None:
    """First byte and end of the one range asked for; (0, 0) when it lies outside the file.

    None stands for the whole file: no range, several ranges, another unit or nonsense, as RFC 9110 allows.
    """
    found = _RANGE.fullmatch((header or "").strip())
    if not found or not (found["first"] or found["last"]):
        return None
    if not found["first"]:
        first, end = max(size - int(found["last"]), 0), size
    else:
        first, end = int(found["first"]), min(int(found["last"] or size) + 1, size)
        if found["last"] and int(found["last"]) < first:
            return None
    return (first, end) if first < end else (0, 0)
