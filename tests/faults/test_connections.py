"""Connections as attackers and broken proxies make them: bodies of two lengths, disguised paths, a thousand that say nothing."""

import resource
from contextlib import ExitStack

import httpx
import pytest

from tests.e2e.conftest import Server
from tests.faults.raw import Answer, Raw

BODY = b'{"question": "popcorn"}'
HIDDEN = b"GET /v1/hidden HTTP/1.1\r\nHost: x\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
CHUNKS = b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY)
LENGTH = b"Content-Length: %d\r\n" % len(BODY)


def _post(headers: bytes, body: bytes) -> bytes:
    return b"POST /v1/ground HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers + b"\r\n" + body


def _get(target: bytes, headers: bytes = b"") -> bytes:
    return b"GET " + target + b" HTTP/1.1\r\nHost: x\r\n" + headers + b"\r\n"


# Requests whose end two readers may see at different places: refused, and the connection is closed.
AMBIGUOUS = {
    "length and chunks": _post(b"Content-Length: 6\r\n" + CHUNKED, b"0\r\n\r\nX" + HIDDEN),
    "chunks and length": _post(CHUNKED + b"Content-Length: 4\r\n", CHUNKS + HIDDEN),
    "two lengths": _post(LENGTH + b"Content-Length: 0\r\n", BODY + HIDDEN),
    "the same length twice": _post(LENGTH + LENGTH, BODY + HIDDEN),
    "a list of lengths": _post(b"Content-Length: 23, 23\r\n", BODY + HIDDEN),
    "a signed length": _post(b"Content-Length: +23\r\n", BODY + HIDDEN),
    "a length in hexadecimal": _post(b"Content-Length: 0x17\r\n", BODY + HIDDEN),
    "space before the colon of a length": _post(b"Content-Length : 23\r\n", BODY + HIDDEN),
    "space before the colon of chunks": _post(b"Transfer-Encoding : chunked\r\n", CHUNKS + HIDDEN),
    "another word for chunks": _post(b"Transfer-Encoding: xchunked\r\n", CHUNKS + HIDDEN),
    "chunks, then not": _post(CHUNKED + b"Transfer-Encoding: identity\r\n", CHUNKS + HIDDEN),
    "chunks folded": _post(b"Transfer-Encoding:\r\n chunked\r\n", CHUNKS + HIDDEN),
    "chunks inside a folded header": _post(b"X: a\r\n Transfer-Encoding: chunked\r\n" + LENGTH, BODY + HIDDEN),
    "lines ended by LF": _post(LENGTH, BODY + HIDDEN).replace(b"\r\n", b"\n"),
    "a lone CR": _get(b"/v1/types", b"X: a\rY: b\r\n") + HIDDEN,
    "a NUL": _get(b"/v1/types", b"X: a\0b\r\n") + HIDDEN,
    "a chunk longer than any number": _post(CHUNKED, b"FFFFFFFFFFFFFFFFF\r\n" + BODY + HIDDEN),
    "a negative chunk": _post(CHUNKED, b"-1\r\n" + BODY + HIDDEN),
    "chunks ended by LF": _post(CHUNKED, b"17\n" + BODY + b"\n0\n\n" + HIDDEN),
    "a line break in a chunk extension": _post(CHUNKED, b'17;a="\r\n"\r\n' + BODY + b"\r\n0\r\n\r\n" + HIDDEN),
    "a tunnel": b"CONNECT other.example:443 HTTP/1.1\r\nHost: other.example:443\r\n\r\n" + HIDDEN,
    "HTTP/2 without asking": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + HIDDEN,
}


def _answers(server: Server, sent: bytes) -> list[Answer]:
    with Raw(server.port, timeout=2) as connection:
        connection.send(sent)
        return connection.answers()


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_ambiguous_request_is_refused_and_hides_none(robust: Server, name: str) -> None:
    answers = _answers(robust, AMBIGUOUS[name])
    assert [answer.status for answer in answers] == [400]
    assert b"popcorn" not in answers[0].body


