"""Rate limits: a policy for reading and one for posting, told in headers, refused with 429; off where nobody else can ask."""

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal

from api.app import create_app
from api.settings import Settings
from api.web.allowances import Allowances, Count, client_of, portion_of
from tests.conftest import Client, client_for

CARD = "/v1/subtypes/amorphous"
QUESTION = {"question": "What is DCIS?"}
LIMITS = {"warm": False, "rate_limits": True, "rate_reads": 6, "rate_posts": 3}


@pytest.fixture
def limited(portal: BlockingPortal, settings: Settings) -> Iterator[Client]:
    """A client of a service with small limits."""
    with client_for(portal, settings.model_copy(update=LIMITS)) as client:
        yield client


def test_answers_tell_the_standing_and_the_seventh_is_refused(limited: Client) -> None:
    seen = [limited.get(CARD) for _ in range(6)]
    assert [answer.status_code for answer in seen] == [200] * 6
    assert {answer.headers["ratelimit-policy"] for answer in seen} == {'"reads";q=6;w=60'}
    assert [answer.headers["ratelimit"].split(";")[1] for answer in seen] == [f"r={left}" for left in range(5, -1, -1)]
    refused = limited.get(CARD, headers={"Origin": "https://app.example"})
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (429, "too-many-requests")
    assert refused.headers["content-type"] == "application/problem+json"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.headers["ratelimit"] == f'"reads";r=0;t={refused.headers["retry-after"]}'
    assert problem["request_id"] == refused.headers["x-request-id"]
    assert refused.headers["access-control-allow-origin"] == "*"
    assert "RateLimit" in refused.headers["access-control-expose-headers"]
    assert refused.headers["content-security-policy"].startswith("default-src 'none'")
    assert refused.headers["cache-control"] == "no-store"


def test_posts_have_a_policy_of_their_own(limited: Client) -> None:
    posts = [limited.request("POST", "/v1/ground", json=QUESTION) for _ in range(4)]
    assert [answer.status_code for answer in posts] == [200, 200, 200, 429]
    assert posts[0].headers["ratelimit-policy"] == '"posts";q=3;w=60'
    assert limited.get(CARD).status_code == 200


def test_kept_answers_and_304_carry_this_callers_standing(limited: Client) -> None:
    first = limited.get(CARD)
    again = limited.get(CARD, headers={"If-None-Match": first.headers["etag"]})
    head = limited.request("HEAD", CARD)
    assert (again.status_code, head.status_code) == (304, 200)
    for place, answer in enumerate((first, again, head)):
        assert answer.headers.get_list("ratelimit")[0].split(";")[1] == f"r={5 - place}"
        assert len(answer.headers.get_list("ratelimit")) == len(answer.headers.get_list("ratelimit-policy")) == 1


def test_probes_and_metrics_are_free(limited: Client) -> None:
    for url in ("/health/live", "/health/ready", "/metrics"):
        answers = [limited.get(url) for _ in range(9)]
        assert {answer.status_code for answer in answers} == {200}
        assert "ratelimit" not in answers[0].headers


def test_refusals_are_counted(limited: Client) -> None:
    for _ in range(9):
        limited.get(CARD)
    assert 'calcification_limited_total{policy="reads"} 3.0' in limited.get("/metrics").text


def test_clients_are_told_apart(portal: BlockingPortal, settings: Settings) -> None:
    app = create_app(settings.model_copy(update=LIMITS))

    async def ask(address: str, times: int) -> list[int]:
        transport = httpx.ASGITransport(app, client=(address, 9))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
            return [(await http.get(CARD)).status_code for _ in range(times)]

    with portal.wrap_async_context_manager(app.router.lifespan_context(app)):
        assert portal.call(ask, "198.51.100.1", 7) == [200] * 6 + [429]
        assert portal.call(ask, "198.51.100.2", 1) == [200]
        assert portal.call(ask, "2001:db8::1", 4) == [200] * 4
        assert portal.call(ask, "2001:db8::ffff", 3) == [200, 200, 429]
        assert portal.call(ask, "2001:db8:0:1::1", 1) == [200]


def test_off_on_loopback_unless_asked_for(client: Client) -> None:
    assert "ratelimit" not in client.get(CARD).headers
    assert not Settings().limits_rates
    assert not Settings(host="localhost").limits_rates
    assert Settings(host="0.0.0.0").limits_rates  # noqa: S104  # what a container listens on
    assert Settings(rate_limits=True).limits_rates
    assert not Settings(host="10.0.0.1", rate_limits=False).limits_rates


@pytest.mark.parametrize(("address", "client"), [
    ("203.0.113.9", "203.0.113.9"),
    ("::ffff:203.0.113.9", "203.0.113.9"),
    ("2001:db8::1:2:3", "2001:db8::/64"),
    ("", ""),
    ("x" * 500, "x" * 64),
])  # fmt: skip
def test_who_is_one_client(address: str, client: str) -> None:
    assert client_of(address) == client


@pytest.mark.parametrize(("limit", "portion"), [(1200, 100), (120, 10), (6, 1), (1, 1), (7, 1), (97, 1), (100_000_000, 100)])
def test_portions_divide_the_limit(limit: int, portion: int) -> None:
    assert portion_of(limit) == portion
    assert limit % portion == 0


def test_many_at_once_get_exactly_the_limit(portal: BlockingPortal) -> None:
    async def storm() -> tuple[int, int]:
        allowances = Allowances("reads", 120, Count(None))

        async def one() -> bool:
            standing = allowances.spend("198.51.100.1") or await allowances.ask("198.51.100.1")
            assert standing is not None
            return standing[0]

        answers = await asyncio.gather(*(one() for _ in range(500)))
        return sum(answers), len(answers)

    assert portal.call(storm) == (120, 500)


@pytest.mark.parametrize("jump", [-400 * 86_400.0, 400 * 86_400.0], ids=["back", "ahead"])
def test_a_changed_clock_neither_locks_out_nor_lets_in(
    portal: BlockingPortal, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    started, running = time.time(), 1_000.0

    async def asked(allowances: Allowances, times: int) -> list[bool]:
        standings = [allowances.spend("198.51.100.1") or await allowances.ask("198.51.100.1") for _ in range(times)]
        return [bool(standing and standing[0]) for standing in standings]

    def shows(clock: float, monotonic: float) -> None:
        monkeypatch.setattr(time, "time", lambda: clock)
        for name, value in (("time", clock), ("monotonic", monotonic)):
            monkeypatch.setattr(f"api.web.allowances.{name}", lambda value=value: value, raising=False)

    shows(started, running)
    allowances = Allowances("reads", 6, Count(None))
    assert portal.call(asked, allowances, 7) == [True] * 6 + [False]
    shows(started + jump, running + 1)
    assert portal.call(asked, allowances, 1) == [False]
    shows(started + jump, running + 61)
    assert portal.call(asked, allowances, 7) == [True] * 6 + [False]


def test_memory_of_clients_is_bounded(portal: BlockingPortal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.web.allowances._MOST_CLIENTS", 500)

    async def crowd() -> int:
        allowances: Any = Allowances("reads", 6, Count(None))
        for number in range(2_000):
            await allowances.ask(f"client-{number}")
        return len(allowances._portions)  # the bound is what is tested

    assert portal.call(crowd) <= 500
