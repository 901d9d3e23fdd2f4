"""Kept answers are the answers that would be made: same bytes, right tags, compressed on wish, bounded, never poisoned."""

import gzip

import pytest
from anyio.from_thread import BlockingPortal
from hypothesis import HealthCheck, given
from hypothesis import settings as run_settings
from hypothesis import strategies as st

from api.settings import Settings
from api.web.rendered import Rendered
from tests.conftest import Client, client_for

CARD = "/v1/subtypes/fine-pleomorphic?include=statements"
URLS = [
    CARD,
    "/v1/conditions?limit=7",
    "/v1/types",
    "/v1/releases/current",
    "/docs",
    "/openapi.json",
    "/v1/statements/amorphous-01/",
]


@pytest.mark.parametrize("url", URLS)
def test_kept_answer_is_the_made_answer(client: Client, uncached: Client, url: str) -> None:
    made = uncached.get(url)
    for _ in range(2):
        kept = client.get(url)
        assert kept.content == made.content
        for name in ("etag", "content-type", "cache-control", "content-security-policy", "x-content-type-options"):
            assert kept.headers.get(name, "").removesuffix('-gzip"') == made.headers.get(name, "").removesuffix('"'), name
        assert kept.headers["x-request-id"] != made.headers["x-request-id"]


def test_request_ids_differ(client: Client) -> None:
    ids = {client.get(CARD).headers["x-request-id"] for _ in range(20)}
    assert len(ids) == 20


