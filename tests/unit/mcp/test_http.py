"""Who may reach the endpoint, and refusals of the transport in our words."""

import json
from typing import Any

import anyio
import pytest

from api.mcp.discreet import Discreet
from api.mcp.http import own_address, security
from api.settings import Settings


def test_loopback_alone_is_allowed_at_first() -> None:
    allowed = security(Settings())
    assert allowed.enable_dns_rebinding_protection
    assert {"127.0.0.1", "127.0.0.1:*", "localhost:*"} <= set(allowed.allowed_hosts)
    assert "http://localhost:*" in allowed.allowed_origins


def test_public_address_is_allowed_too() -> None:
    settings = Settings(public_url="https://calc.example/x", cors_origins=("https://app.example",))
    assert "calc.example" in security(settings).allowed_hosts
    assert {"https://calc.example", "https://app.example"} <= set(security(settings).allowed_origins)
    assert own_address(settings) == "https://calc.example/x"


def test_star_leaves_the_check_to_a_proxy() -> None:
    assert not security(Settings(mcp_hosts=("*",))).enable_dns_rebinding_protection


def _sent(status: int, parts: list[bytes]) -> tuple[Any, bytes]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def answer() -> None:
        discreet = Discreet(send)
        length = str(sum(map(len, parts))).encode()
        await discreet({"type": "http.response.start", "status": status, "headers": [(b"content-length", length)]})
        for number, part in enumerate(parts):
            await discreet({"type": "http.response.body", "body": part, "more_body": number + 1 < len(parts)})

    anyio.run(answer)
    return sent[0], b"".join(message["body"] for message in sent[1:])


def _error(code: int, request: object) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": request, "error": {"code": code, "message": "zebrafinch"}}).encode()


@pytest.mark.parametrize("code", [-32700, -32600, -32602])
def test_refusal_that_belongs_to_no_request_is_worded_afresh(code: int) -> None:
    body = _error(code, None)
    start, told = _sent(400, [body[:10], body[10:]])
    assert b"zebrafinch" not in told
    assert json.loads(told)["error"]["code"] == code
    assert dict(start["headers"])[b"content-length"] == str(len(told)).encode()


@pytest.mark.parametrize(
    ("status", "body"), [(200, _error(-32602, None)), (400, _error(-32602, 1)), (400, b"not JSON"), (400, b"[]")]
)
def test_everything_else_passes_as_it_is(status: int, body: bytes) -> None:
    assert _sent(status, [body])[1] == body
