"""One request, one release: a layer that holds the store a request began on, and asks again when a shared database moved on."""

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import NotReady
from api.web.open_store import ReleaseMoved
from api.web.problems import Refusal
from api.web.serving import Serving, being_exchanged, tries


class Holding:
    """Pure ASGI layer outside everything that depends on the release."""

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        self._app = app
        self._serving = serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from one release."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif self._serving.settings.database_url is None:
            held = self._serving.begin()
            try:
                await self._app(scope, receive, send)
            finally:
                self._serving.end(held)
        else:
            await self._from_shared_database(scope, receive, send)

    async def _from_shared_database(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The check happens before anything is sent, so asking again is safe; a body already read is given again."""
        heard: list[Message] = []
        reason = being_exchanged()
        for _ in tries():
            replay = _Replay(receive, heard)
            held = self._serving.begin()
            try:
                await self._app(dict(scope), replay, send)
            except ReleaseMoved:
                pass
            else:
                return
            finally:
                self._serving.end(held)
            try:
                await run_in_threadpool(self._serving.move)
            except NotReady as error:
                reason = error
                break
        refusal = Refusal(reason.code, reason.detail, reason.hint or "Try again in a few seconds.", {"Retry-After": "1"})
        await self._app({**scope, "refusal": refusal}, receive, send)


class _Replay:
    """Gives messages again that were heard before, then goes on listening."""

    def __init__(self, receive: Receive, heard: list[Message]) -> None:
        self._receive = receive
        self._heard = heard
        self._next = 0

    async def __call__(self) -> Message:
        if self._next == len(self._heard):
            self._heard.append(await self._receive())
        self._next += 1
        return self._heard[self._next - 1]
