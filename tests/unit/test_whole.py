"""A whole answer is the answer that would be told in messages: the same bytes, the same end, nothing that must not be sent."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message
from uvicorn.protocols.http.httptools_impl import HEADER_RE, HEADER_VALUE_RE, RequestResponseCycle

from api.web.cycle import take_whole_answers
from api.web.whole import Header, checked_lines, send_whole, whole


class Flow:
    """Writing is never held back unless it is told so."""

    def __init__(self) -> None:
        self.write_paused = False
        self.drained = 0

    async def drain(self) -> None:
        """Wait, for nothing."""
        self.drained += 1


class Transport:
    """Remembers what was written and whether it was closed."""

    def __init__(self) -> None:
        self.written = b""
        self.closed = False

    def write(self, data: bytes) -> None:
        """Write."""
        assert not self.closed
        self.written += data

    def writelines(self, parts: Any) -> None:
        """Write all parts."""
        self.write(b"".join(parts))

    def close(self) -> None:
        """Close."""
        self.closed = True


class Asked:
    """One request on a server that takes whole answers, or on one that does not."""

    def __init__(self, method: str, keep_alive: bool, *, takes_whole: bool) -> None:
        self.transport, self.flow, self.ends = Transport(), Flow(), 0
        self.scope: Any = {"type": "http", "method": method, "headers": [], "path": "/", "query_string": b"", "client": None}
        self.scope["http_version"] = "1.1"
        given: dict[str, Any] = {
            "scope": self.scope,
            "transport": self.transport,
            "flow": self.flow,
            "logger": None,
            "access_logger": None,
        }
        given |= {"default_headers": [(b"date", b"today")], "message_event": asyncio.Event(), "on_response": self._end}
        self.cycle = RequestResponseCycle(**given, access_log=False, expect_100_continue=False, keep_alive=keep_alive)
        if takes_whole:
            take_whole_answers(self.cycle)
        self.send: Any = self.cycle.send

    def _end(self) -> None:
        self.ends += 1

    def answer(self, message: Message) -> "Asked":
        """Answer."""
        coroutine = send_whole(self.scope, self.send, message)
        with pytest.raises(StopIteration):
            coroutine.send(None)
        return self

    @property
    def outcome(self) -> tuple[object, ...]:
        """All that is left of it."""
        cycle = self.cycle
        state = cycle.response_started, cycle.response_complete, cycle.keep_alive, cycle.message_event.is_set()
        return self.transport.written, self.transport.closed, self.ends, *state


_NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_!#", min_size=1, max_size=12).map(str.encode)
_FRAMING = {b"content-length", b"transfer-encoding", b"connection"}
_HEADERS = st.lists(
    st.tuples(
        _NAMES.filter(lambda name: name not in _FRAMING), st.text(' \t:;="aZ\xff', max_size=12).map(lambda s: s.encode("latin-1"))
    ),
    max_size=5,
)


@given(
    headers=_HEADERS,
    own=_HEADERS,
    body=st.binary(max_size=40),
    method=st.sampled_from(["GET", "HEAD"]),
    unchanged=st.booleans(),
    keep_alive=st.booleans(),
)
def test_bytes_and_end_are_those_of_the_messages(
    headers: list[Header], own: list[Header], body: bytes, method: str, unchanged: bool, keep_alive: bool
) -> None:
    length = [] if unchanged else [(b"content-length", b"%d" % len(body))]
    head = checked_lines((*headers, *length)), checked_lines(tuple(own))
    message = whole(304 if unchanged else 200, head, b"" if unchanged or method == "HEAD" else body)
    at_once, told = (Asked(method, keep_alive, takes_whole=way).answer(message) for way in (True, False))
    assert at_once.outcome == told.outcome
    assert at_once.ends == 1


@given(name=st.binary(max_size=8), value=st.binary(max_size=8))
def test_what_is_kept_as_lines_the_server_would_send(name: bytes, value: bytes) -> None:
    try:
        checked_lines(((name, value),))
    except ValueError:
        return
    assert name
    assert not HEADER_RE.search(name)
    assert not HEADER_VALUE_RE.search(value)


@pytest.mark.parametrize("pair", [(b"x", b"a\r\nb"), (b"x", b"\x00"), (b"x y", b""), (b"x:", b""), (b"", b""), (b"x\n", b"")])
def test_header_that_must_not_be_sent_is_refused(pair: Header) -> None:
    with pytest.raises(ValueError, match="must not be sent"):
        checked_lines((pair,))


def test_nothing_is_written_for_a_caller_who_left() -> None:
    asked = Asked("GET", True, takes_whole=True)
    asked.cycle.disconnected = True
    asked.flow.write_paused = True
    assert asked.answer(whole(200, (), b"x")).transport.written == b""
    assert (asked.flow.drained, asked.ends) == (0, 0)


def test_full_buffers_are_waited_for() -> None:
    asked = Asked("GET", True, takes_whole=True)
    asked.flow.write_paused = True
    assert asked.answer(whole(200, (), b"x")).transport.written.endswith(b"x")
    assert asked.flow.drained == 1


def test_second_answer_is_an_error() -> None:
    asked = Asked("GET", True, takes_whole=True).answer(whole(200, (), b"x"))
    with pytest.raises(RuntimeError, match="after another"):
        send_whole(asked.scope, asked.send, whole(200, (), b"x")).send(None)


@pytest.mark.parametrize("scope", [{}, {"extensions": None}, {"extensions": {}}, {"extensions": {"http.response.push": {}}}])
def test_other_servers_get_two_messages(scope: dict[str, Any]) -> None:
    heard: list[Message] = []

    async def send(message: Message) -> None:
        heard.append(message)

    with pytest.raises(StopIteration):
        send_whole(scope, send, whole(200, (b"a: b: c\r\nd: \r\n", b"e:  f\r\n"), b"x")).send(None)
    headers = [(b"a", b"b: c"), (b"d", b""), (b"e", b" f")]
    assert heard == [
        {"type": "http.response.start", "status": 200, "headers": headers},
        {"type": "http.response.body", "body": b"x"},
    ]
