"""On the wire a kept answer is the same whether the server takes it whole or is told it in messages: two real servers, one of
which hides the extension from the application, are sent the same bytes."""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from threading import Thread

import pytest
import uvicorn
from hypothesis import given
from hypothesis import settings as run_settings
from hypothesis import strategies as st
from starlette.types import ASGIApp, Receive, Scope, Send

from api.app import create_app
from api.settings import Settings
from api.web.server import _options
from api.web.whole import WHOLE

CARD, LARGE = "/v1/subtypes/fine-pleomorphic", "/v1/statements?limit=200"
PATHS = (CARD, CARD + "?include=statements", LARGE, "/v1/types/", "/v1/subtypes/none-such", "/health/live")
# What differs from answer to answer by right: when it was given, its number, and what is left of the minute.
OWN = re.compile(
    rb'(?<=\r\ndate: )[^\r]+|(?<=\r\nx-request-id: )[0-9a-f]{32}|(?<="request_id":")[0-9a-f]{32}|(?<=;r=)\d+|(?<=;t=)\d+'
)
PATIENCE = 60


@dataclass
class Way:
    """A server and what it offers the application."""

    server: uvicorn.Server
    port: int
    offered: set[bool]


@contextmanager
def serving(settings: Settings, *, hidden: bool) -> Iterator[Way]:
    """A server in a thread, with every switch of `serve`."""
    app: ASGIApp = create_app(settings)
    offered: set[bool] = set()

    async def seen(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if hidden:
                scope.pop("extensions")
            offered.add(WHOLE in scope.get("extensions", {}))
        await app(scope, receive, send)

    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(seen, **_options(settings)))
        thread = Thread(target=server.run, args=([port],))
        thread.start()
        try:
            end = time.monotonic() + PATIENCE
            while not server.started:
                assert time.monotonic() < end
                time.sleep(0.02)
            yield Way(server, port.getsockname()[1], offered)
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
        assert not thread.is_alive()


@pytest.fixture(scope="module")
def limited(settings: Settings) -> Settings:
    """Settings with everything on that an answer can tell of."""
    given = {"rate_limits": True, "rate_reads": 1_000_000, "allowed_hosts": ("x",), "body_seconds": 60}
    return settings.model_copy(update=given)


@pytest.fixture(scope="module")
def ways(limited: Settings) -> Iterator[tuple[Way, Way]]:
    """A server that takes whole answers, and one that is told them."""
    with serving(limited, hidden=False) as whole, serving(limited, hidden=True) as told:
        yield whole, told
        assert (whole.offered, told.offered) == ({True}, {False})


def said(way: Way, parts: list[bytes], pause: float = 0.0, buffer: int = 0) -> bytes:
    """All that is said to these parts, without what is an answer's own; read after a pause, a little at a time, when asked so."""
    with socket.socket() as caller:
        caller.settimeout(PATIENCE)
        if buffer:
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        caller.connect(("127.0.0.1", way.port))
        for part in parts:
            caller.sendall(part)
        time.sleep(pause)
        heard = bytearray()
        while chunk := caller.recv(buffer or 1 << 20):
            heard += chunk
    return OWN.sub(b"", bytes(heard))


def asked(path: str, *headers: bytes, method: bytes = b"GET", version: bytes = b"1.1") -> bytes:
    """A request as bytes."""
    lines = [b"%b %b HTTP/%b" % (method, path.encode(), version), b"Host: x", *headers]
    return b"\r\n".join([*lines, b"", b""])


@pytest.fixture(scope="module")
def tags(ways: tuple[Way, Way]) -> list[bytes]:
    """Tags of the answers, plain and compressed."""
    plain, packed = (said(ways[1], [asked(CARD, line, version=b"1.0")]) for line in (b"X: y", b"Accept-Encoding: gzip"))
    return [line for answer in (plain, packed) for line in re.findall(rb"\r\netag: ([^\r]+)", answer)]


