"""Host names: with a list, others hear 421 and requests without one Host 400; probes are answered under any name."""

from collections.abc import Iterator

import pytest
from anyio.from_thread import BlockingPortal

from api.settings import Settings
from tests.conftest import Client, client_for

CARD = "/v1/subtypes/amorphous"
OWN = ("api.example.org", "*.health.example", "[::1]")


@pytest.fixture(scope="module")
def named(portal: BlockingPortal, settings: Settings) -> Iterator[Client]:
    """A client of a service that has names."""
    with client_for(portal, settings.model_copy(update={"allowed_hosts": OWN, "warm": False})) as client:
        client.get(CARD, headers={"Host": "api.example.org"})  # from here on the answer is kept
        yield client


@pytest.mark.parametrize(
    "host",
    ["api.example.org", "API.example.org:8443", "api.example.org.", "a.health.example", "a.b.health.example:1", "[::1]:80"],
)
def test_own_names_are_answered(named: Client, host: str) -> None:
    assert named.get(CARD, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "health.example", "xhealth.example", "api.example.org.evil.example", "", "[::2]", "x" * 9000]
)
def test_other_names_are_refused_even_for_kept_answers(named: Client, host: str) -> None:
    answer = named.get(CARD, headers={"Host": host, "Origin": "https://app.example"})
    assert (answer.status_code, answer.json()["code"]) == (421, "other-host")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-request-id"] == answer.json()["request_id"]
    assert answer.headers["access-control-allow-origin"] == "*"


def test_two_hosts_or_none_are_refused(named: Client) -> None:
    two = [(b"host", b"api.example.org"), (b"host", b"evil.example")]
    answer = named.request("GET", CARD, headers=two)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")


def test_probes_ask_by_address(named: Client) -> None:
    for url in ("/health/live", "/health/ready"):
        assert named.get(url, headers={"Host": "10.0.0.7:8000"}).status_code == 200


def test_any_name_by_default(client: Client) -> None:
    assert client.get(CARD, headers={"Host": "any.example"}).status_code == 200
