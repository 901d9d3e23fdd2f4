"""The application with layers in front of everything the framework adds to each request."""

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

Layer = Callable[[ASGIApp], ASGIApp]


class Service(FastAPI):
    """A FastAPI application whose `front` layers see requests first, outermost first.

    What a front layer answers itself never meets the framework's own layers. They must not raise: errors of everything
    behind them are answered behind them.
    """

    def __init__(self, front: Sequence[Layer], **given: Any) -> None:
        super().__init__(**given)
        self.front: ASGIApp = super().__call__
        for layer in reversed(front):
            self.front = layer(self.front)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve."""
        if scope["type"] == "http":
            await self.front(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
