"""One request and its answer on the server, which takes whole answers as well: one write, of bytes that were checked before.

What is written is what the server itself would write of the same answer told in two messages.
"""

from functools import lru_cache
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from api.web.whole import WHOLE, lines

_OFFERED: dict[str, dict[object, object]] = {WHOLE: {}}
_known_lines = lru_cache(maxsize=4)(lines)  # the date, which is another one every second
_CLOSE, _END = b"connection: close\r\n\r\n", b"\r\n"


class Cycle(RequestResponseCycle):
    """A cycle of the server that understands one message more."""

    async def send(self, message: Any) -> None:
        """Send a message of an answer, or a whole one."""
        if message["type"] != WHOLE:
            await super().send(message)
            return
        if self.flow.write_paused and not self.disconnected:
            await self.flow.drain()
        if self.disconnected:
            return
        if self.response_started:
            raise RuntimeError("Unexpected whole answer, after another was begun.")
        self.response_started = True
        self.waiting_for_100_continue = False
        parts = (
            STATUS_LINE[message["status"]],
            _known_lines(tuple(self.default_headers)),
            *message["lines"],
            _END if self.keep_alive else _CLOSE,
        )
        if message["body"]:
            self.transport.writelines((b"".join(parts), message["body"]))
        else:
            self.transport.write(b"".join(parts))
        self.response_complete = True
        self.message_event.set()
        if not self.keep_alive:
            self.transport.close()
        self.on_response()


def take_whole_answers(cycle: RequestResponseCycle) -> None:
    """Let the application send a whole answer in this cycle. The server's own log of answers, which `serve` never has on, would
    miss it."""
    cycle.__class__ = Cycle
    cycle.scope["extensions"] = _OFFERED
