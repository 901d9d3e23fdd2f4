"""Whole answers: a head that was checked and joined when the answer was kept, and a body, handed to the server in one message.

This is an extension of ASGI. A server that knows it puts `WHOLE` into `scope["extensions"]` and takes one message of that type;
for any other the same message is told as the two of the protocol.
"""

import re
from collections.abc import Iterable

from starlette.types import Message, Scope, Send

Header = tuple[bytes, bytes]

WHOLE = "calcification.whole"
_END = b"\r\n"
_BETWEEN = b": "
# As RFC 9110 defines a field name; a value may hold anything but control characters other than the tab.
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9a-z-]+")
_VALUE = re.compile(rb"[^\x00-\x08\x0a-\x1f\x7f]*")


def checked_lines(headers: tuple[Header, ...]) -> bytes:
    """Headers as they go over the wire. ValueError when one of them must not be sent."""
    for name, value in headers:
        if not (_NAME.fullmatch(name) and _VALUE.fullmatch(value)):
            raise ValueError("a header that must not be sent")
    return lines(headers)


def lines(headers: Iterable[Header]) -> bytes:
    """Headers made by ourselves as they go over the wire."""
    return b"".join([b"%b: %b\r\n" % pair for pair in headers])


def whole(status: int, head: tuple[bytes, ...], body: bytes) -> Message:
    """The message: `head` are header lines, checked before, among them those that tell the length; a HEAD has no body."""
    return {"type": WHOLE, "status": status, "lines": head, "body": body}


async def send_whole(scope: Scope, send: Send, message: Message) -> None:
    """Send a whole answer in the way the server knows."""
    if WHOLE in (scope.get("extensions") or ()):
        await send(message)
        return
    parts = b"".join(message["lines"]).split(_END)[:-1]
    headers = [tuple(part.split(_BETWEEN, 1)) for part in parts]
    await send({"type": "http.response.start", "status": message["status"], "headers": headers})
    await send({"type": "http.response.body", "body": message["body"]})
