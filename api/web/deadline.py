"""A time limit for whole requests: when an answer has not begun in time, the caller hears 503 and is not kept waiting."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.logs import get_logger
from api.web.problems import Refusal


class Deadline:
    """Pure ASGI layer. Work in a thread cannot be stopped: it runs on, and what it says is thrown away."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds
        self._left_behind: set[asyncio.Task[None]] = set()
        self._refusal = Refusal(
            "took-too-long",
            f"The answer was not begun within {seconds:g} seconds.",
            "Try again in a few seconds.",
            {"Retry-After": "5"},
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve; answers that began take as long as they need."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = given_up = False

        async def in_time(message: Message) -> None:
            nonlocal begun
            if not given_up:
                begun = True
                await send(message)

        # The work changes what it is given of the request (its path, say): the refusal must tell of the request as it came.
        work = asyncio.ensure_future(self._app(dict(scope), receive, in_time))
        try:
            await asyncio.wait((work,), timeout=self._seconds)
            if begun or work.done():
                await work
                return
        except asyncio.CancelledError:
            work.cancel()
            raise
        given_up = True
        self._leave(work)
        await self._app({**scope, "refusal": self._refusal}, receive, send)

    def _leave(self, work: "asyncio.Task[None]") -> None:
        get_logger().warning("an answer took too long", seconds=self._seconds)
        self._left_behind.add(work)
        work.add_done_callback(self._forget)

    def _forget(self, work: "asyncio.Task[None]") -> None:
        self._left_behind.discard(work)
        if not work.cancelled():
            work.exception()  # nobody waits for it any more