HEADERS = (
    b"Accept-Encoding: gzip",
    b"Accept-Encoding: identity",
    b"If-None-Match: *",
    b"Accept: text/html",
    b"Accept: application/json",
    b"Origin: https://app.example",
    b"Range: bytes=0-9",
    b"Content-Length: 0",
    b"Connection: keep-alive",
    b"Expect: 100-continue",
    b"Host: y",
)
REQUESTS = st.tuples(
    st.sampled_from(PATHS),
    st.lists(st.sampled_from([*HEADERS, b"tag 0", b"tag 1"]), max_size=3, unique=True),
    st.sampled_from([b"GET", b"GET", b"HEAD", b"POST", b"OPTIONS"]),
)
ENDS = st.sampled_from([(b"1.1", b"Connection: close"), (b"1.0", b"X: y")])


@given(requests=st.lists(REQUESTS, min_size=1, max_size=6), end=ENDS, cuts=st.lists(st.integers(0, 600), max_size=3))
@run_settings(max_examples=100, deadline=None)
def test_any_conversation_has_the_same_bytes(
    ways: tuple[Way, Way],
    tags: list[bytes],
    requests: list[tuple[str, list[bytes], bytes]],
    end: tuple[bytes, bytes],
    cuts: list[int],
) -> None:
    known = {b"tag %d" % number: b"If-None-Match: " + tag for number, tag in enumerate(tags)}
    sent = b""
    for number, (path, headers, method) in enumerate(requests):
        last = number == len(requests) - 1
        lines = [known.get(line, line) for line in headers if not (last and line.startswith(b"Connection"))]
        version, closing = end if last else (b"1.1", b"X: y")
        sent += asked(path, *lines, closing, method=method, version=version)
    places = [0, *sorted(cut for cut in cuts if cut < len(sent)), len(sent)]
    parts = [sent[begin:until] for begin, until in pairwise(places)]
    whole, told = (said(way, parts) for way in ways)
    assert whole == told
    assert whole.count(b"HTTP/1.1 ") >= 1


@pytest.mark.parametrize("wish", [b"X: y", b"Accept-Encoding: gzip", b"If-None-Match: *"])
@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
def test_caller_who_reads_slowly_gets_all(ways: tuple[Way, Way], wish: bytes, method: bytes) -> None:
    sent = asked(LARGE, wish, method=method) * 30 + asked(LARGE, wish, b"Connection: close", method=method)
    whole, told = (said(way, [sent], 0.3, 2048 if method == b"HEAD" else 16_384) for way in ways)
    assert whole == told
    assert whole.count(b"\r\netag: ") == 31
    assert whole.count(b"\r\nconnection: close\r\n") == 1


def test_callers_who_leave_harm_nobody(ways: tuple[Way, Way]) -> None:
    before = said(ways[0], [asked(CARD, b"Connection: close")])
    for number in range(30):
        with socket.create_connection(("127.0.0.1", ways[0].port), timeout=PATIENCE) as caller:
            caller.sendall(asked(LARGE) * 20)
            caller.recv(1 + number * 997)
    after = said(ways[0], [asked(CARD, b"Connection: close")])
    assert after == before


@pytest.mark.parametrize("hidden", [False, True])
def test_answer_that_was_begun_ends_when_the_server_stops(limited: Settings, hidden: bool) -> None:
    with ExitStack() as stack:
        way = stack.enter_context(serving(limited, hidden=hidden))
        whole = said(way, [asked(LARGE, b"Connection: close")])
        length = len(whole.partition(b"\r\n\r\n")[2])
        caller = stack.enter_context(socket.socket())
        caller.settimeout(PATIENCE)
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        caller.connect(("127.0.0.1", way.port))
        caller.sendall(asked(LARGE) * 40)
        heard = bytearray(caller.recv(4096))
        way.server.should_exit = True
        time.sleep(0.5)
        while chunk := caller.recv(1 << 20):
            heard += chunk
    answers = bytes(heard).split(b"HTTP/1.1 200 OK\r\n")[1:]
    assert answers
    assert b"\r\nconnection: close\r\n" in answers[-1]
    assert {len(answer.partition(b"\r\n\r\n")[2]) for answer in answers} == {length}
