"""Real examples for the documentation page: each operation's example request, asked of this very service, shortened."""

import json
from copy import deepcopy
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from starlette.types import ASGIApp, Message

from api.errors import NotReady

_ITEMS = 2
_JSON = "application/json"


async def with_real_answers(app: ASGIApp, description: dict[str, Any]) -> dict[str, Any]:
    """The description with the answers of today as examples; lists are cut after two items."""
    described = deepcopy(description)
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            example = operation["x-example"]
            answered = operation["responses"]["200"].get("content", {}).get(_JSON)
            if answered is None or "206" in operation["responses"]:  # files are too long to show
                continue
            url, body = (example, b"") if isinstance(example, str) else (example["url"], json.dumps(example["body"]).encode())
            _prefill(path, url, operation)
            answer = await _ask(app, method.upper(), url, body)
            if answer is not None:
                answered["example"] = _shortened(json.loads(answer))
            if body:
                operation["requestBody"]["content"][_JSON]["example"] = example["body"]
    return described


def _prefill(path: str, url: str, operation: dict[str, Any]) -> None:
    """Fill the parameters of the page with those of the example request."""
    parts = urlsplit(url)
    names = [piece.strip("{}") if piece.startswith("{") else None for piece in path.split("/")]
    given = {name: value for name, value in zip(names, parts.path.split("/"), strict=False) if name}
    given |= dict(parse_qsl(parts.query))
    for parameter in operation.get("parameters", []):
        if parameter["name"] in given:
            parameter["example"] = given[parameter["name"]]


def _shortened(value: Any) -> Any:
    if isinstance(value, list):
        return [_shortened(item) for item in value[:_ITEMS]]
    if isinstance(value, dict):
        return {name: _shortened(item) for name, item in value.items()}
    return value


async def _ask(app: ASGIApp, method: str, url: str, body: bytes) -> bytes | None:
    """Ask the service inside this process. None when what is asked for is switched off here. Raises NotReady."""
    parts = urlsplit(url)
    answer: list[bytes] = []
    status = 0
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "headers": [(b"host", b"localhost"), *([(b"content-type", b"application/json")] if body else [])],
        "client": ("127.0.0.1", 0),
        "server": ("localhost", 80),
        "root_path": "",
        "state": {},
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        status = message.get("status", status)
        answer.append(message.get("body", b""))

    await app(scope, receive, send)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:  # the description has one tag with the release: it must always be the same
        raise NotReady("The examples of the description cannot be made now.", "Try again in a few seconds.")
    return b"".join(answer) if status == HTTPStatus.OK else None
