"""Opaque cursors: a place in one list of one release. Anything else is refused with a remedy."""

import base64
import binascii
import hashlib
import json

from api.errors import BadQuery
from api.knowledge.listing import Window

DEFAULT_LIMIT = 50
HIGHEST_LIMIT = 200


def encode(after: int, list_key: str) -> str:
    """The cursor for the rank to go on from. `list_key` names release, path, filters and order."""
    payload = json.dumps({"after": after}, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_seal(payload, list_key) + payload).decode().rstrip("=")


def decode(cursor: str, list_key: str) -> int:
    """The rank a cursor holds. Raises BadQuery when it was not given out for this list of this release."""
    refused = BadQuery(
        "cursor",
        "This cursor does not belong to this list.",
        "Take the cursor from links.next or meta.page.next_cursor of the same list, or leave it out to start again.",
    )
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        seal, payload = raw[:8], raw[8:]
        if seal != _seal(payload, list_key):
            raise refused
        after = json.loads(payload)["after"]
    except (binascii.Error, ValueError, KeyError, TypeError):
        raise refused from None
    if not isinstance(after, int):
        raise refused
    return after


def window(limit: int, cursor: str | None, list_key: str, *, descending: bool = False) -> Window:
    """The window a list request asks for."""
    return Window(limit, None if cursor is None else decode(cursor, list_key), descending)


def _seal(payload: bytes, list_key: str) -> bytes:
    return hashlib.sha256(list_key.encode() + b"\n" + payload).digest()[:8]
