"""Several workers share a port: any of them tells the metrics of all, and one that dies takes its gauges along."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.e2e.conftest import Server, start


@pytest.fixture
def two(data_dir: Path, tmp_path: Path) -> Iterator[Server]:
    """A server with two workers."""
    running = start(data_dir, tmp_path / "log", CALC_WORKERS="2", CALC_ACCESS_LOG="1")
    yield running
    running.process.terminate()
    running.process.wait(timeout=30)


def _samples(server: Server) -> dict[tuple[str, str], float]:
    families = text_string_to_metric_families(httpx.get(f"{server.base}/metrics", timeout=60).text)
    return {(one.name, one.labels.get("route", "")): one.value for family in families for one in family.samples}


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 90
    while not true():
        assert time.monotonic() < end
        time.sleep(0.2)


def _children(server: Server) -> list[int]:
    names = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text(encoding="ascii")
    found = []
    for name in names.split():
        if b"spawn_main" in Path(f"/proc/{name}/cmdline").read_bytes():
            found.append(int(name))
    return found


def test_any_worker_tells_of_all(two: Server) -> None:
    for _ in range(60):
        assert httpx.get(f"{two.base}/v1/types", timeout=60).status_code == 200
    count = ("calcification_requests_total", "/v1/types")
    _until(lambda: _samples(two).get(count) == 60)
    _until(lambda: len(_children(two)) == 2)
    assert _samples(two)["calcification_ready", ""] == 1
    os.kill(_children(two)[0], signal.SIGKILL)
    _until(lambda: all(_asks(two) for _ in range(6)) and len(_children(two)) == 2)
    assert _samples(two)[count] >= 60  # what the dead one counted stays counted
    assert _samples(two)["calcification_ready", ""] == 1


def _asks(server: Server) -> bool:
    try:
        return httpx.get(f"{server.base}/health/ready", timeout=60).status_code == 200
    except httpx.TransportError:
        return False
