"""Slow and greedy connections to a real server are cut off, and nobody else notices."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import pytest

from tests.e2e.conftest import Server, start

HEAD = b"GET /v1/types HTTP/1.1\r\nHost: x\r\n"
POST = b"POST /v1/ground HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
FOREIGN = POST.replace(b"application/json", b"text/plain")
PATIENCE = 60


@pytest.fixture(scope="module")
def impatient(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with short time limits."""
    limits = dict.fromkeys(("CALC_HEADER_SECONDS", "CALC_BODY_SECONDS", "CALC_KEEP_ALIVE_SECONDS", "CALC_STALLED_SECONDS"), "1")
    running = start(data_dir, tmp_path_factory.mktemp("impatient") / "log", CALC_MAX_HEADER_BYTES="20000", **limits)
    yield running
    running.process.terminate()
    assert running.process.wait(timeout=20) in (0, -15)
    written = running.log.read_text(encoding="utf-8")
    assert "Traceback" not in written, written


def dribble(port: int, sent: bytes, drop: bytes) -> bytes:
    """Send some bytes, then a drop every while until the server ends the connection; returns what it said."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(sent)
        connection.settimeout(0.2)
        said, end = b"", time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                chunk = connection.recv(65536)
                if not chunk:
                    return said
                said += chunk
            except TimeoutError:
                pass
            except OSError:
                return said
            try:
                if drop:
                    connection.sendall(drop)
            except OSError:
                drop = b""
    raise AssertionError("the connection was never cut off")


SLOW = {
    "headers": (HEAD + b"X-Slow: ", b"a", b"408", b"request-timeout"),
    "path": (b"GET /v1/ty", b"p", b"408", b"request-timeout"),
    "body": (POST, b" ", b"408", b"request-timeout"),
    "no body": (POST, b"", b"408", b"request-timeout"),
    "body after a refusal": (FOREIGN, b" ", b"415", b"unsupported-media-type"),
    "empty lines after an answer": (HEAD + b"\r\n", b"\r\n", b"200", b"data"),
    "idle after an answer": (HEAD + b"\r\n", b"", b"200", b"data"),
}
SILENT = {"nothing": b"", "an empty line": b"\r\n"}


@pytest.fixture(scope="module")
def said_to(impatient: Server) -> dict[str, bytes]:
    """What each slow and each silent one was told, all waiting at the same time."""
    sent = {name: (begun, drop) for name, (begun, drop, *_) in SLOW.items()} | {
        name: (said, b"") for name, said in SILENT.items()
    }
    with ThreadPoolExecutor(len(sent)) as pool:
        running = {name: pool.submit(dribble, impatient.port, *parts) for name, parts in sent.items()}
        return {name: one.result() for name, one in running.items()}


@pytest.mark.parametrize("name", SLOW)
def test_slow_one_is_cut_off(said_to: dict[str, bytes], name: str) -> None:
    said, (_, _, status, code) = said_to[name], SLOW[name]
    assert said.startswith(b"HTTP/1.1 " + status)
    assert code in said
    if status == b"408":
        assert b"content-type: application/problem+json" in said.lower()
        assert b"connection: close" in said.lower()
        assert b"x-content-type-options: nosniff" in said.lower()


@pytest.mark.parametrize("name", SILENT)
def test_silent_one_is_cut_off(said_to: dict[str, bytes], name: str) -> None:
    assert said_to[name] == b""


def test_many_slow_ones_harm_nobody(impatient: Server) -> None:
    done, faults, count = Event(), [], 0

    def others() -> None:
        nonlocal count
        with httpx.Client(base_url=impatient.base, timeout=PATIENCE) as http:
            while not done.is_set():
                for path in ("/v1/subtypes/amorphous", "/health/ready", f"/v1/concepts?limit={1 + count % 30}"):
                    try:
                        if http.get(path).status_code != 200:
                            faults.append(path)
                    except httpx.RemoteProtocolError:
                        continue  # an idle connection was closed just then, as any server may
                    count += 1
                time.sleep(0.02)

    with ThreadPoolExecutor(61) as pool:
        asking = pool.submit(others)
        slow = [pool.submit(dribble, impatient.port, HEAD + b"X-Slow: ", b"a") for _ in range(40)]
        slow += [pool.submit(dribble, impatient.port, POST, b" ") for _ in range(20)]
        assert all(one.result().startswith(b"HTTP/1.1 408") for one in slow)
        done.set()
        asking.result()
    assert not faults
    assert count > 3


def test_caller_that_reads_nothing_is_cut_off(impatient: Server) -> None:
    asked = b"GET /v1/export.json HTTP/1.1\r\nHost: x\r\n\r\n" * 8
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect(("127.0.0.1", impatient.port))
        deaf.sendall(asked)
        end = time.monotonic() + PATIENCE
        while 'connections_cut_total{reason="stalled"}' not in httpx.get(f"{impatient.base}/metrics", timeout=60).text:
            assert time.monotonic() < end, "the connection was never cut off"
            time.sleep(0.2)


def talk(port: int, *parts: bytes) -> bytes:
    """Send the parts one after the other and read to the end."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        said = b""
        try:
            for part in parts:
                connection.sendall(part)
                time.sleep(0.002)
            while chunk := connection.recv(65536):
                said += chunk
        except ConnectionError:
            pass
        return said


@pytest.mark.parametrize(
    "parts",
    [
        (HEAD + b"X-Large: " + b"y" * 30_000 + b"\r\n\r\n",),
        (HEAD + b"X-Large: " + b"y" * 30_000, b"\r\n\r\n"),
        (HEAD, *[b"X-Many-%d: %b\r\n" % (number, b"y" * 200) for number in range(120)]),
        (b"GET /" + b"x" * 30_000, b"x"),
    ],
    ids=["at once", "in parts", "many", "path without end"],
)
def test_large_headers_are_refused(impatient: Server, parts: tuple[bytes, ...]) -> None:
    said = talk(impatient.port, *parts)
    assert said.startswith(b"HTTP/1.1 431")
    assert b'"code":"headers-too-large"' in said


def test_nonsense_is_a_problem_too(impatient: Server) -> None:
    said = talk(impatient.port, b"\x16\x03\x01 nonsense\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 400")
    assert b'"code":"bad-request"' in said
    assert b"content-security-policy: default-src 'none'" in said


def test_what_was_cut_off_is_counted(impatient: Server) -> None:
    talk(impatient.port, b"\x16nonsense\r\n\r\n")
    dribble(impatient.port, HEAD, b"")
    text = httpx.get(f"{impatient.base}/metrics", timeout=60).text
    for reason in ("slow-headers", "not-http"):
        assert f'calcification_connections_cut_total{{reason="{reason}"}}' in text
