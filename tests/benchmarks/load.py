"""Load on a server from the other core: wrk where it is found, else an own keep-alive client, which is slower and says so."""

import os
import re
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass

from tests.benchmarks.process import LOAD_CORE, ROOT, Running, pin

CONNECTIONS = 64


@dataclass(frozen=True)
class Load:
    """How hard and how long to ask."""

    seconds: float
    headers: tuple[str, ...] = ()
    connections: int = CONNECTIONS
    expected: int = 200


def tool() -> str:
    """Which client makes the load."""
    return "wrk" if _wrk() else "own Python client (slower than the server: ratios near 1 say little)"


def _wrk() -> str | None:
    return os.environ.get("CALC_BENCH_WRK") or shutil.which("wrk")


@dataclass(frozen=True)
class Measured:
    """What one round found: answers a second, and processor time of the server for one answer."""

    rate: float
    cpu_microseconds: float


def measure(server: Running, path: str, load: Load) -> Measured:
    """Ask over keep-alive connections. Raises when an answer is not the expected one."""
    wrk, url = _wrk(), server.base + path
    before = server.cpu_seconds()
    command = _wrk_command(wrk, url, load) if wrk else _own_command(url, load)
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=load.seconds + 60,
        preexec_fn=lambda: pin(LOAD_CORE),
    )
    if wrk and load.expected < 400 and "Non-2xx or 3xx" in done.stdout:
        raise RuntimeError(f"{url} gave other answers than {load.expected}: {done.stdout}")
    used = server.cpu_seconds() - before
    found = re.search(r"(\d+) requests in.*Requests/sec:\s*([\d.]+)", done.stdout, re.DOTALL)
    if not found:
        raise RuntimeError(f"no rate in: {done.stdout} {done.stderr}")
    return Measured(float(found[2]), used / max(1, int(found[1])) * 1e6)


def _wrk_command(wrk: str, url: str, load: Load) -> list[str]:
    given = [part for header in load.headers for part in ("-H", header)]
    return [wrk, "-t1", f"-c{load.connections}", f"-d{max(1, round(load.seconds))}s", *given, url]


def _own_command(url: str, load: Load) -> list[str]:
    numbers = [str(load.connections), str(load.seconds), str(load.expected)]
    return [sys.executable, "-m", "tests.benchmarks.client", url, *numbers, *load.headers]


def median(values: list[float]) -> float:
    """The middle of some rounds."""
    return statistics.median(values)
