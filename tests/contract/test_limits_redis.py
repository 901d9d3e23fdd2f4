"""Rate limits shared by replicas through a real Redis, and what happens when it goes away: requests pass, one line tells."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal

from api.settings import Settings
from tests.conftest import client_for

CARD = "/v1/subtypes/amorphous"


@pytest.fixture(scope="module")
def redis_program() -> str:
    """The Redis server program, or a skip that says how to have one."""
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("no redis-server on this machine (apt-get install redis-server): its tests did not run")
    pytest.importorskip("redis", reason="the extra 'redis' is not installed: its tests did not run")
    return program


@contextmanager
def redis_on(program: str, port: int, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A Redis of our own on a port."""
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait()


def _limited(settings: Settings, port: int) -> Settings:
    limits = {"warm": False, "rate_limits": True, "rate_reads": 24, "rate_posts": 3, "redis_url": f"redis://127.0.0.1:{port}/0"}
    return settings.model_copy(update=limits)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_replicas_share_one_count(redis_program: str, portal: BlockingPortal, settings: Settings, tmp_path: Path) -> None:
    port = _free_port()
    shared = _limited(settings, port)
    with (
        redis_on(redis_program, port, tmp_path),
        client_for(portal, shared) as one,
        client_for(portal, shared) as other,
    ):
        statuses = [client.get(CARD).status_code for _ in range(20) for client in (one, other)]
        assert statuses.count(200) == 24
        assert statuses.count(429) == 16
        posts = [client.request("POST", "/v1/ground", json={"question": "What is DCIS?"}) for client in (one, other) * 2]
        assert [answer.status_code for answer in posts] == [200, 200, 200, 429]


def test_requests_pass_while_redis_is_away(
    redis_program: str, portal: BlockingPortal, settings: Settings, tmp_path: Path, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("api.web.allowances._PAUSE_SECONDS", 0.2)
    port = _free_port()
    with client_for(portal, _limited(settings, port)) as client:
        before = [client.get(CARD) for _ in range(30)]
        assert {answer.status_code for answer in before} == {200}
        assert "ratelimit" not in before[0].headers
        with redis_on(redis_program, port, tmp_path):
            time.sleep(0.3)
            assert "ratelimit" in client.get(CARD).headers
        assert {client.get(CARD).status_code for _ in range(40)} <= {200, 429}
        assert "calcification_limit_failures_total 0" not in client.get("/metrics").text
    assert capfd.readouterr().err.count("rate limits are not counted") <= 2


def test_hanging_redis_delays_nobody_for_long(portal: BlockingPortal, settings: Settings) -> None:
    pytest.importorskip("redis", reason="the extra 'redis' is not installed: its tests did not run")
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(50)  # takes connections and never says a word
        with client_for(portal, _limited(settings, deaf.getsockname()[1])) as client:
            statuses = {client.get(CARD).status_code for _ in range(50)}
    assert statuses == {200}
