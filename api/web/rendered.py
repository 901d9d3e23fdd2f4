"""Answers that were made once are not made again: a bounded store of bytes in front of everything else.

Content is fixed for a release, so an answer with a strong tag is good as long as the release is served. The store keeps the
bytes and their compressed form, forgets the least recently asked first, and is emptied when the release changes. Only plain GET
and HEAD are answered here; whatever is unusual about a request sends it the long way.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from itertools import count
from os import urandom
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.web.forms import REQUEST_ID, Answer, Key, answer_of, told
from api.web.whole import Header, lines, send_whole
from api.web.wishes import Wish, wish_of
from api.web.witness import Witness

_LARGEST = 2_000_000
_SHARE = 4
_VARY = b"Accept, Accept-Encoding"
_NEVER = {b"set-cookie", b"accept-ranges", b"connection", b"transfer-encoding"}  # files prove their bytes as they lie on disk


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
        self._extra = [(name.lower().encode(), value.encode()) for name, value in extra.items()]
        self._extra.append((b"vary", _VARY if any_origin else _VARY + b", Origin"))
        self._most_bytes = most_bytes
        self._any_origin = any_origin
        self._witness = witness if witness and witness.watches else None
        self._served: str | None = None
        self._answers: dict[Key, Answer] = {}
        self._recent: OrderedDict[bytes, Answer] = OrderedDict()
        self._identity = urandom(10).hex().encode() + b"%012x"
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
        wish = None if generation is None else wish_of(scope["headers"], self._any_origin)
        if wish is None:
            await self._app(scope, receive, send)
            return
        key = (scope.get("raw_path") or scope["path"].encode(), scope["query_string"])
        answer = self._answers.get(key)
        if answer is None:
            capture = _Capture(self, key, wish, scope, send, generation)
            await self._app({**scope, "method": "GET", "is_head": scope["method"] == "HEAD"}, receive, capture)
            return
        self.hits += 1
        self._recent.move_to_end(answer.plain.tag)
        identity = self._identity % next(self._numbers)
        own = b"x-request-id: %b\r\n" % identity
        if "rate_headers" in scope:
            own += lines(scope["rate_headers"])
        given = told(answer, wish, scope["method"] == "HEAD", own)
        await send_whole(scope, send, given)
        if self._witness:
            self._witness.kept(scope, given["status"], begun, identity)

    def keep(self, key: Key, start: Message, body: bytes, asked_of: str | None) -> Answer | None:
        """Store an answer under the address it was asked by; None when it is not fit to be kept.

        `asked_of` is the generation at the time of the request: an answer from before a change is not one from after it.
        """
        tag = next((value for name, value in start["headers"] if name == b"etag"), None)
        too_large = len(body) > min(_LARGEST, self._most_bytes // _SHARE)
        if tag is None or too_large or not asked_of == self._served == self._generation():
            return None
        answer = self._recent.get(tag) or self._take_in(tag, start["headers"], body)
        if answer is None:
            return None
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

    def _take_in(self, tag: bytes, headers: Iterable[Header], body: bytes) -> Answer | None:
        try:
            answer = answer_of(tag, headers, self._extra, body)
        except ValueError:  # the server refuses such a header as well, and says so
            return None
        self._recent[tag] = answer
        self.bytes_kept += answer.size
        return answer

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


class _Capture:
    """Holds an answer back until it is whole; keeps it if it is fit, else sends it on as it came."""

    def __init__(self, store: Rendered, key: Key, wish: Wish, scope: Scope, send: Send, asked_of: str | None) -> None:
        self._store = store
        self._asked_of = asked_of
        self._key = key
        self._head = scope["method"] == "HEAD"
        self._wish = wish
        self._scope = scope
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
        if answer is None:
            await self._send(self._start)
            await self._send({"type": "http.response.body", "body": b"" if self._head else body})
            return
        identity = [pair for pair in self._start["headers"] if pair[0] == REQUEST_ID]
        own = lines([*identity, *self._scope.get("rate_headers", ())])
        await send_whole(self._scope, self._send, told(answer, self._wish, self._head, own))


def _fit(start: Message) -> bool:
    """Whether an answer is a whole, tagged 200 of a known and bearable length."""
    if start["status"] != 200:
        return False
    headers = dict(start["headers"])
    length = headers.get(b"content-length", b"")
    return b"etag" in headers and length.isdigit() and int(length) <= _LARGEST and not _NEVER & headers.keys()
