"""Any bytes in any parameter, header or path: a 4xx problem with a remedy or a good answer, never a 5xx, never internals."""

from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from tests.conftest import Client
from tests.described import DESCRIPTION

LISTS = (
    "types",
    "subtypes",
    "distributions",
    "conditions",
    "guidance",
    "assessments",
    "questions",
    "concepts",
    "statements",
    "sources",
    "releases",
    "changes",
)
PARAMETERS = (
    "limit",
    "since",
    "until",
    "cursor",
    "sort",
    "fields",
    "include",
    "audience",
    "region",
    "type",
    "condition",
    "concept",
    "source",
    "topic",
    "x",
)
FUZZED = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
NASTY = [
    "\0",
    "a\0b",
    "'; DROP TABLE statement; --",
    "%00",
    "../../etc/passwd",
    "\ud800",
    "a" * 5000,
    "٣",
    "‮",
    "${x}",
    "\r\nSet-Cookie: a=b",
]

anything = st.one_of(st.text(max_size=60), st.sampled_from(NASTY), st.binary(max_size=40).map(lambda raw: raw.decode("latin-1")))


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def _is_handled(client: Client, method: str, url: str, **given_: object) -> None:
    answer = client.request(method, url, **given_)
    assert answer.status_code < 500, (method, url, answer.text)
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert problem["hint"]
        assert "Traceback" not in answer.text
    for value in answer.headers.values():
        assert "\n" not in value


@given(noun=st.sampled_from(LISTS), slug=anything)
@FUZZED
@example(noun="statements", slug="amorphous-01\0")
@example(noun="sources", slug="\0")
def test_any_slug(client: Client, noun: str, slug: str) -> None:
    _is_handled(client, "GET", f"/v1/{noun}/{_quoted(slug)}")


@given(noun=st.sampled_from(LISTS), name=st.one_of(st.sampled_from(PARAMETERS), anything), value=anything)
@FUZZED
def test_any_parameter(client: Client, noun: str, name: str, value: str) -> None:
    _is_handled(client, "GET", f"/v1/{noun}?{_quoted(name)}={_quoted(value)}")


@given(path=anything, method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]))
@FUZZED
def test_any_path(client: Client, path: str, method: str) -> None:
    if method == "HEAD":
        assert client.request(method, f"/{_quoted(path)}").status_code < 500
    else:
        _is_handled(client, method, f"/{_quoted(path)}")


@given(
    name=st.sampled_from(["Accept", "If-None-Match", "Content-Type", "Content-Length", "Origin", "Range", "Accept-Encoding"]),
    value=st.binary(max_size=60).filter(lambda raw: not {10, 13, 0} & set(raw)),
)
@FUZZED
def test_any_header(client: Client, name: str, value: bytes) -> None:
    _is_handled(client, "GET", "/v1/types", headers=[(name.encode(), value)])


@given(query=st.binary(max_size=80).filter(lambda raw: b"#" not in raw))
@FUZZED
def test_any_bytes_as_query(client: Client, query: bytes) -> None:
    _is_handled(client, "GET", "/v1/conditions?" + "".join(f"%{byte:02X}" for byte in query))


@pytest.mark.parametrize("size", [1_000_001, 10_000_000])
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/octet-stream"])
def test_large_bodies_are_refused(client: Client, size: int, kind: str) -> None:
    answer = client.request("POST", "/v1/types", content=b"\xff" * size, headers={"Content-Type": kind})
    assert answer.status_code == 413


schema = schemathesis.openapi.from_dict(DESCRIPTION)


@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_answers_keep_to_the_description(client: Client, case: Any) -> None:
    given_ = case.as_transport_kwargs(base_url="http://testserver")
    answer = client.request(
        given_["method"], given_["url"], params=given_.get("params"), headers=dict(given_.get("headers") or {}),
        cookies=None, json=given_.get("json"),
    )  # fmt: skip
    response = schemathesis.Response.from_httpx(answer, verify=False)
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    case.validate_response(response, checks=checks)
