"""How long the service takes from nothing to ready, and what it holds in memory once every kind of request was made."""

from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.benchmarks.load import median
from tests.benchmarks.process import service

STARTS = 3
_ASKED = (
    "/v1/subtypes/fine-pleomorphic?include=statements,questions",
    "/v1/statements?limit=200",
    "/v1/concepts?limit=200",
    "/v1/questions?limit=200",
    "/v1/sources?limit=200",
    "/openapi.json",
)


@dataclass(frozen=True)
class Start:
    """The medians of some starts."""

    seconds: float
    cpu_seconds: float
    megabytes: float


def measure_start(work: Path, data_dir: Path) -> Start:
    """Start, ask, weigh; the first start only fills the bytecode folder, as an installation does."""
    with service(work, data_dir):
        pass
    seconds, used, weights = [], [], []
    for _ in range(STARTS):
        with service(work, data_dir) as server:
            seconds.append(server.ready_seconds)
            used.append(server.cpu_seconds())
            for path in _ASKED:
                httpx.get(server.base + path, timeout=60).raise_for_status()
            weights.append(server.resident_mb())
    return Start(median(seconds), median(used), median(weights))
