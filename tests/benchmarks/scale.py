"""What a request costs as the content grows: nothing kept, one caller, records spread over the whole release."""

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from api.web.paging import encode
from tests.benchmarks.growth import Grown, renamed
from tests.benchmarks.process import Running, service

ASKS = 60
_DEEP = 0.9
_ROOMS = (
    ("ground", "/v1/ground", {"question": "Are grouped amorphous calcifications often cancer?"}),
    ("search", "/v1/search?q=popcorn%20calcification", None),
    ("verify", "/v1/verify", {"answer": "About 7 in 100 grouped amorphous calcifications were cancer."}),
    ("risk figures, first page", "/v1/risk-estimates?measure=ppv&limit=20", None),
    ("annotate", "/v1/annotate", {"text": "Grouped amorphous calcifications in the left breast, BI-RADS 4B. Biopsy."}),
)


@dataclass(frozen=True)
class Cost:
    """Milliseconds of one kind of request, and the server's processor time for one."""

    p50: float
    p95: float
    cpu: float


@dataclass(frozen=True)
class Scaled:
    """One size of content."""

    factor: int
    statements: int
    build_seconds: float
    index_seconds: float | None
    file_megabytes: float
    ready_seconds: float
    ready_cpu_seconds: float
    resident_megabytes: float
    own_megabytes: float
    rooms_megabytes: float | None
    costs: dict[str, Cost]

    def as_data(self) -> dict[str, Any]:
        """For the baseline file."""
        return asdict(self)


def measure_size(grown: Grown, work: Path) -> Scaled:
    """Serve a grown release without keeping answers and ask."""
    with service(work, grown.data_dir, CALC_CACHE_BYTES="0", CALC_WARM="false", CALC_REQUEST_SECONDS="900") as server:
        ready_cpu = server.cpu_seconds()
        with httpx.Client(base_url=server.base, timeout=1_800) as http:
            digest = http.get("/health/ready").json()["digest"]
            kinds = dict(_kinds(grown, digest))
            costs = {name: _cost(server, http, asked) for name, asked in kinds.items()}
            resident, own = server.resident_mb(), server.own_mb()
            costs |= {} if grown.index_seconds is None else dict(_rooms(server, http))
        return Scaled(
            grown.factor,
            grown.statements,
            grown.seconds,
            grown.index_seconds,
            grown.megabytes,
            server.ready_seconds,
            ready_cpu,
            resident,
            own,
            None if grown.index_seconds is None else server.own_mb(),
            costs,
        )


def _kinds(grown: Grown, digest: str) -> Iterator[tuple[str, list[str]]]:
    spread = [round(number * (grown.factor - 1) / max(1, ASKS - 1)) for number in range(ASKS)]
    cards = ["fine-pleomorphic" if not copy else str(renamed("fine-pleomorphic", copy)) for copy in spread]
    ids = ["amorphous-01" if not copy else str(renamed("amorphous-01", copy)) for copy in spread]
    yield "card", [f"/v1/subtypes/{slug}" for slug in cards]
    yield "card in full", [f"/v1/subtypes/{slug}?include=statements,questions" for slug in cards]
    yield "statement", [f"/v1/statements/{statement_id}" for statement_id in ids]
    for noun in ("statements", "concepts", "questions", "sources"):
        yield f"{noun}, first page", [f"/v1/{noun}?limit=20"] * ASKS
    for query in ("aspect=risk", "audience=patient", "audience=clinician&aspect=management", "concept=amorphous"):
        yield f"statements by {query}, first page", [f"/v1/statements?{query}&limit=20"] * ASKS
    after = round(grown.statements * _DEEP)
    for query in ("", "?audience=patient"):
        cursor = encode(after, f"{digest} /v1/statements{query}")
        yield (
            f"statements{query}, deep page",
            [f"/v1/statements{query or '?'}&limit=20&cursor={cursor}".replace("?&", "?")] * ASKS,
        )
    yield "subtypes linked to dcis", ["/v1/subtypes?condition=dcis&limit=20"] * ASKS
    yield "missing card", [f"/v1/subtypes/no-such-{number}" for number in range(ASKS)]


def _cost(server: Running, http: httpx.Client, urls: list[str]) -> Cost:
    for url in urls[:3]:
        answer = http.get(url)
        if answer.status_code != (404 if "no-such" in url else 200):
            raise RuntimeError(f"{url} answered {answer.status_code}: {answer.text[:300]}")
    return _timed(server, [partial(http.get, url) for url in urls])


def _timed(server: Running, asks: list[Any]) -> Cost:
    before, taken = server.cpu_seconds(), []
    for ask in asks:
        begun = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - begun) * 1000)
    used = (server.cpu_seconds() - before) / len(asks) * 1000
    taken.sort()
    return Cost(taken[len(taken) // 2], taken[int(len(taken) * 0.95)], used)


def _rooms(server: Running, http: httpx.Client) -> Iterator[tuple[str, Cost]]:
    """What searches in the index; the first request, which makes the room, is not counted."""
    for name, path, body in _ROOMS:
        asked = partial(http.post, path, json=body) if body else partial(http.get, path)
        asked().raise_for_status()
        yield name, _timed(server, [asked] * ASKS)
