"""A stop in order: readiness turns false first, nothing that was begun is lost, and it ends within its bound."""

import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import pytest

from tests.e2e.conftest import Server, start

QUESTION = b'{"question": "What is DCIS?"}'


class Balancer:
    """Callers behind a balancer: they ask as long as readiness says yes; every answer that was begun is looked at."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.away = Event()
        self.faults: list[str] = []
        self.answers = 0

    def probe(self) -> None:
        """Look at readiness until it says no."""
        while httpx.get(f"{self._server.base}/health/ready", timeout=60).status_code == 200:
            time.sleep(0.02)
        self.away.set()

    def ask(self, number: int) -> None:
        """Ask, mixed, over one connection, until the server is taken out."""
        with httpx.Client(base_url=self._server.base, timeout=60) as http:
            while not self.away.is_set():
                time.sleep(0.01)  # leave the machine some breath
                try:
                    if number % 2:
                        answer = http.get(f"/v1/statements?limit={1 + self.answers % 190}")
                    else:
                        answer = http.post("/v1/ground", content=QUESTION, headers={"Content-Type": "application/json"})
                except httpx.HTTPError as error:
                    self.faults.append(repr(error))
                else:
                    self.answers += 1
                    if answer.status_code != 200:
                        self.faults.append(f"{answer.status_code}")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_no_begun_answer_is_lost(data_dir: Path, tmp_path: Path, workers: str) -> None:
    server = start(data_dir, tmp_path / "log", CALC_DRAIN_SECONDS="2", CALC_BODY_SECONDS="90", CALC_WORKERS=workers)
    callers = Balancer(server)
    with ThreadPoolExecutor(7) as pool, socket.create_connection(("127.0.0.1", server.port), timeout=60) as slow:
        slow.sendall(b"POST /v1/ground HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 29\r\n\r\n{")
        running = [pool.submit(callers.ask, number) for number in range(6)]
        while callers.answers < 20 and not callers.faults:
            time.sleep(0.02)
        server.process.send_signal(signal.SIGTERM)
        pool.submit(callers.probe).result(timeout=60)
        for one in running:
            one.result(timeout=60)
        time.sleep(3)  # past the time of draining: the port is closed, this request is still being read
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{server.base}/health/live", timeout=60)
        slow.sendall(QUESTION[1:])
        said = b""
        while chunk := slow.recv(65536):
            said += chunk
    assert said.startswith(b"HTTP/1.1 200")
    assert said.endswith(b"}")
    assert not callers.faults, callers.faults[:5]
    assert callers.answers >= 20
    assert server.process.wait(timeout=60) in (0, -15)
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


def test_stop_is_bounded(data_dir: Path, tmp_path: Path) -> None:
    server = start(data_dir, tmp_path / "log", CALC_STOP_SECONDS="1", CALC_BODY_SECONDS="600")
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as endless:
        endless.sendall(b"POST /v1/ground HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{")
        time.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=60) in (0, -15)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_second_signal_ends_the_draining(data_dir: Path, tmp_path: Path, workers: str) -> None:
    server = start(data_dir, tmp_path / "log", CALC_DRAIN_SECONDS="600", CALC_WORKERS=workers)
    server.process.send_signal(signal.SIGTERM)
    _until_unready(server)
    assert httpx.get(f"{server.base}/v1/types", timeout=60).headers["connection"] == "close"
    with pytest.raises(subprocess.TimeoutExpired):
        server.process.wait(timeout=1)
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=60) in (0, -15)


def _until_unready(server: Server) -> None:
    end = time.monotonic() + 60
    while (answer := httpx.get(f"{server.base}/health/ready", timeout=60)).status_code != 503:
        assert time.monotonic() < end, "readiness never turned false"
        time.sleep(0.02)
    assert answer.json()["code"] == "not-ready"
    assert answer.headers["retry-after"]
