"""Fuzzes a real server and judges every answer: schemathesis for one in five requests, requests of our own for the rest.

    python -m tests.faults.fuzz --requests 100000 [--first 1]

Starts two servers on a release built for it: one as it is served, one that keeps no answers in memory, which every hundredth
request is asked of too. Tells figures at the end; any wrong answer is told with its request, and the exit code is 1.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as begin_with

from api.derived import derived
from api.seeding.build import build_seed
from api.seeding.fingerprint import fingerprint, remember
from api.seeding.read import read
from api.seeding.seed import Seed
from tests.conftest import MIGRATIONS, SEED
from tests.e2e.conftest import Server, start
from tests.faults.judge import Judge, Wrong
from tests.faults.raw import Answer, Raw
from tests.faults.requests import Request, Requests

_EVERY = 100
_DESCRIBED_SHARE = 0.2
_TOLD = 20


class Fuzzer:
    """Asks a server by one connection that is opened again whenever it was closed."""

    def __init__(self, server: Server, seed: Seed, reference: Server | None, first: int) -> None:
        self._port = server.port
        self._reference = reference
        self._connections: dict[int, Raw] = {}
        with httpx.Client(base_url=server.base, timeout=60) as http:
            digest = http.get("/health/ready").json()["digest"]
            self.description: dict[str, Any] = http.get("/openapi.json").json()
        self.judge = Judge(seed, digest)
        self._compared = Judge(seed, digest, self._asked_of_reference)
        self._requests = Requests(self.description, seed, first)
        self._first = first
        self.count = 0
        self.faults: list[str] = []

    def close(self) -> None:
        """Close its connections."""
        for connection in self._connections.values():
            connection.socket.close()

    def own(self, count: int) -> None:
        """Ask so many requests of our own making."""
        for _ in range(count):
            self._try(self._requests.next())

    def described(self, count: int) -> None:
        """Ask so many requests that schemathesis makes from the description."""
        schema = schemathesis.openapi.from_dict(self.description)
        operations: list[Any] = [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr]  # it is valid
        each = max(count // len(operations), 1)
        for operation in operations:

            @begin_with(self._first)
            @settings(
                max_examples=each,
                database=None,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy())
            def ask(case: Any) -> None:
                self._try(_as_request(case))

            ask()

    def _try(self, request: Request) -> None:
        self.count += 1
        judge = self._compared if self._reference and self.count % _EVERY == 0 else self.judge
        try:
            judge.look(request, self._asked(self._port, request))
        except (Wrong, ValueError, KeyError, TypeError) as error:
            self.faults.append(f"{request.method} {request.target} {request.headers} {request.body[:500]!r}: {error!r}")

    def _asked(self, port: int, request: Request) -> Answer:
        for _ in range(3):
            connection = self._connections.get(port) or Raw(port)
            self._connections[port] = connection
            try:
                connection.send(request.raw())
                answer = connection.answer(head=request.method == "HEAD")
            except (ConnectionError, TimeoutError):
                answer = None
            if answer and answer.headers.get("connection") != "close":
                return answer
            connection.socket.close()
            del self._connections[port]
            if answer:
                return answer
        raise Wrong("no answer")

    def _asked_of_reference(self, request: Request) -> tuple[int, bytes]:
        assert self._reference
        plain = tuple(pair for pair in request.headers if pair[0] != b"Accept-Encoding")
        answer = self._asked(self._reference.port, Request(request.method, request.target, plain, request.body))
        return answer.status, answer.body


def _as_request(case: Any) -> Request:
    made = case.as_transport_kwargs(base_url="http://x")
    prepared = httpx.Request(
        made["method"], made["url"], params=_flat(made.get("params")), json=made.get("json"), headers=_plain(made.get("headers"))
    )
    headers = tuple((name, value) for name, value in prepared.headers.raw if name.lower() not in (b"host", b"content-length"))
    return Request(prepared.method, prepared.url.raw_path.decode("ascii"), headers, prepared.read())


def _flat(params: Any) -> str:
    return urlencode(params or {}, doseq=True, errors="surrogatepass")


def _plain(headers: Any) -> dict[str, str]:
    return {name: value for name, value in (headers or {}).items() if value.isascii()}


@contextmanager
def _served(folder: Path, **environment: str) -> Iterator[Server]:
    server = start(folder, folder / f"log{len(environment)}", **environment)
    try:
        yield server
        if server.process.poll() is not None:
            raise Wrong(f"the server ended: {server.log.read_text(encoding='utf-8', errors='replace')[-2_000:]}")
    finally:
        server.process.terminate()
        server.process.wait(timeout=30)


def main(count: int, first: int, tell: Callable[[str], object]) -> int:
    """Ask so many requests and tell what came; returns the number of wrong answers."""
    seed = read(SEED).seed()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        folder = Path(name)
        made_from = fingerprint(SEED, MIGRATIONS)
        build_seed(seed, MIGRATIONS, folder, lambda _step: None, lambda _draft: None, derived)
        remember(folder, made_from)
        began = time.monotonic()
        with _served(folder) as server, _served(folder, CALC_CACHE_BYTES="0") as reference:
            fuzzer = Fuzzer(server, seed, reference, first)
            fuzzer.described(round(count * _DESCRIBED_SHARE))
            described = fuzzer.count
            fuzzer.own(count - described)
            fuzzer.close()
        tell(f"{fuzzer.count} requests ({described} from schemathesis), chance began with {first}")
        total = fuzzer.judge.statuses + fuzzer._compared.statuses
        tell("statuses: " + ", ".join(f"{status}: {number}" for status, number in sorted(total.items())))
        tell(f"compared with a server that keeps nothing: {fuzzer._compared.compared}")
        tell(f"server errors: {sum(number for status, number in total.items() if status >= 500)}")
        tell(f"wrong answers: {len(fuzzer.faults)}; {time.monotonic() - began:.0f} s")
        for fault in fuzzer.faults[:_TOLD]:
            tell(fault)
    return len(fuzzer.faults)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--requests", type=int, default=100_000)
    asked.add_argument("--first", type=int, default=1, help="the number chance begins with")
    given_ = asked.parse_args()
    sys.exit(1 if main(given_.requests, given_.first, lambda line: sys.stdout.write(f"{line}\n")) else 0)
