"""Connections of the server with limits it lacks: time to send headers, size of headers, callers that stop reading.

Nothing is timed per request. A sweep looks at every connection now and then and compares with what it saw before.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import uuid4

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from api.web.cycle import take_whole_answers
from api.web.middleware import security_headers
from api.web.problems import Refusal

STATE = "connections"
_SLACK_SECONDS = 2.0  # the layers inside answer first; this is for what they cannot see


@dataclass
class Connections:
    """The limits of connections, and those that are open. The application hands it to its server (lifespan state)."""

    header_seconds: float
    body_seconds: float
    keep_alive_seconds: float
    stalled_seconds: float
    max_header_bytes: int
    stopping: Callable[[], bool]
    on_cut: Callable[[str], None]
    open: Iterable["Connection"] = field(default_factory=set)

    def sweep(self) -> None:
        """Cut off every connection that is over a limit."""
        for connection in list(self.open):
            connection.look()


class Connection(HttpToolsProtocol):
    """One connection."""

    def __init__(self, config: Any, server_state: Any, app_state: dict[str, Any], _loop: Any = None) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._limits: Connections = app_state[STATE]
        self._limits.open = server_state.connections
        self._head_bytes = 0
        self._seen: tuple[str, object] = ("", None)
        self._seen_at = 0.0
        self._leaving = False
        self._answering: RequestResponseCycle | None = None
        self._unsent = 0
        self._unsent_since = 0.0

    def data_received(self, data: bytes) -> None:
        """Take what came; headers that are too large are refused."""
        if self._leaving:
            return
        super().data_received(data)
        scope = self._request()
        if self._head_bytes or len(data) > self._limits.max_header_bytes or scope is None or "raw_path" not in scope:
            self._weigh(len(data))

    def _weigh(self, received: int) -> None:
        scope = self._request()
        if self._leaving or scope is None or self.transport.is_closing():
            return
        if "raw_path" not in scope:
            self._head_bytes += received
            if self._head_bytes > self._limits.max_header_bytes:
                self._cut("headers-too-large", _too_large(self._limits.max_header_bytes))
        elif self._head_bytes or received > self._limits.max_header_bytes:
            # The request waits for its turn in the event loop, so it has not been looked at yet.
            self._head_bytes = 0
            if sum(len(name) + len(value) for name, value in scope["headers"]) > self._limits.max_header_bytes:
                scope["refusal"] = _too_large(self._limits.max_header_bytes)

    def on_headers_complete(self) -> None:
        """Begin a request; while the server stops, it is the last of its connection."""
        super().on_headers_complete()
        if self._limits.stopping():
            self.cycle.keep_alive = False

    def on_response_complete(self) -> None:
        """Begin the request that waits, if any. A connection that stays idle is seen by the sweep: no timer of its own."""
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())

    def connection_lost(self, exc: Exception | None) -> None:
        """Drop what is still to be sent; the newest request need not be the one being answered."""
        self._give_up()
        super().connection_lost(exc)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._answering = cycle
        take_whole_answers(cycle)
        super()._start_asgi_task(cycle, app)

    def _give_up(self) -> None:
        if self._answering:
            self._answering.disconnected = True
            self._answering.message_event.set()

    def send_400_response(self, _msg: str) -> None:
        """Say in our form that the bytes are not HTTP."""
        self._cut("not-http", Refusal("bad-request", "The request is not HTTP/1.1 as we read it.", "See RFC 9112."))

    def look(self) -> None:
        """Compare with what was seen before; cut off what is over a limit."""
        now = self.loop.time()
        if self._stalled(now) or self.transport.is_closing():
            return
        state = (self._phase(), self.scope)
        if state[0] != self._seen[0] or state[1] is not self._seen[1]:
            self._seen, self._seen_at = state, now
            return
        self._judge(state[0], now - self._seen_at)

    def _request(self) -> Any:
        """The request that is being read or was read last; None before the first."""
        return self.scope

    def _phase(self) -> str:
        if self._leaving:
            return "leaving"
        scope, cycle = self._request(), cast("RequestResponseCycle | None", self.cycle)
        if scope is None:
            return "silent"
        if "raw_path" not in scope:
            return "headers"
        if cycle is None or cycle.response_complete:
            return "body" if cycle and cycle.more_body else "idle"
        return "body" if cycle.more_body else "answering"

    def _judge(self, phase: str, seconds: float) -> None:
        limits = self._limits
        if phase == "silent" and seconds > limits.header_seconds:
            self._cut("silent")
        elif phase == "headers" and seconds > limits.header_seconds:
            self._cut("slow-headers", _too_slow(limits.header_seconds))
        elif phase == "body" and seconds > limits.body_seconds + _SLACK_SECONDS:
            self._cut("slow-body")
        elif phase == "leaving" and seconds > _SLACK_SECONDS:
            self.transport.close()
        elif phase == "idle" and seconds > limits.keep_alive_seconds:
            self._cut("idle")

    def _stalled(self, now: float) -> bool:
        unsent = self.transport.get_write_buffer_size()
        if unsent != self._unsent or not unsent:
            self._unsent, self._unsent_since = unsent, now
            return False
        if now - self._unsent_since <= self._limits.stalled_seconds:
            return False
        self._limits.on_cut("stalled")
        self._give_up()
        self.transport.abort()
        return True

    def _cut(self, reason: str, refusal: Refusal | None = None) -> None:
        self._limits.on_cut(reason)
        cycle = self._answering
        in_the_midst = cycle is not None and cycle.response_started and not cycle.response_complete
        self._give_up()
        self.pipeline.clear()
        if refusal and not in_the_midst:
            self._send_and_close(refusal)
        else:
            self.transport.close()

    def _send_and_close(self, refusal: Refusal) -> None:
        identity = uuid4().hex
        answer = refusal.answer({"path": "", "request_id": identity})
        lines = [STATUS_LINE[answer.status_code]]
        headers = [*self.server_state.default_headers, *answer.raw_headers, *security_headers(identity)]
        lines += [b"%b: %b\r\n" % pair for pair in headers if pair[0] != b"connection"]
        self.transport.write(b"".join([*lines, b"connection: close\r\n\r\n", bytes(answer.body)]))
        # Closing while the caller still sends would take the answer away again: what comes is let go by for a moment.
        self._leaving = True
        self.transport.write_eof()


def _too_slow(seconds: float) -> Refusal:
    return Refusal("request-timeout", f"The headers did not arrive within {seconds:g} seconds.", "Send them at once.")


def _too_large(most_bytes: int) -> Refusal:
    close = {"Connection": "close"}
    return Refusal("headers-too-large", f"The headers are larger than {most_bytes} bytes.", "Send fewer or shorter ones.", close)
