"""A real server process over loopback."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT


@dataclass
class Server:
    """A running server and where it wrote."""

    process: "subprocess.Popen[bytes]"
    base: str
    port: int
    log: Path


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(data_dir: Path, log: Path, **environment: str) -> Server:
    """Start `calcification-api serve` and wait until it is alive. Few tests need every room, so none is made ahead."""
    port = free_port()
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-c", "from api.cli import main; main()", "serve", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "CALC_DATA_DIR": str(data_dir), "CALC_WARM": "false", **environment},
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    base = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            if httpx.get(f"{base}/health/live").status_code == 200:
                return Server(process, base, port, log)
        except httpx.TransportError:
            time.sleep(0.1)
        if process.poll() is not None:
            break
    process.kill()
    process.wait()
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace"))


@pytest.fixture(scope="session")
def server(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real release, served by a real process."""
    running = start(data_dir, tmp_path_factory.mktemp("server") / "log")
    yield running
    running.process.terminate()
    assert running.process.wait(timeout=20) in (0, -15)
    assert "Traceback" not in running.log.read_text(encoding="utf-8", errors="replace")
