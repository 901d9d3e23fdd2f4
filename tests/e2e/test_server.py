"""What an app, a curious person and a hostile one meet at a real server."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.e2e.conftest import Server


def test_health_app_builds_a_screen_from_one_request(server: Server) -> None:
    with httpx.Client(base_url=server.base) as http:
        first = http.get("/v1/subtypes/amorphous?audience=patient&include=statements,questions")
        body = first.json()
        card = body["data"]
        assert card["plain_name"]
        assert card["summary"][0]["text"]
        assert card["questions_to_ask"]
        assert card["guidance"]
        assert card["review"]["status"] == "not-reviewed"
        assert body["meta"]["license"]
        assert body["meta"]["attribution"]
        cited = {statement["id"] for statement in card["statements"] if statement["citations"]}
        assert set(card["summary"][0]["statement_ids"]) <= cited
        again = http.get(str(first.request.url), headers={"If-None-Match": first.headers["etag"]})
        assert again.status_code == 304


def test_many_callers_at_once_get_the_same_answer(server: Server) -> None:
    urls = [f"{server.base}/v1/conditions/{slug}" for slug in ("dcis", "fat-necrosis", "papilloma", "mastitis")] * 10
    with ThreadPoolExecutor(16) as callers:
        answers = list(callers.map(httpx.get, urls))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 4


RAW = [
    b"GET /v1/types HTTP/1.1\r\nHost: x\r\nAccept: \xff\xfe\r\n\r\n",
    b"GET /v1/types?limit=\xff\xff HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /v1/subtypes/%c3%28 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /v1/subtypes/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /v1/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET //v1//types HTTP/1.1\r\nHost: x\r\n\r\n",
    b"BREW /v1/types HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /v1/types HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
    b"GET /v1/types HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    b"POST /v1/types HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\nzz\r\n",
    b"GET http://other.example/v1/types HTTP/1.1\r\nHost: other.example\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET " + b"/" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /v1/types HTTP/1.1\r\nHost: x\r\n" + b"X-Much: " + b"y" * 100_000 + b"\r\n\r\n",
]


@pytest.mark.parametrize("sent", RAW, ids=range(len(RAW)))
def test_raw_bytes_never_break_it(server: Server, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        try:
            while chunk := connection.recv(65536):
                answer += chunk
        except ConnectionResetError:
            pass
    status = answer.split(b" ")[1][:1] if answer.startswith(b"HTTP/1.1 ") else b""
    assert status in (b"", b"2", b"3", b"4"), answer[:300]
    assert httpx.get(f"{server.base}/health/ready").status_code == 200


def test_large_chunked_body_is_cut_off(server: Server) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(40):
            yield b" " * 100_000

    try:
        answer = httpx.post(f"{server.base}/v1/types", content=chunks(), headers={"Content-Type": "application/json"})
        assert 400 <= answer.status_code < 500
    except httpx.TransportError:
        pass
    assert httpx.get(f"{server.base}/health/ready").status_code == 200


def test_log_tells_of_the_start_and_nothing_of_callers(server: Server) -> None:
    httpx.get(f"{server.base}/v1/subtypes/my-secret-worry?x=my-secret-worry", headers={"X-Worry": "my-secret-worry"})
    written = server.log.read_text(encoding="utf-8")
    assert '"event": "ready"' in written
    assert "my-secret-worry" not in written
    assert "Traceback" not in written
