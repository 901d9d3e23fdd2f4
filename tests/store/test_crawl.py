"""Every GET a crawler finds is answered from PostgreSQL as from SQLite: same status, same tag, same bytes.

The ordinary run asks every list and page, each fourth of the cards and what belongs to them, and each sixtieth of the single
statements, sources and questions; CALC_CRAWL=all asks all of them. The bulk copies are compared in test_switch_postgresql.
"""

import os
import re
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal

from api.settings import Settings
from tests.conftest import Client, client_for

ALL = os.environ.get("CALC_CRAWL") == "all"
EACH = {"/v1/statements/": 60, "/v1/sources/": 60, "/v1/questions/": 60, "/v1/": 4}
MORE = (
    "/v1/statements?limit=200",
    "/v1/sources?limit=200",
    "/v1/questions?limit=200&audience=patient&region=UK",
    "/v1/concepts?limit=200&sort=-name",
    "/v1/risk-estimates?limit=200",
    "/v1/subtypes/amorphous?include=statements,questions&audience=patient",
    "/v1/search?q=is+it+cancer&limit=50",
    "/v1/suggest?q=cal",
    "/v1/resolve?term=Eierschale",
    "/v1/types/nothing",
    "/v1/types?limit=0",
    "/llms.txt",
    "/docs",
    "/openapi.json",
)


@pytest.fixture(scope="module")
def from_postgresql(portal: BlockingPortal, settings: Settings, loaded_database: str) -> Iterator[Client]:
    """A client of a service on PostgreSQL that makes every answer anew."""
    shared = settings.model_copy(update={"database_url": loaded_database, "cache_bytes": 0, "watch_seconds": 0})
    with client_for(portal, shared) as client:
        yield client


def _addresses(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        told = list(told.values())
    if isinstance(told, list):
        for value in told:
            yield from _addresses(value)
    elif isinstance(told, str) and told.startswith("/v1/") and " " not in told and "{" not in told:
        yield told


def _told(answer: httpx.Response) -> bytes:
    """The bytes; an error without the number of its request."""
    return re.sub(rb',"request_id":"[0-9a-f]+"', b"", answer.content) if answer.status_code >= 400 else answer.content


def _wanted(address: str, met: Counter[str]) -> bool:
    if address.startswith("/v1/export."):
        return False
    kind = next(kind for kind in EACH if address.startswith(kind))
    met[kind] += 1
    return ALL or "?" in address or met[kind] % EACH[kind] == 0


def test_every_get_of_a_crawl_has_the_same_bytes(uncached: Client, from_postgresql: Client) -> None:
    examples = _addresses([op["get"].get("x-example") for op in uncached.app.openapi()["paths"].values() if "get" in op])
    waiting = deque([*examples, *MORE])
    met = set(waiting)
    kinds: Counter[str] = Counter()
    count = 0
    while waiting:
        address = waiting.popleft()
        one, other = uncached.get(address), from_postgresql.get(address)
        count += 1
        assert (one.status_code, _told(one)) == (other.status_code, _told(other)), address
        for name in ("etag", "content-type", "cache-control", "link", "location"):
            assert one.headers.get(name) == other.headers.get(name), (address, name)
        if one.headers["content-type"] != "application/json" or address == "/openapi.json":
            continue
        for found in _addresses(one.json()):
            if found not in met:
                met.add(found)
                if _wanted(found, kinds):
                    waiting.append(found)
    assert count > 150
    assert len(met) > 1_500