def test_body_of_a_get_is_no_request(robust: Server) -> None:
    headers = b"Content-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n" % len(HIDDEN)
    answers = _answers(robust, _get(b"/v1/types", headers) + HIDDEN)
    assert [answer.status for answer in answers] == [200]


# Paths that another reader may tidy into one that is guarded: here each is what it says, and leads nowhere.
DISGUISED = [
    b"/v1/..;/v1/types",
    b"/v1/types/..;/conditions",
    b"/v1/types/%2e%2e/conditions",
    b"/v1/%2e/types",
    b"/v1/./types",
    b"/v1/../v1/types",
    b"/v1/types%00",
    b"/v1/types%00.css",
    b"/v1/types;x=1",
    b"/v1/types/;/",
    b"/v1/types%3flimit=1",
    b"/v1/types%ff",
    b"/V1/types",
    b"//v1/types",
    b"//other.example/v1/types",
    b"/v1//types",
    b"/v1/types%0d%0aX:%20y",
    b"/v1/types%0aSet-Cookie:%20a=b",
]


@pytest.mark.parametrize("target", DISGUISED)
def test_disguised_path_leads_nowhere(robust: Server, target: bytes) -> None:
    answers = _answers(robust, _get(target, b"Connection: close\r\n"))
    assert [answer.status for answer in answers] == [404]
    assert answers[0].headers["content-type"] == "application/problem+json"
    assert "set-cookie" not in answers[0].headers
    assert "x" not in answers[0].headers


@pytest.mark.parametrize("target", [b"/v1/ty\xc3\xa9pes", b"/v1/types\x7f", b"/v1/types\0", b"\\v1\\types", b"v1/types"])
def test_target_that_is_none_is_refused(robust: Server, target: bytes) -> None:
    assert [answer.status for answer in _answers(robust, _get(target))] == [400]


# Other spellings and headers that name another place: the one answer of the path itself, and it is kept for nobody else.
SAME = [
    (b"http://other.example/v1/types", b""),
    (b"http://user:word@other.example:99/v1/types", b""),
    (b"/%76%31/types", b""),
    (b"/v1/types#part", b""),
    (b"/v1/types", b"X-Original-URL: /v1/sources\r\nX-Rewrite-URL: /v1/sources\r\n"),
    (b"/v1/types", b"X-HTTP-Method-Override: DELETE\r\nX-Forwarded-Prefix: /evil\r\nX-Forwarded-Proto: ftp\r\n"),
    (b"/v1/types", b"X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n"),
    (b"/v1/types", b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"),
]


@pytest.mark.parametrize(("target", "headers"), SAME)
def test_other_spelling_gets_the_same_answer(robust: Server, target: bytes, headers: bytes) -> None:
    expected = httpx.get(f"{robust.base}/v1/types")
    with Raw(robust.port) as connection:
        connection.send(_get(target, headers))
        answer = connection.answer()
    assert answer
    assert (answer.status, answer.body) == (200, expected.content)
    assert b"evil" not in answer.body
    assert not [name for name, value in answer.headers.items() if "evil" in value]
    assert httpx.get(f"{robust.base}/v1/types").content == expected.content


def test_a_thousand_idle_connections_disturb_nobody(robust: Server) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 2_500:
        pytest.skip("this machine forbids a thousand connections in one process")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2_500), hard))
    expected = httpx.get(f"{robust.base}/v1/conditions/dcis").content
    with ExitStack() as idle:
        for number in range(1_000):
            silent = idle.enter_context(Raw(robust.port))
            if number % 2:
                silent.send(b"GET /v1/types HTTP/1.1\r\nHost:")
        with httpx.Client(base_url=robust.base, timeout=60) as http:
            for number in range(50):
                assert http.get("/v1/conditions/dcis").content == expected
                assert http.get(f"/v1/statements?limit={number + 1}").status_code == 200
            assert http.get("/health/ready").status_code == 200
    assert httpx.get(f"{robust.base}/health/ready").status_code == 200
