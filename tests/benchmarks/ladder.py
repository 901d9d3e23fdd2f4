"""The ladder: ways to answer the same card, side by side in one run, one worker each, round after round."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from api.store.releases import current
from tests.benchmarks.load import CONNECTIONS, Load, Measured, measure, median
from tests.benchmarks.process import Running, application, free_port, python_environment, running, service

CARD = "/v1/subtypes/fine-pleomorphic"
STATEMENT, SOURCE = "/v1/statements/amorphous-01", "/v1/sources/oligane-2018"
ROUNDS = 3
_ROWS = {
    "the card's row": "/release/concept/fine-pleomorphic.json",
    "the statement's row": "/release/statement/amorphous-01.json",
    "the source's row": "/release/source/oligane-2018.json",
}
_FEW = 8  # more at once would only wait for threads and for the plain way's connection pool


@dataclass(frozen=True)
class Rung:
    """One way to answer: a server, an address on it, how it is asked."""

    name: str
    server: str
    path: str = CARD
    headers: tuple[str, ...] = ()
    expected: int = 200
    connections: int = CONNECTIONS


@dataclass
class Climb:
    """What a run found."""

    rounds: dict[str, list[Measured]] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    body_bytes: int = 0

    def rate(self, name: str) -> float:
        """Answers a second, the median of the rounds."""
        return median([one.rate for one in self.rounds[name]])

    def cpu(self, name: str) -> float:
        """Microseconds of the server's processor time for one answer, the median of the rounds."""
        return median([one.cpu_microseconds for one in self.rounds[name]])

    def ratio(self, name: str, other: str) -> float | None:
        """How many times as fast by the clock, the median of the rounds; None when either was skipped."""
        if name not in self.rounds or other not in self.rounds:
            return None
        pairs = zip(self.rounds[name], self.rounds[other], strict=True)
        return median([one.rate / two.rate for one, two in pairs])

    def cpu_ratio(self, name: str, other: str) -> float | None:
        """How many times as fast by processor time, the median of the rounds; None when either was skipped."""
        if name not in self.rounds or other not in self.rounds:
            return None
        pairs = [(one.cpu_microseconds, two.cpu_microseconds) for one, two in zip(*self._both(name, other), strict=True)]
        if not all(one and two for one, two in pairs):
            return None  # a round too short for the clock ticks the system counts in
        return median([two / one for one, two in pairs])

    def _both(self, name: str, other: str) -> tuple[list[Measured], list[Measured]]:
        return self.rounds[name], self.rounds[other]


def take_sample(base: str, folder: Path) -> str:
    """Keep the body and the headers of our answer for others to send; returns its tag."""
    answer = httpx.get(base + CARD, headers={"Accept-Encoding": "identity"})
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "body").write_bytes(answer.content)
    lasting = [(name, value) for name, value in answer.headers.multi_items() if name not in ("date", "server")]
    (folder / "headers.json").write_text(json.dumps(lasting), encoding="utf-8")
    return answer.headers["etag"]


Opener = Callable[[], AbstractContextManager[Running]]


def climb(work: Path, data_dir: Path, seconds: float, say: Callable[[str], None]) -> Climb:
    """Run every rung in every round, the servers all alive but asked one at a time."""
    found = Climb()
    sample = work / "sample"
    with ExitStack() as stack:
        servers = {"ours": stack.enter_context(service(work, data_dir))}
        tag = take_sample(servers["ours"].base, sample)
        found.body_bytes = len((sample / "body").read_bytes())
        for name, opener in _openers(work, data_dir, sample).items():
            try:
                servers[name] = stack.enter_context(opener())
            except LookupError as missing:
                found.skipped[name] = str(missing)
        rungs = [rung for rung in _rungs(tag) if rung.server in servers]
        for round_number in range(1, ROUNDS + 1):
            for rung in rungs:
                load = Load(seconds, rung.headers, rung.connections, rung.expected)
                measured = measure(servers[rung.server], rung.path, load)
                found.rounds.setdefault(rung.name, []).append(measured)
                say(f"round {round_number}: {rung.name}: {measured.rate:,.0f}/s, {measured.cpu_microseconds:,.1f} us")
    return found


