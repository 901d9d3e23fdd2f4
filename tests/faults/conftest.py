"""What the faults share: a server, and a way to wait for what must come."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import Server, start


@pytest.fixture(scope="session")
def robust(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real release served by a real process, which whatever is sent to it must outlive."""
    server = start(data_dir, tmp_path_factory.mktemp("robust") / "log")
    yield server
    assert server.process.poll() is None, server.log.read_text(encoding="utf-8", errors="replace")
    stop(server)


def stop(server: Server) -> None:
    """End a server as an operator would."""
    server.process.terminate()
    assert server.process.wait(timeout=30) in (0, -15)


def until(found: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for what must come; how long it takes is not what is tested."""
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
