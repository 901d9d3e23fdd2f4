"""What a plain request may wish of an answer that is kept; whatever is unusual about a request is answered elsewhere."""

from functools import lru_cache

from api.web.guards import accepts_json
from api.web.whole import Header

# What a plain request may still wish: compressed bytes or not, and only bytes it has not got (these tags).
Wish = tuple[bool, bytes]
_ENCODING, _TAGS, _ACCEPT, _ODD, _ORIGIN = range(1, 6)
_MATTERING = {
    b"accept-encoding": _ENCODING,
    b"if-none-match": _TAGS,
    b"accept": _ACCEPT,
    b"origin": _ORIGIN,
    **dict.fromkeys((b"content-length", b"transfer-encoding"), _ODD),
}  # a type without a body says nothing; a range may be ignored, and files, which do not ignore it, are never kept


def wish_of(headers: list[Header], any_origin: bool) -> Wish | None:
    """The wish of a plain request; None when something about it is unusual."""
    encoding, tags = b"", b""
    for name, value in headers:
        kind = _MATTERING.get(name)
        if kind is None:
            continue
        if kind == _ENCODING:
            encoding = value
        elif kind == _TAGS:
            if tags:
                return None
            tags = value
        elif kind == _ACCEPT:
            if value != b"*/*" and not _accepts(value):
                return None
        elif kind == _ODD or not any_origin:
            return None
    return bool(encoding) and _accepts_gzip(encoding), tags


@lru_cache(maxsize=512)
def _accepts(accept: bytes) -> bool:
    return len(accept) < 500 and accepts_json(accept.decode("latin-1"))


@lru_cache(maxsize=512)
def _accepts_gzip(encoding: bytes) -> bool:
    """Whether gzip is named or covered by a star, and not with a quality of 0."""
    allowed = False
    for part in encoding.decode("latin-1").lower().split(","):
        name, _, quality = part.strip().partition(";")
        if name.strip() in ("gzip", "x-gzip", "*"):
            refused = quality.replace(" ", "").removeprefix("q=") in ("0", "0.0", "0.00", "0.000")
            if name.strip() != "*" or not allowed:
                allowed = not refused
            if name.strip() != "*":
                return allowed
    return allowed