def _rungs(tag: str) -> list[Rung]:
    return [
        Rung("bare ASGI, same body and headers", "bare, all headers"),
        Rung("bare ASGI, same body, two headers", "bare"),
        Rung("ours, hot GET", "ours"),
        Rung("ours, hot GET, gzip", "ours", headers=("Accept-Encoding: gzip",)),
        Rung("ours, 304", "ours", headers=(f"If-None-Match: {tag}",), expected=304),
        Rung("ours, hot GET of a statement", "ours", STATEMENT),
        Rung("ours, hot GET of a source", "ours", SOURCE),
        Rung("nginx, static file", "nginx", "/body.json"),
        Rung("FastAPI route, ready bytes", "route"),
        Rung("ours, cold GET (nothing kept)", "ours, cold", connections=_FEW),
        *(Rung(f"Datasette, {noun} as JSON", "datasette", path, connections=_FEW) for noun, path in _ROWS.items()),
        Rung("FastAPI + SQLModel, eager relations", "naive, eager", connections=_FEW),
        Rung("FastAPI + SQLModel, relations as they come", "naive", connections=_FEW),
    ]


def _openers(work: Path, data_dir: Path, sample: Path) -> dict[str, Opener]:
    database = str(current(data_dir))
    bare, naive = "tests.benchmarks.apps.bare", "tests.benchmarks.apps.naive"
    return {
        "bare": lambda: application(work, f"{bare}:few_headers", "/", BENCH_SAMPLE=str(sample)),
        "bare, all headers": lambda: application(work, f"{bare}:same_headers", "/", BENCH_SAMPLE=str(sample)),
        "route": lambda: application(work, "tests.benchmarks.apps.route:app", CARD, BENCH_SAMPLE=str(sample)),
        "naive": lambda: application(work, f"{naive}:app", CARD, BENCH_DATABASE=database),
        "naive, eager": lambda: application(work, f"{naive}:eager", CARD, BENCH_DATABASE=database),
        "ours, cold": lambda: service(work, data_dir, CALC_CACHE_BYTES="0"),
        "datasette": lambda: _datasette(work, Path(database)),
        "nginx": lambda: _nginx(work, sample),
    }


@contextmanager
def _datasette(work: Path, database: Path) -> Iterator[Running]:
    """Datasette on the same file. It needs other versions of our libraries, so it lives in a folder of its own."""
    folder = os.environ.get("CALC_BENCH_DATASETTE")
    if not folder:
        raise LookupError("set CALC_BENCH_DATASETTE to a folder made by: pip install --target FOLDER datasette")
    copy = work / "release.sqlite"
    shutil.copy(database, copy)
    port = free_port()
    environment = {**python_environment(work), "PYTHONPATH": folder}
    command = [sys.executable, "-m", "datasette", "serve", "--immutable", str(copy), "--port", str(port)]
    path = "/release/concept/fine-pleomorphic.json"
    with running([*command, "--setting", "num_sql_threads", "1"], environment, port, path, work / "datasette.log", work) as ready:
        yield ready


@contextmanager
def _nginx(work: Path, sample: Path) -> Iterator[Running]:
    nginx = os.environ.get("CALC_BENCH_NGINX") or shutil.which("nginx")
    if not nginx:
        raise LookupError("nginx is not installed (or set CALC_BENCH_NGINX)")
    folder = work / "nginx"
    (folder / "www").mkdir(parents=True, exist_ok=True)
    shutil.copy(sample / "body", folder / "www" / "body.json")
    folder.chmod(0o755)
    port = free_port()
    (folder / "nginx.conf").write_text(_NGINX % {"folder": folder, "port": port}, encoding="ascii")
    command = [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    with running(command, dict(os.environ), port, "/body.json", work / "nginx.log") as ready:
        yield ready


_NGINX = """
worker_processes 1;
master_process off;
user root;
error_log %(folder)s/error.log;
pid %(folder)s/pid;
events { worker_connections 512; }
http {
  access_log off;
  types { application/json json; }
  keepalive_requests 1000000000;
  sendfile on;
  client_body_temp_path %(folder)s/a; proxy_temp_path %(folder)s/b; fastcgi_temp_path %(folder)s/c;
  uwsgi_temp_path %(folder)s/d; scgi_temp_path %(folder)s/e;
  server { listen 127.0.0.1:%(port)s; root %(folder)s/www; }
}
"""
