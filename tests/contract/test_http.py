"""HTTP as it is meant: tags, 304, HEAD, CORS, Accept, trailing slashes, security headers, links."""

import pytest

from tests.conftest import Client

CARD = "/v1/subtypes/amorphous"


@pytest.mark.parametrize(
    "url",
    [
        CARD,
        "/v1/conditions?limit=3",
        "/v1/statements/amorphous-01",
        "/v1/releases/current",
        "/openapi.json",
        "/docs",
        "/problems",
    ],
)
def test_get_has_a_strong_tag_and_answers_304(client: Client, url: str) -> None:
    first = client.get(url)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    assert first.headers["cache-control"].startswith("public, max-age=")
    assert "stale-while-revalidate" in first.headers["cache-control"]
    again = client.get(url, headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


def test_tag_differs_by_address_not_by_order_of_parameters(client: Client) -> None:
    one = client.get(f"{CARD}?audience=patient&fields=name,summary")
    other = client.get(f"{CARD}?fields=name,summary&audience=patient")
    assert one.headers["etag"] == other.headers["etag"] != client.get(CARD).headers["etag"]
    assert one.content == other.content


def test_same_question_same_bytes(client: Client) -> None:
    assert client.get(CARD).content == client.get(CARD).content


def test_head_is_get_without_body(client: Client) -> None:
    get, head = client.get(CARD), client.request("HEAD", CARD)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("etag", "content-length", "content-type", "cache-control"):
        assert head.headers[name] == get.headers[name]


def test_trailing_slash_does_not_matter(client: Client) -> None:
    assert client.get(f"{CARD}/").content == client.get(CARD).content


def test_browser_apps_may_read(client: Client) -> None:
    answer = client.get(CARD, headers={"Origin": "https://app.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert {"etag", "link"} <= {name.strip().lower() for name in answer.headers["access-control-expose-headers"].split(",")}
    asked = {"Origin": "https://app.example", "Access-Control-Request-Method": "GET"}
    allowed = client.request("OPTIONS", CARD, headers=asked)
    assert allowed.status_code == 200
    for name in ("content-security-policy", "x-content-type-options", "strict-transport-security", "x-request-id"):
        assert allowed.headers[name] == answer.headers[name] or name == "x-request-id"
    refused = client.request("OPTIONS", CARD, headers=asked | {"Access-Control-Request-Method": "DELETE"})
    assert (refused.status_code, refused.headers["x-frame-options"]) == (400, "DENY")


@pytest.mark.parametrize("accept", ["application/json", "*/*", "application/*;q=0.5", "text/html, */*;q=0.1", ""])
def test_json_is_given_to_whom_accepts_it(client: Client, accept: str) -> None:
    assert client.get(CARD, headers={"Accept": accept}).status_code == 200


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "application/json;q=0", "image/*, application/json; q=0.0"])
def test_others_hear_406(client: Client, accept: str) -> None:
    answer = client.get(CARD, headers={"Accept": accept})
    assert (answer.status_code, answer.json()["code"]) == (406, "not-acceptable")


def test_every_answer_is_secured_and_traceable(client: Client) -> None:
    for url in (CARD, "/v1/subtypes/none", "/nowhere", "/docs", "/health/live"):
        headers = client.get(url).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert len(headers["x-request-id"]) == 32
        assert "accept" in headers["vary"].lower()


def test_health_is_never_cached(client: Client) -> None:
    for url in ("/health/live", "/health/ready"):
        answer = client.get(url)
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


def test_docs_name_no_other_host(client: Client) -> None:
    page = client.get("/docs")
    assert "http" not in page.text
    for asset in ("/docs/start.js", "/docs/assets/swagger-ui-bundle.js", "/docs/assets/swagger-ui.css"):
        assert asset in page.text
        assert client.get(asset).status_code == 200
