"""What operators see: counts by route, never a path or a word of a caller; only inside; and a log of requests on wish."""

import json
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest
from anyio.from_thread import BlockingPortal
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from api.settings import Settings
from api.web.route_names import UNKNOWN, RouteNames
from tests.conftest import Client, client_for

CARD = "/v1/subtypes/amorphous"
MARK = "zebrafinch"


@pytest.fixture
def fresh(portal: BlockingPortal, settings: Settings) -> Iterator[Client]:
    """A client of a service nobody asked before."""
    with client_for(portal, settings.model_copy(update={"warm": False})) as client:
        yield client


def series(client: Client) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Every sample by name and labels."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in families for one in family.samples}


def asked(client: Client, route: str, status: str = "2xx", method: str = "GET") -> float:
    """How often a route was answered."""
    labels = (("method", method), ("route", route), ("status", status))
    return series(client).get(("calcification_requests_total", labels), 0)


def test_an_answer_made_for_a_head_is_counted_as_one(fresh: Client) -> None:
    assert fresh.request("HEAD", CARD).status_code == 200
    assert asked(fresh, "/v1/subtypes/{slug}", method="HEAD") == 1
    assert asked(fresh, "/v1/subtypes/{slug}") == 0


def test_made_and_kept_answers_are_counted_by_route(fresh: Client) -> None:
    tag = fresh.get(CARD).headers["etag"]
    for _ in range(3):
        fresh.get(CARD)
    fresh.get(CARD, headers={"If-None-Match": tag})
    fresh.request("HEAD", CARD)
    fresh.get("/v1/subtypes/none-such")
    fresh.request("POST", "/v1/ground", json={"question": "What is DCIS?"})
    assert asked(fresh, "/v1/subtypes/{slug}") == 4
    assert asked(fresh, "/v1/subtypes/{slug}", "3xx") == 1
    assert asked(fresh, "/v1/subtypes/{slug}", method="HEAD") == 1
    assert asked(fresh, "/v1/subtypes/{slug}", "4xx") == 1
    assert asked(fresh, "/v1/ground", method="POST") == 1
    found = series(fresh)
    assert found["calcification_making_seconds_count", (("route", "/v1/subtypes/{slug}"),)] == 2
    assert found["calcification_kept_answers_given_total", ()] == 5
    assert found["calcification_kept_answers", ()] == 1
    assert found["calcification_kept_bytes", ()] > 1_000
    assert found["calcification_ready", ()] == 1


def test_release_is_named(fresh: Client) -> None:
    ready = fresh.get("/health/ready").json()
    labels = (("digest", ready["digest"]), ("release", ready["release"]))
    assert series(fresh)["calcification_release", labels] == 1


def test_unready_service_says_so(portal: BlockingPortal, settings: Settings, tmp_path: object) -> None:
    with client_for(portal, settings.model_copy(update={"data_dir": tmp_path})) as client:
        assert series(client)["calcification_ready", ()] == 0


def test_what_callers_write_names_no_series(fresh: Client) -> None:
    before = len(series(fresh))
    for number in range(40):
        for path in (
            f"/{MARK}{number}",
            f"/v1/subtypes/{MARK}{number}",
            f"/v1/search?q={MARK}{number}",
            f"/v1/{MARK}/a/{number}/b",
        ):
            fresh.get(path)
        fresh.request(f"{MARK.upper()}{number}", "/v1/types")
        fresh.request("POST", "/v1/ground", json={"question": f"{MARK} {number}"})
    text = fresh.get("/metrics").text
    assert MARK not in text.lower()
    assert asked(fresh, UNKNOWN, "4xx") == 80
    assert len(series(fresh)) < before + 200


def test_every_operation_has_a_name(fresh: Client) -> None:
    names: RouteNames = fresh.app.state.witness.routes
    for path in fresh.app.openapi()["paths"]:
        assert names.of(path.replace("{", "").replace("}", "")) == path
    assert names.of("/docs/assets/swagger-ui.css") == "/docs/assets"
    assert names.of("/mcp") == "/mcp"
    assert names.of("/v1/types/") == "/v1/types"
    for path in ("/", "", "/v1", "/*", "//", "/v1/*", "/x" * 5000):
        assert names.of(path) == UNKNOWN


def test_only_those_inside_may_read(portal: BlockingPortal, settings: Settings, fresh: Client) -> None:
    assert fresh.get("/metrics").status_code == 200
    assert fresh.get("/metrics", headers={"X-Forwarded-For": "203.0.113.1"}).status_code == 404
    assert fresh.get("/metrics", headers={"Forwarded": "for=203.0.113.1"}).status_code == 404

    async def ask(address: str) -> int:
        app = fresh.app
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(address, 1)), base_url="http://x") as http:
            return (await http.get("/metrics")).status_code

    assert [portal.call(ask, address) for address in ("::1", "127.8.8.8", "198.51.100.1", "nonsense", "")] == [
        200,
        200,
        404,
        404,
        404,
    ]


def test_answer_is_what_prometheus_reads(fresh: Client) -> None:
    plain = fresh.get("/metrics")
    assert plain.headers["content-type"].startswith("text/plain; version=")
    assert plain.headers["cache-control"] == "no-store"
    assert "process_cpu_seconds_total" in plain.text
    new = fresh.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert new.headers["content-type"].startswith("application/openmetrics-text")
    assert new.text.count("# EOF") == 1
    assert new.text.endswith("# EOF\n")


def test_off_means_gone(portal: BlockingPortal, settings: Settings) -> None:
    with client_for(portal, settings.model_copy(update={"metrics": False, "warm": False})) as client:
        assert client.get(CARD).status_code == 200
        assert client.get("/metrics").json()["code"] == "no-such-path"


def test_libraries_are_not_loaded_when_off() -> None:
    code = "import sys; from api.app import create_app; from api.settings import Settings; create_app(Settings(metrics=False)); "
    subprocess.run(
        [sys.executable, "-c", code + "assert not {'prometheus_client', 'limits', 'redis'} & set(sys.modules)"], check=True
    )


_LOGGED = f"""
import anyio
import httpx
from api.app import create_app
from api.logs import configure
from api.settings import get_settings

async def run():
    configure("info")
    app = create_app(get_settings())
    async with app.router.lifespan_context(app):
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as http:
            for url in ("{CARD}", "{CARD}", "/v1/search?q={MARK}", "/{MARK}"):
                answer = await http.get(url, headers={{"X-Worry": "{MARK}"}})
                print(answer.headers["x-request-id"])

anyio.run(run)
"""


def test_request_log_tells_route_status_time_and_id(settings: Settings) -> None:
    environment = {"CALC_DATA_DIR": str(settings.data_dir), "CALC_ACCESS_LOG": "1", "PATH": "/usr/bin", "PYTHONPATH": "."}
    done = subprocess.run([sys.executable, "-c", _LOGGED], env=environment, capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    told = [line for line in lines if line["event"] == "request"]
    assert [line["request_id"] for line in told] == done.stdout.split()
    assert [(line["route"], line["status"], line["kept"]) for line in told] == [
        ("/v1/subtypes/{slug}", 200, False),
        ("/v1/subtypes/{slug}", 200, True),
        ("/v1/search", 200, False),
        (UNKNOWN, 404, False),
    ]
    assert all(line["milliseconds"] > 0 and line["method"] == "GET" for line in told)
    assert "address" not in told[0]
    assert MARK not in str(lines)  # what the asking client itself logs is no concern of the service


def test_request_log_is_off_unless_asked_for() -> None:
    assert not create_app(Settings(metrics=False)).state.witness.watches
