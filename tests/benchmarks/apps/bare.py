"""The fastest a Python server can be here: an ASGI function that sends fixed bytes, with few headers or with all of ours."""

import json
import os
from pathlib import Path
from typing import Any

from starlette.types import Receive, Scope, Send

_FOLDER = Path(os.environ["BENCH_SAMPLE"])
_BODY = (_FOLDER / "body").read_bytes()
_FEW = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(_BODY))]
_ALL = [(name.encode(), value.encode()) for name, value in json.loads((_FOLDER / "headers.json").read_text(encoding="utf-8"))]
_END: dict[str, Any] = {"type": "http.response.body", "body": _BODY}
_FEW_START: dict[str, Any] = {"type": "http.response.start", "status": 200, "headers": _FEW}
_ALL_START: dict[str, Any] = {"type": "http.response.start", "status": 200, "headers": _ALL}


async def few_headers(scope: Scope, receive: Receive, send: Send) -> None:
    """The bytes with a content type and a length."""
    if scope["type"] == "http":
        await send(_FEW_START)
        await send(_END)


async def same_headers(scope: Scope, receive: Receive, send: Send) -> None:
    """The bytes with every header our service sends: the same bytes on the wire."""
    if scope["type"] == "http":
        await send(_ALL_START)
        await send(_END)
