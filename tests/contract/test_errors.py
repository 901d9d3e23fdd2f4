"""Every error is a problem document of one shape, with a stable code and a remedy."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal

from api.settings import Settings
from tests.conftest import Client, client_for

ERRORS = [
    ("GET", "/nowhere", {}, 404, "no-such-path"),
    ("GET", "/v1", {}, 404, "no-such-path"),
    ("GET", "/v1/subtypes/amorfous", {}, 404, "not-found"),
    ("GET", "/v1/subtypes/dcis", {}, 404, "not-found"),
    ("GET", "/v1/statements/amorphous-99", {}, 404, "not-found"),
    ("GET", "/v1/sources/oligane", {}, 404, "not-found"),
    ("GET", "/v1/questions/nothing-like-this", {}, 404, "not-found"),
    ("GET", "/problems/nothing", {}, 404, "not-found"),
    ("POST", "/v1/subtypes", {}, 405, "method-not-allowed"),
    ("DELETE", "/v1/subtypes/amorphous", {}, 405, "method-not-allowed"),
    ("GET", "/v1/types", {"headers": {"Accept": "text/csv"}}, 406, "not-acceptable"),
    ("GET", "/v1/types", {"content": b"x" * 10_000_000, "headers": {"Content-Type": "application/json"}}, 413, "body-too-large"),
    ("GET", f"/v1/types?fields={'x' * 9000}", {}, 414, "url-too-long"),
    ("GET", "/v1/types", {"content": b"a=1", "headers": {"Content-Type": "text/plain"}}, 415, "unsupported-media-type"),
    ("GET", "/v1/types?colour=red", {}, 422, "invalid-request"),
    ("GET", "/v1/types?limit=0", {}, 422, "invalid-request"),
    ("GET", "/v1/types?limit=many", {}, 422, "invalid-request"),
    ("GET", "/v1/subtypes?suspicion=odd", {}, 422, "invalid-request"),
    ("GET", "/v1/subtypes/amorphous?fields=nam", {}, 422, "bad-query"),
    ("GET", "/v1/subtypes/amorphous?include=everything", {}, 422, "bad-query"),
    ("GET", "/v1/subtypes?condition=dcsi", {}, 422, "bad-query"),
    ("GET", "/v1/statements?source=none", {}, 422, "bad-query"),
    ("GET", "/v1/conditions?cursor=forged", {}, 422, "bad-query"),
    ("GET", "/health/live?x=1", {}, 422, "invalid-request"),
]


@pytest.mark.parametrize(("method", "url", "given", "status", "code"), ERRORS, ids=[f"{e[0]} {e[1][:40]} {e[4]}" for e in ERRORS])
def test_error_is_a_problem(client: Client, method: str, url: str, given: dict[str, object], status: int, code: str) -> None:
    answer = client.request(method, url, **given)
    problem = answer.json()
    assert answer.status_code == status, problem
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert (problem["status"], problem["code"], problem["type"]) == (status, code, f"/problems/{code}")
    assert problem["hint"]
    assert problem["detail"].endswith(".")
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert client.get(problem["type"]).json()["title"] == problem["title"]


def test_near_slugs_help(client: Client) -> None:
    assert client.get("/v1/subtypes/amorfous").json()["near"][0] == "amorphous"
    assert client.get("/v1/subtypes/Fine%20Pleomorphic").json()["near"][0] == "fine-pleomorphic"
    assert client.get("/v1/conditions/fat%20necrosis").json()["near"][0] == "fat-necrosis"
    assert client.get("/v1/statements/amorphous-99").json()["near"][0] == "amorphous-01"


def test_unknown_parameter_is_named_with_near_ones(client: Client) -> None:
    problem = client.get("/v1/subtypes?suspicon=suspicious").json()
    assert problem["errors"] == [{"parameter": "suspicon", "detail": "Unknown parameter.", "near": ["suspicion"]}]
    assert "suspicion" in problem["hint"]


def test_method_not_allowed_names_the_methods(client: Client) -> None:
    allow = client.request("PUT", "/v1/subtypes").headers["allow"]
    assert {"GET", "HEAD"} <= {method.strip() for method in allow.split(",")}


@pytest.fixture
def broken(portal: BlockingPortal, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A client for an app whose catalogue fails in a way nobody foresaw."""
    with client_for(portal, settings) as client:
        serving = client.app.state.serving

        def fail() -> None:
            raise RuntimeError("a private text that nobody may see")

        monkeypatch.setattr(serving, "store", fail)
        yield client


def test_unforeseen_error_tells_no_internals(broken: Client, capfd: pytest.CaptureFixture[str]) -> None:
    answer = broken.get("/v1/types")
    assert answer.status_code == 500
    assert answer.json()["code"] == "internal-error"
    written = capfd.readouterr()
    for text in (answer.text, written.out, written.err):
        assert "private text" not in text
        assert "Traceback" not in text


def test_unbuilt_service_is_alive_but_not_ready(portal: BlockingPortal, settings: Settings, tmp_path: Path) -> None:
    with client_for(portal, settings.model_copy(update={"data_dir": tmp_path})) as client:
        assert client.get("/health/live").status_code == 200
        for url in ("/health/ready", "/v1/types"):
            answer = client.get(url)
            assert (answer.status_code, answer.json()["code"]) == (503, "not-ready")
            assert answer.headers["retry-after"]
            assert "calcification-api build" in answer.json()["hint"]


def test_unknown_member_of_a_body_is_not_repeated(client: Client) -> None:
    problem = client.request("POST", "/v1/ground", json={"question": "What is DCIS?", "audiense": "patient"}).json()
    assert problem["errors"] == [{"pointer": "", "detail": "It has an unknown member.", "near": ["audience"]}]
    assert "audience" in problem["hint"]
    assert "audiense" not in str(problem)
