"""What metrics, rate limits and the access log add to a kept answer: `python -m tests.benchmarks.operations [DATA_DIR]`.

The layers are asked inside this process, many times in turn, and the least processor time of all rounds counts: a difference of
a microsecond drowns in what a socket costs on a machine that others use. What the whole answer costs is measured beside it on a
real server, so that the difference can be told as a share.
"""

import os
import sys
import tempfile
from pathlib import Path
from time import thread_time
from typing import Any

import uvloop
from fastapi import FastAPI

from api.app import create_app
from api.logs import configure
from api.settings import Settings
from api.web.service import Service
from tests.benchmarks.ladder import CARD
from tests.benchmarks.load import Load, measure
from tests.benchmarks.process import service

BARE = "nothing of it"
_ROUNDS, _TIMES = 40, 500
_MANY = 100_000_000  # more than can be asked in a minute; taken in portions of 100, as with the limit of every day
_OFF: dict[str, Any] = {"metrics": False}
_LIMIT = {"rate_limits": True, "rate_reads": _MANY}
_HOSTS = {"allowed_hosts": ("127.0.0.1",)}
WAYS: dict[str, dict[str, Any]] = {
    BARE: _OFF,
    "metrics": {},
    "rate limits, in memory": {**_OFF, **_LIMIT},
    "rate limits, in Redis": {**_OFF, **_LIMIT, "redis_url": "redis://127.0.0.1:6379/0"},
    "host names": {**_OFF, **_HOSTS},
    "access log": {**_OFF, "access_log": True},
    "metrics, limits in memory and host names": {**_LIMIT, **_HOSTS},
}


async def added(data_dir: Path) -> dict[str, float]:
    """Microseconds of processor a kept answer takes inside the process, by what is on."""
    apps = {name: create_app(Settings(data_dir=data_dir, mcp=False, watch_seconds=0, **given)) for name, given in WAYS.items()}
    found = dict.fromkeys(apps, float("inf"))
    for app in apps.values():
        app.state.serving.store()
    for _ in range(_ROUNDS):
        for name, app in apps.items():
            begun = thread_time()
            for _ in range(_TIMES):
                await _ask(app)
            found[name] = min(found[name], (thread_time() - begun) / _TIMES * 1e6)
    return found


async def _ask(app: FastAPI) -> None:
    assert isinstance(app, Service)
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": CARD,
        "raw_path": CARD.encode(),
        "root_path": "",
        "scheme": "http",
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1:8000"), (b"user-agent", b"app"), (b"accept", b"application/json")],
        "client": ("127.0.0.1", 5),
        "server": ("127.0.0.1", 8000),
    }
    await app(scope, _nothing, _away)


async def _nothing() -> Any:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _away(_message: Any) -> None:
    """What a caller would read."""


def whole(data_dir: Path, rounds: int = 5) -> float:
    """Microseconds of processor a real server takes for the same answer with nothing on, the least of some rounds."""
    with tempfile.TemporaryDirectory() as work, service(Path(work), data_dir, CALC_METRICS="0") as server:
        measure(server, CARD, Load(1))
        return min(measure(server, CARD, Load(2)).cpu_microseconds for _ in range(rounds))


def operations_report(data_dir: Path) -> str:
    """What each adds, as a table."""
    total = whole(data_dir)
    found = uvloop.run(added(data_dir))
    lines = [f"A whole kept answer takes {total:.1f} µs of processor on a server with nothing on.", ""]
    lines += ["| with | µs inside the layers | added | share of the whole |", "|---|--:|--:|--:|"]
    for name, microseconds in found.items():
        more = microseconds - found[BARE]
        lines.append(f"| {name} | {microseconds:.1f} | {more:.1f} | {more / total * 100:.1f} % |")
    return "\n".join(lines)


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("CALC_DATA_DIR", "var"))
    configure("info")  # the access log goes to standard error: send that to a file

    sys.stdout.write(operations_report(folder) + "\n")
