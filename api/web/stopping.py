"""A stop in order: on SIGTERM readiness turns false first, requests are taken for a while yet, then the server finishes.

The server's own handler is called when that while is over; it closes the port and lets begun requests end.
"""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from api.logs import get_logger


@contextmanager
def stopping_in_order(tell: Callable[[], None], drain_seconds: float) -> Iterator[None]:
    """Inside this block SIGTERM calls `tell` at once, and the handler that was there after `drain_seconds` or a second signal."""
    loop = asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGTERM)
    told = False

    def drain(finish: Callable[[int, FrameType | None], object], number: int) -> None:
        get_logger().info("stopping", drain_seconds=drain_seconds)
        loop.call_later(drain_seconds, finish, number, None)

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal told
        again, told = told, True
        tell()
        if not callable(before):
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.raise_signal(signal.SIGTERM)
        elif again or not drain_seconds:
            before(number, frame)
        else:
            loop.call_soon_threadsafe(drain, before, number)

    try:
        signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not the main thread of the process: whoever runs us there stops us as well
        yield
        return
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGTERM) is stop:
            signal.signal(signal.SIGTERM, before)
