"""Server processes under measurement: pinned to one core, waited for, weighed, stopped."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent.parent
SERVER_CORE = 0
LOAD_CORE = 1
SERVE = ["-c", "from api.cli import main; main()", "serve"]
_PATIENCE_SECONDS = 180


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    base: str
    pid: int
    ready_seconds: float

    def resident_mb(self) -> float:
        """Memory it holds now, pages of the release file included."""
        return _status_mb(self.pid, "VmRSS")

    def own_mb(self) -> float:
        """Memory it holds now without pages of files, which the system takes back when it needs them."""
        return _status_mb(self.pid, "RssAnon")

    def cpu_seconds(self) -> float:
        """Processor time it used so far: a steadier measure than the clock on a machine others use too."""
        after_name = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")

    def peak_mb(self) -> float:
        """The most memory it ever held."""
        return _status_mb(self.pid, "VmHWM")


def _status_mb(pid: int, name: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    return 0.0


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def pin(core: int) -> None:
    """Keep this process on one core, where the system lets it."""
    with suppress(AttributeError, OSError):
        os.sched_setaffinity(0, {core})


def python_environment(work: Path, **more: str) -> dict[str, str]:
    """The environment of a server: this checkout first, bytecode kept in the work folder as an installation would keep it."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    path = os.pathsep.join(part for part in (str(ROOT), kept.get("PYTHONPATH", "")) if part and part != ".")
    return {**kept, "PYTHONPATH": path, "PYTHONPYCACHEPREFIX": str(work / "bytecode"), **more}


@contextmanager
def running(
    command: list[str], environment: dict[str, str], port: int, path: str, log: Path, folder: Path = ROOT
) -> Iterator[Running]:
    """Run a server until the block ends; it is ready when `path` answers 200."""
    begun = time.perf_counter()
    with log.open("ab") as written:
        process = subprocess.Popen(
            command, env=environment, cwd=folder, stdout=written, stderr=subprocess.STDOUT, preexec_fn=lambda: pin(SERVER_CORE)
        )
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(process, base + path, begun + _PATIENCE_SECONDS, log)
        yield Running(base, process.pid, time.perf_counter() - begun)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", url: str, until: float, log: Path) -> None:
    while time.perf_counter() < until and process.poll() is None:
        with suppress(httpx.TransportError):
            if httpx.get(url, timeout=30).status_code == 200:
                return
        time.sleep(0.01)
    raise RuntimeError(f"no answer from {url}: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


@contextmanager
def service(work: Path, data_dir: Path, **settings: str) -> Iterator[Running]:
    """Our own service, started as people start it."""
    port = free_port()
    environment = python_environment(work, **{"CALC_DATA_DIR": str(data_dir), "CALC_LOG_LEVEL": "error", **settings})
    command = [sys.executable, *SERVE, "--port", str(port)]
    with running(command, environment, port, "/health/ready", work / "service.log") as ready:
        yield ready


@contextmanager
def application(work: Path, app: str, path: str, **settings: str) -> Iterator[Running]:
    """An application to compare with, on the same server with the same switches as our own."""
    port = free_port()
    command = [sys.executable, "-m", "tests.benchmarks.apps.serve", app, str(port)]
    with running(command, python_environment(work, **settings), port, path, work / "application.log") as ready:
        yield ready
