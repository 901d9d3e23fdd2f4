"""Answers that were made once are not made again: a bounded store of bytes in front of everything else.

Content is fixed for a release, so an answer with a strong tag is good as long as the release is served. The store keeps the
bytes and their compressed form, forgets the least recently asked first, and is emptied when the release changes. Only plain GET
and HEAD are answered here; whatever is unusual about a request sends it the long way.
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from os import urandom
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.web.conditional import GZIP_SUFFIX
from api.web.guards import accepts_json
from api.web.witness import Witness

Header = tuple[bytes, bytes]
Headers = list[Header]
Key = tuple[bytes, bytes]

_LARGEST = 2_000_000
_WORTH_COMPRESSING = 400
_OVERHEAD = 1_500
_SHARE = 4
_REQUEST_ID = b"x-request-id"
_PER_REQUEST = (_REQUEST_ID, b"ratelimit", b"access-control-", b"content-length", b"etag", b"vary")
_COMPRESSIBLE = (b"application/json", b"text/")
_VARY = b"Accept, Accept-Encoding"


@dataclass(slots=True)
class _Form:
    """One way to send an answer: its whole headers, those of its 304, and its body."""

    tag: bytes
    headers: Headers
    not_modified: Headers
    body: Message


@dataclass(slots=True)
class _Answer:
    """A stored answer."""

    plain: _Form
    packed: _Form | None
    keys: set[Key] = field(default_factory=set)
    size: int = 0


class Rendered:
    """Pure ASGI layer around the whole service.

    `generation` gives what answers depend on (the release digest), None while nothing may be stored; `extra` are headers
    of every answer; at most `most_bytes` are kept.
    """

    def __init__(
        self,
        app: ASGIApp,
        generation: Callable[[], str | None],
        extra: dict[str, str],
        most_bytes: int,
        any_origin: bool,
        witness: Witness | None = None,
    ) -> None:
        self._app = app
        self._generation = generation
        self._vary = (b"vary", _VARY if any_origin else _VARY + b", Origin")
        self._extra: Headers = [(name.lower().encode(), value.encode()) for name, value in extra.items()]
        self._most_bytes = most_bytes
        self._any_origin = any_origin
        self._witness = witness if witness and witness.watches else None
        self._served: str | None = None
        self._answers: dict[Key, _Answer] = {}
        self._recent: OrderedDict[bytes, _Answer] = OrderedDict()
        self._prefix = urandom(10).hex().encode()
        self._numbers = count()
        self.bytes_kept = 0
        self.hits = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the store when it can be done, else pass on and keep what comes back."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or "refusal" in scope:
            await self._app(scope, receive, send)
            return
        begun = perf_counter()
        generation = self._generation()
        if generation != self._served:
            self._forget_all(generation)
        wish = None if generation is None else _wish(scope["headers"], self._any_origin)
        if wish is None:
            await self._app(scope, receive, send)
            return
        key = (scope.get("raw_path") or scope["path"].encode(), scope["query_string"])
        answer = self._answers.get(key)
        extra = scope.get("rate_headers", ())
        if answer is None:
            capture = _Capture(self, key, scope["method"], wish, send, generation, extra)
            await self._app({**scope, "method": "GET", "is_head": scope["method"] == "HEAD"}, receive, capture)
            return
        self.hits += 1
        self._recent.move_to_end(answer.plain.tag)
        identity = b"%b%012x" % (self._prefix, next(self._numbers))
        start, body = self.messages(answer, wish, scope["method"] == "HEAD", [(_REQUEST_ID, identity), *extra])
        await send(start)
        await send(body)
        if self._witness:
            self._witness.kept(scope, start["status"], begun, identity)

    def messages(self, answer: _Answer, wish: "_Wish", head: bool, own: Headers) -> tuple[Message, Message]:
        """What to send of a stored answer, with the headers that are this request's own."""
        gzip_wished, tags = wish
        form = answer.packed if gzip_wished and answer.packed else answer.plain
        if tags and (tags == b"*" or form.tag in tags):
            return {"type": _START, "status": 304, "headers": [*form.not_modified, *own]}, _EMPTY
        return {"type": _START, "status": 200, "headers": [*form.headers, *own]}, _EMPTY if head else form.body

    def keep(self, key: Key, start: Message, body: bytes, asked_of: str | None) -> "_Answer | None":
        """Store an answer under the address it was asked by; None when it is not fit to be kept.

        `asked_of` is the generation at the time of the request: an answer from before a change is not one from after it.
        """
        headers: Headers = start["headers"]
        tag = next((value for name, value in headers if name == b"etag"), None)
        too_large = len(body) > min(_LARGEST, self._most_bytes // _SHARE)
        if tag is None or too_large or not asked_of == self._served == self._generation():
            return None
        answer = self._recent.get(tag)
        if answer is None:
            answer = _made(tag, [*_lasting(headers), *self._extra, self._vary], body)
            self._recent[tag] = answer
            self.bytes_kept += answer.size
        if key not in answer.keys:
            answer.keys.add(key)
            weight = len(key[0]) + len(key[1]) + 200
            answer.size += weight
            self.bytes_kept += weight
        self._answers[key] = answer
        while self.bytes_kept > self._most_bytes and len(self._recent) > 1:
            self._forget_oldest()
        return answer

    @property
    def answers_kept(self) -> int:
        """How many answers are in memory."""
        return len(self._recent)

    def _forget_oldest(self) -> None:
        _, oldest = self._recent.popitem(last=False)
        for key in oldest.keys:
            del self._answers[key]
        self.bytes_kept -= oldest.size

    def _forget_all(self, generation: str | None) -> None:
        self._answers.clear()
        self._recent.clear()
        self.bytes_kept = 0
        self._served = generation


_START = "http.response.start"
_EMPTY: Message = {"type": "http.response.body", "body": b""}

# What a plain request may still wish: compressed bytes or not, and only bytes it has not got (these tags).
_Wish = tuple[bool, bytes]
_ENCODING, _TAGS, _ACCEPT, _ODD, _ORIGIN = range(1, 6)
_MATTERING = {
    b"accept-encoding": _ENCODING,
    b"if-none-match": _TAGS,
    b"accept": _ACCEPT,
    b"origin": _ORIGIN,
    **dict.fromkeys((b"content-length", b"transfer-encoding", b"content-type", b"range", b"if-range"), _ODD),
}


def _wish(headers: Headers, any_origin: bool) -> _Wish | None:
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


def _lasting(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if not name.startswith(_PER_REQUEST)]


def _made(tag: bytes, headers: Headers, body: bytes) -> _Answer:
    plain = _form(tag, headers, body)
    kind = next((value for name, value in headers if name == b"content-type"), b"")
    packed = None
    if len(body) >= _WORTH_COMPRESSING and kind.startswith(_COMPRESSIBLE):
        small = gzip.compress(body, 6, mtime=0)
        packed = _form(tag[:-1] + GZIP_SUFFIX + b'"', [*headers, (b"content-encoding", b"gzip")], small)
    size = _OVERHEAD + len(body) + (len(packed.body["body"]) if packed else 0)
    return _Answer(plain, packed, size=size)


def _form(tag: bytes, headers: Headers, body: bytes) -> _Form:
    whole = [*headers, (b"etag", tag), (b"content-length", b"%d" % len(body))]
    spare = [item for item in headers if not item[0].startswith((b"content-type", b"content-encoding", b"link"))]
    return _Form(tag, whole, [*spare, (b"etag", tag)], {"type": "http.response.body", "body": body})


class _Capture:
    """Holds an answer back until it is whole; keeps it if it is fit, else sends it on as it came."""

    def __init__(
        self, store: Rendered, key: Key, method: str, wish: _Wish, send: Send, asked_of: str | None, extra: Iterable[Header]
    ) -> None:
        self._store = store
        self._extra = extra
        self._asked_of = asked_of
        self._key = key
        self._head = method == "HEAD"
        self._wish = wish
        self._send = send
        self._start: Message = {}
        self._parts: list[bytes] = []
        self._through = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            self._through = not _fit(message)
            if self._through:
                await self._send(message)
            return
        if self._through:
            await self._send({**message, "body": b""} if self._head else message)
            return
        self._parts.append(message.get("body", b""))
        if not message.get("more_body"):
            await self._whole(b"".join(self._parts))

    async def _whole(self, body: bytes) -> None:
        answer = self._store.keep(self._key, self._start, body, self._asked_of)
        start = self._start
        rest: Message = {"type": "http.response.body", "body": b"" if self._head else body}
        if answer:
            identity = [pair for pair in start["headers"] if pair[0] == _REQUEST_ID]
            start, rest = self._store.messages(answer, self._wish, self._head, [*identity, *self._extra])
        await self._send(start)
        await self._send(rest)


def _fit(start: Message) -> bool:
    """Whether an answer is a whole, tagged 200 of a known and bearable length."""
    if start["status"] != 200:
        return False
    headers = dict(start["headers"])
    length = headers.get(b"content-length", b"")
    never = b"set-cookie" in headers or b"accept-ranges" in headers  # files prove their bytes as they lie on disk
    return b"etag" in headers and length.isdigit() and int(length) <= _LARGEST and not never
