"""The endpoint for language models, loaded at its first request: its library costs memory and start-up time few need."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from anyio import TASK_STATUS_IGNORED, Event, Lock, create_task_group, to_thread
from anyio.abc import TaskGroup, TaskStatus

from api.settings import Settings
from api.web.serving import Serving, hold_nothing

if TYPE_CHECKING:
    from api.mcp.http import McpEndpoint, Receive, Scope, Send


class LateEndpoint:
    """Answers POST /mcp while it is running; the first one waits until the library is loaded."""

    def __init__(self, settings: Settings, serving: "Serving") -> None:
        self._settings = settings
        self._serving = serving
        self._tasks: TaskGroup | None = None
        self._endpoint: McpEndpoint | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve for the life of the application."""
        self._loading, self._ended = Lock(), Event()
        async with create_task_group() as self._tasks:
            yield
            self._ended.set()
        self._tasks = self._endpoint = None

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """One request of the protocol."""
        await (await self._loaded())(scope, receive, send)

    async def _loaded(self) -> "McpEndpoint":
        if self._tasks is None:
            raise RuntimeError("the endpoint is used outside its life")
        async with self._loading:
            if self._endpoint is None:
                self._endpoint = await self._tasks.start(self._keep)
        return self._endpoint

    async def _keep(self, *, task_status: "TaskStatus[McpEndpoint]" = TASK_STATUS_IGNORED) -> None:
        """Hold the endpoint open in the application's own task: what it starts must end where it began."""
        hold_nothing()
        endpoint = await to_thread.run_sync(self._load)
        async with endpoint.running():
            task_status.started(endpoint)
            await self._ended.wait()

    def _load(self) -> "McpEndpoint":
        from api.mcp.http import McpEndpoint

        return McpEndpoint(self._settings, self._serving)
