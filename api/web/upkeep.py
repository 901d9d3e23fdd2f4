"""What runs beside the requests while the application lives: sweeping connections, handing metrics over, stopping in order."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.logs import get_logger
from api.settings import Settings
from api.web.connection import STATE, Connections
from api.web.serving import Serving
from api.web.stopping import stopping_in_order

if TYPE_CHECKING:
    from api.web.metrics import Metrics

_EVERY_SECONDS = 0.5


@asynccontextmanager
async def upkeep(settings: Settings, serving: Serving, metrics: "Metrics | None") -> AsyncIterator[dict[str, Any]]:
    """Keep house inside this block; gives the state the server hands to its connections."""
    connections = Connections(
        header_seconds=settings.header_seconds,
        body_seconds=settings.body_seconds,
        keep_alive_seconds=settings.keep_alive_seconds,
        stalled_seconds=settings.stalled_seconds,
        max_header_bytes=settings.max_header_bytes,
        stopping=lambda: serving.stopping,
        on_cut=metrics.cut if metrics else _nobody,
    )
    chores: list[Callable[[], None]] = [connections.sweep]
    if metrics:
        chores.append(metrics.hand_over)
    with stopping_in_order(serving.stop, settings.drain_seconds):
        task = asyncio.create_task(_repeat(chores))
        try:
            yield {STATE: connections}
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            if metrics:
                metrics.hand_over()
                _sign_off()


async def _repeat(chores: Sequence[Callable[[], None]]) -> None:
    while True:
        await asyncio.sleep(_EVERY_SECONDS)
        for chore in chores:
            try:
                chore()
            except Exception as error:  # one chore that fails must not end the others
                get_logger().error("a chore failed", chore=chore.__name__, error=type(error).__name__)


def _sign_off() -> None:
    """A worker that ends takes its gauges along."""
    from prometheus_client.multiprocess import mark_process_dead

    from api.web.metrics import SHARED

    folder = os.environ.get(SHARED)
    if folder and Path(folder).is_dir():
        mark_process_dead(os.getpid())  # type: ignore[no-untyped-call]  # the client has no types here


def _nobody(_told: str) -> None:
    """Metrics are off."""
