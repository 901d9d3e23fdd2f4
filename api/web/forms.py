"""The forms of a kept answer: plain and compressed, whole and not modified, and which of them a request gets."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from starlette.types import Message

from api.web.conditional import GZIP_SUFFIX
from api.web.whole import Header, checked_lines, whole
from api.web.wishes import Wish

Key = tuple[bytes, bytes]

REQUEST_ID = b"x-request-id"
_WORTH_COMPRESSING = 400
_OVERHEAD = 1_500
_PER_REQUEST = (REQUEST_ID, b"ratelimit", b"access-control-", b"content-length", b"etag", b"vary")
_OF_THE_BODY = (b"content-type", b"content-encoding", b"link")
_COMPRESSIBLE = (b"application/json", b"text/")

# Most answers have the same headers but for a few: these share their bytes.
_shared_lines = lru_cache(maxsize=64)(checked_lines)


@dataclass(slots=True)
class Form:
    """One way to send an answer: its tag, the lines of its head and of the head of its 304, and its body."""

    tag: bytes
    head: tuple[bytes, bytes]
    not_modified: tuple[bytes, bytes]
    body: bytes


@dataclass(slots=True)
class Answer:
    """A stored answer."""

    plain: Form
    packed: Form | None
    keys: set[Key] = field(default_factory=set)
    size: int = 0


def answer_of(tag: bytes, headers: Iterable[Header], extra: Iterable[Header], body: bytes) -> Answer:
    """An answer to store, of the headers it was made with and those of every answer. ValueError when one must not be sent."""
    lasting = [*(pair for pair in headers if not pair[0].startswith(_PER_REQUEST)), *extra]
    plain = _form(tag, lasting, body)
    kind = next((value for name, value in lasting if name == b"content-type"), b"")
    packed = None
    if len(body) >= _WORTH_COMPRESSING and kind.startswith(_COMPRESSIBLE):
        small = gzip.compress(body, 6, mtime=0)
        packed = _form(tag[:-1] + GZIP_SUFFIX + b'"', [*lasting, (b"content-encoding", b"gzip")], small)
    size = _OVERHEAD + len(body) + (len(packed.body) if packed else 0)
    return Answer(plain, packed, size=size)


def told(answer: Answer, wish: Wish, head: bool, own: bytes) -> Message:
    """What a request gets of a stored answer, with the header lines that are its own."""
    gzip_wished, tags = wish
    form = answer.packed if gzip_wished and answer.packed else answer.plain
    if tags and (tags == b"*" or form.tag in tags):
        return whole(304, (*form.not_modified, own), b"")
    return whole(200, (*form.head, own), b"" if head else form.body)


def _form(tag: bytes, headers: list[Header], body: bytes) -> Form:
    known = checked_lines(((b"etag", tag),))
    length = b"content-length: %d\r\n" % len(body)
    spare = tuple(pair for pair in headers if not pair[0].startswith(_OF_THE_BODY))
    return Form(tag, (_shared_lines(tuple(headers)), known + length), (_shared_lines(spare), known), body)
