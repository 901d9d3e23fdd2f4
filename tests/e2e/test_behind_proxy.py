"""Who a caller is: the peer, unless the peer is a trusted proxy; nobody else is believed."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.conftest import Server, start

LOGGED = {"CALC_ACCESS_LOG": "1", "CALC_LOG_ADDRESSES": "1", "CALC_RATE_LIMITS": "1", "CALC_RATE_READS": "3"}
PATH = "/v1/types"


@pytest.fixture(scope="module")
def behind(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that trusts the proxies in front of it."""
    trusted = '["127.0.0.1", "10.0.0.0/8"]'
    running = start(data_dir, tmp_path_factory.mktemp("behind") / "log", CALC_TRUSTED_PROXIES=trusted, **LOGGED)
    yield running
    running.process.terminate()
    running.process.wait(timeout=20)


@pytest.fixture(scope="module")
def bare(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that trusts nobody."""
    running = start(data_dir, tmp_path_factory.mktemp("bare") / "log", **LOGGED)
    yield running
    running.process.terminate()
    running.process.wait(timeout=20)


def address_of(server: Server, headers: dict[str, str]) -> Any:
    """The address the access log names for a request; the line is written just after the answer."""
    identity = httpx.get(f"{server.base}{PATH}", headers=headers, timeout=60).headers["x-request-id"]
    for _ in range(100):
        lines = [json.loads(line) for line in server.log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
        found = [line["address"] for line in lines if line.get("request_id") == identity]
        if found:
            return found[0]
        time.sleep(0.05)
    raise AssertionError("the request was not logged")


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("1.1.1.1, 203.0.113.8", "203.0.113.8"),
        ("203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("2001:db8::7", "2001:db8::7"),
    ],
)
def test_trusted_proxy_is_believed_no_further_than_it_saw(behind: Server, forwarded: str, address: str) -> None:
    assert address_of(behind, {"X-Forwarded-For": forwarded}) == address


def test_forwarded_header_is_not_read(behind: Server) -> None:
    assert address_of(behind, {"Forwarded": "for=203.0.113.50"}) == "127.0.0.1"


def test_callers_behind_a_trusted_proxy_are_limited_one_by_one(behind: Server) -> None:
    def ask(address: str) -> int:
        return httpx.get(f"{behind.base}{PATH}", headers={"X-Forwarded-For": f"spoofed, {address}"}, timeout=60).status_code

    assert [ask("198.51.100.1") for _ in range(4)] == [200, 200, 200, 429]
    assert ask("198.51.100.2") == 200


def test_metrics_are_for_inside_only(behind: Server) -> None:
    assert httpx.get(f"{behind.base}/metrics", timeout=60).status_code == 200
    for forwarded in ("203.0.113.7", "127.0.0.1, 203.0.113.7", "127.0.0.1"):
        assert httpx.get(f"{behind.base}/metrics", headers={"X-Forwarded-For": forwarded}, timeout=60).status_code == 404


def test_nobody_else_is_believed(bare: Server) -> None:
    spoofs = [{"X-Forwarded-For": f"203.0.113.{number}", "Forwarded": f"for=203.0.113.{number}"} for number in range(4)]
    assert [httpx.get(f"{bare.base}{PATH}", headers=spoof, timeout=60).status_code for spoof in spoofs] == [200, 200, 200, 429]
    told = bare.log.read_text(encoding="utf-8")
    assert "203.0.113." not in told
    assert told.count("CALC_TRUSTED_PROXIES") == 1
    assert httpx.get(f"{bare.base}/metrics", headers={"X-Forwarded-For": "127.0.0.1, 9.9.9.9"}).status_code == 404