def test_compressed_form_has_its_own_tag(client: Client) -> None:
    plain = client.get(CARD, headers={"Accept-Encoding": "identity"})
    packed = client.get(CARD, headers={"Accept-Encoding": "br;q=1, gzip;q=0.8"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.content == packed.content
    assert packed.headers["etag"] == plain.headers["etag"].removesuffix('"') + '-gzip"'
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 4
    for answer, encoding in ((plain, "identity"), (packed, "gzip")):
        asked = {"Accept-Encoding": encoding, "If-None-Match": answer.headers["etag"]}
        again = client.get(CARD, headers=asked)
        assert (again.status_code, again.headers["etag"], again.content) == (304, answer.headers["etag"], b"")
        assert "accept-encoding" in again.headers["vary"].lower()


@pytest.mark.parametrize("wish", ["", "identity", "gzip;q=0", "deflate", "*;q=0", "gzip;q=0, *"])
def test_no_compression_against_the_wish(client: Client, wish: str) -> None:
    assert "content-encoding" not in client.get(CARD, headers={"Accept-Encoding": wish}).headers


@pytest.mark.parametrize("wish", ["gzip", "GZIP", "*", "deflate, gzip;q=1.0", "br, *;q=0.1"])
def test_compression_on_wish(client: Client, wish: str) -> None:
    assert client.get(CARD, headers={"Accept-Encoding": wish}).headers["content-encoding"] == "gzip"


def test_head_tells_what_get_would(client: Client) -> None:
    for headers in ({"Accept-Encoding": "gzip"}, {"Accept-Encoding": "identity"}):
        get, head = client.get(CARD, headers=headers), client.request("HEAD", CARD, headers=headers)
        assert head.content == b""
        for name in ("etag", "content-length", "content-type", "vary"):
            assert head.headers[name] == get.headers[name]


def test_kept_answer_does_not_open_other_doors(client: Client) -> None:
    client.get(CARD)
    assert client.get(CARD, headers={"Accept": "text/html"}).status_code == 406
    assert client.request("POST", CARD).status_code == 405
    assert client.get(CARD, headers={"Host": "evil.example"}).content == client.get(CARD).content
    assert client.get(CARD + "&x=1").status_code == 422
    assert client.get(CARD.replace("fine", "Fine")).status_code == 404
    assert client.get(CARD, headers={"Content-Type": "text/plain", "Content-Length": "1"}).status_code >= 400
    assert client.get(CARD).status_code == 200


@pytest.mark.parametrize("headers", [{"Range": "bytes=0-9"}, {"Range": "x", "If-Range": '"y"'}, {"Content-Type": "text/plain"}])
@pytest.mark.parametrize("url", [*URLS, "/v1/export.csv", "/docs/assets/swagger-ui.css"])
def test_headers_that_do_not_matter_to_what_is_kept(client: Client, uncached: Client, url: str, headers: dict[str, str]) -> None:
    kept, made = (one.get(url, headers=headers | {"Accept-Encoding": "identity"}) for one in (client, uncached))
    assert (kept.status_code, kept.content) == (made.status_code, made.content)
    assert kept.headers.get("content-range") == made.headers.get("content-range")
    hits = _layer(client).hits
    client.get(url, headers=headers)
    assert _layer(client).hits - hits == ("accept-ranges" not in made.headers)


def test_parameter_given_twice_is_kept_apart_by_order(client: Client, uncached: Client) -> None:
    one, other = "/v1/types?limit=1&limit=2", "/v1/types?limit=2&limit=1"
    assert client.get(one).content == uncached.get(one).content != uncached.get(other).content
    assert client.get(other).content == uncached.get(other).content
    assert client.get(one).headers["etag"] != client.get(other).headers["etag"]


def test_errors_are_not_kept(client: Client, statement_urls: list[str]) -> None:
    layer = _layer(client)
    before = layer.bytes_kept
    for url in statement_urls:
        assert client.get(url).status_code >= 400
    assert layer.bytes_kept == before


@pytest.fixture
def statement_urls() -> list[str]:
    """Addresses that are wrong in many ways."""
    return [f"/v1/statements/none-{number}" for number in range(30)] + [f"/v1/types?limit={n}" for n in range(-20, 0)]


def _layer(client: Client) -> Rendered:
    layer = client.app.front  # type: ignore[attr-defined]  # every app here is a Service
    while not isinstance(layer, Rendered):
        layer = layer._app
    return layer


def test_memory_is_bounded(portal: BlockingPortal, settings: Settings) -> None:
    bound = 300_000
    with client_for(portal, settings.model_copy(update={"cache_bytes": bound})) as client:
        first = client.get("/v1/types?limit=1").content
        layer = _layer(client)
        for number in range(150):
            fields = ("slug", "name", "plain_name", "summary", "review", "url")
            url = f"/v1/concepts?limit={1 + number % 30}&fields={fields[number % 6]},{fields[number % 5]}"
            assert client.get(url).status_code == 200
            assert layer.bytes_kept <= bound
        assert len(layer._answers) < 150  # the bound is what is tested
        assert client.get("/v1/types?limit=1").content == first


def test_any_number_of_addresses_stays_within_the_bound() -> None:
    bound = 200_000
    layer = Rendered(None, lambda: "release", {}, bound, any_origin=True)  # type: ignore[arg-type]  # keeps without serving
    layer._forget_all("release")  # as the first request would
    start = {"type": "http.response.start", "status": 200, "headers": [(b"etag", b'"same"'), (b"content-length", b"20")]}
    for number in range(1_000_000):
        tag = b'"%d"' % (number if number % 3 else 0)
        layer.keep((b"/v1/x", b"n=%d" % number), {**start, "headers": [(b"etag", tag)]}, b"x" * 20, "release")
        if number % 50_000 == 0:
            assert layer.bytes_kept <= bound
    assert layer.bytes_kept <= bound
    assert len(layer._answers) < 2_000  # the bound is what is tested


@given(
    encoding=st.binary(max_size=60),
    tag=st.binary(max_size=60),
    accept=st.sampled_from([b"*/*", b"application/json", b"", b"x/y"]),
)
@run_settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_wish_gets_whole_bytes(client: Client, uncached: Client, encoding: bytes, tag: bytes, accept: bytes) -> None:
    bad = {10, 13, 0}
    if bad & set(encoding) or bad & set(tag):
        return
    answer = client.get("/v1/types", headers=[(b"accept-encoding", encoding), (b"if-none-match", tag), (b"accept", accept)])
    assert answer.status_code in (200, 304, 406)
    if answer.status_code == 200:
        assert answer.content == uncached.get("/v1/types").content


def test_gzip_bytes_are_the_same_every_time(client: Client) -> None:
    assert gzip.compress(client.get(CARD).content, 6, mtime=0) == gzip.compress(client.get(CARD).content, 6, mtime=0)


def test_copies_for_some_origins_are_told_apart(portal: BlockingPortal, settings: Settings) -> None:
    with client_for(portal, settings.model_copy(update={"cors_origins": ("https://app.example",)})) as client:
        for _ in range(2):  # made, then kept
            plain = client.get("/v1/types")
            named = client.get("/v1/types", headers={"Origin": "https://app.example"})
            assert "Origin" in plain.headers["vary"]
            assert "Origin" in named.headers["vary"]
            assert "access-control-allow-origin" not in plain.headers
            assert named.headers["access-control-allow-origin"] == "https://app.example"
