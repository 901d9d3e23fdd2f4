"""Refusals of the transport in our words: the SDK's repeat the body they could not read."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from mcp_types import INVALID_PARAMS, INVALID_REQUEST, PARSE_ERROR

Send = Callable[[Any], Awaitable[None]]

_BAD_REQUEST = 400
_WORDS = {
    PARSE_ERROR: "The body is not JSON.",
    INVALID_REQUEST: "The body or the headers are not those of one JSON-RPC message.",
    INVALID_PARAMS: "The body is not one JSON-RPC message.",
}


class Discreet:
    """Passes answers on, except that a 400 which belongs to no request is worded afresh."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Any = None
        self._parts: list[bytes] = []

    async def __call__(self, message: Any) -> None:
        """Hold a 400 back until it is whole; send everything else as it comes."""
        if message["type"] == "http.response.start" and message["status"] == _BAD_REQUEST:
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._parts.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._whole()

    async def _whole(self) -> None:
        body = _reworded(b"".join(self._parts))
        headers = [(name, value) for name, value in self._start["headers"] if name.lower() != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def _reworded(body: bytes) -> bytes:
    try:
        told = json.loads(body)
        error = told["error"]
        code = error["code"]
    except (ValueError, TypeError, KeyError):
        return body
    if told.get("id") is not None or code not in _WORDS:
        return body
    error["message"] = _WORDS[code]
    return json.dumps(told, separators=(",", ":")).encode()
