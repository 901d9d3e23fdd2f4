"""The connection to PostgreSQL is lost while a server runs: plain 503s meanwhile, and it heals by itself."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import make_url

from tests.e2e.conftest import Server, start
from tests.faults.conftest import stop, until
from tests.faults.proxy import Relay

KEPT = "/v1/subtypes/amorphous"
NEEDS_THE_DATABASE = "/health/ready"
MAY_DO_WITHOUT = ("/v1/risk-matrix", "/v1/search?q=popcorn", "/v1/codes?system=DCM", "/llms.txt")
POSTED = (
    ("/v1/ground", {"question": "What are popcorn calcifications?"}),
    ("/v1/annotate", {"text": "Grouped amorphous calcifications."}),
    ("/v1/verify", {"answer": "Popcorn calcifications are benign."}),
)


@pytest.fixture(scope="module")
def relay(loaded_database: str) -> Iterator[Relay]:
    """What lies between the server and its database."""
    with Relay(make_url(loaded_database).port or 5432) as running:
        yield running


@pytest.fixture(scope="module")
def served(loaded_database: str, relay: Relay, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose database can be cut off."""
    url = make_url(loaded_database).set(host="127.0.0.1", port=relay.port).render_as_string(hide_password=False)
    folder = tmp_path_factory.mktemp("lost")
    server = start(folder, folder / "log", CALC_DATABASE_URL=url, CALC_WATCH_SECONDS="0.2")
    yield server
    stop(server)


def _ask_everything(base: str, *paths: str) -> dict[str, httpx.Response]:
    with httpx.Client(base_url=base, timeout=60) as http:
        answers = {path: http.get(path) for path in (NEEDS_THE_DATABASE, *paths, *MAY_DO_WITHOUT)}
        return answers | {path: http.post(path, json=body) for path, body in POSTED}


def _is_ready_for_prometheus(base: str) -> bool:
    return "\ncalcification_ready 1.0\n" in httpx.get(f"{base}/metrics", timeout=60).text


def _assert_refused_plainly(path: str, answer: httpx.Response) -> None:
    assert answer.status_code == 503, (path, answer.text)
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.headers["cache-control"] == "no-store"
    problem = answer.json()
    assert (problem["code"], problem["status"]) == ("not-ready", 503)
    assert problem["hint"]
    assert "psycopg" not in answer.text
    assert "127.0.0.1" not in answer.text


@pytest.mark.parametrize("limit", [7, 8])
def test_lost_database_is_told_and_heals(served: Server, relay: Relay, limit: int) -> None:
    kept = httpx.get(served.base + KEPT)
    assert kept.status_code == 200
    before = {path: httpx.post(served.base + path, json=body, timeout=60).content for path, body in POSTED}
    relay.cut()
    new = f"/v1/statements?limit={limit}"
    for path, answer in _ask_everything(served.base, new).items():
        if answer.status_code != 200 or path in (NEEDS_THE_DATABASE, new):
            _assert_refused_plainly(path, answer)
        if answer.status_code == 200 and path in before:
            assert answer.content == before[path]
    assert httpx.get(f"{served.base}/health/live").status_code == 200
    again = httpx.get(served.base + KEPT)
    assert (again.status_code, again.content) == (200, kept.content)
    until(lambda: not _is_ready_for_prometheus(served.base))
    relay.mend()
    until(lambda: httpx.get(f"{served.base}/health/ready", timeout=60).status_code == 200)
    until(lambda: _is_ready_for_prometheus(served.base))
    until(lambda: all(answer.status_code == 200 for answer in _ask_everything(served.base).values()))
    assert served.process.poll() is None
    assert "Traceback" not in served.log.read_text(encoding="utf-8")


def test_server_starts_without_its_database_and_heals(loaded_database: str, tmp_path: Path) -> None:
    with Relay(make_url(loaded_database).port or 5432) as relay:
        relay.cut()
        url = make_url(loaded_database).set(host="127.0.0.1", port=relay.port).render_as_string(hide_password=False)
        server = start(tmp_path, tmp_path / "log", CALC_DATABASE_URL=url, CALC_WATCH_SECONDS="0.2")
        try:
            for path, answer in _ask_everything(server.base).items():
                _assert_refused_plainly(path, answer)
            relay.mend()
            until(lambda: httpx.get(server.base + KEPT, timeout=60).status_code == 200)
        finally:
            stop(server)
