"""A request that takes too long is answered with 503 in time; what it says later is thrown away; long answers run on."""

import asyncio
from typing import Any

from anyio.from_thread import BlockingPortal
from starlette.types import Message, Receive, Scope, Send

from api.web.deadline import Deadline
from api.web.guards import Guards

SCOPE: Scope = {"type": "http", "method": "GET", "path": "/x", "raw_path": b"/x", "query_string": b"", "headers": []}


def _answer(portal: BlockingPortal, before: float, between: float) -> tuple[int, bytes]:
    """Status and body of an answer that begins and ends after these seconds, with a limit of a tenth of a second."""
    heard: list[Message] = []

    async def work(_scope: Scope, _receive: Receive, send: Send) -> None:
        await asyncio.sleep(before)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(between)
        await send({"type": "http.response.body", "body": b"late"})

    async def send(message: Message) -> None:
        heard.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    async def ask() -> None:
        await Deadline(Guards(work, 1000, 1000, 1), 0.1)(dict(SCOPE), receive, send)
        await asyncio.sleep(before + between)

    portal.call(ask)
    assert [message["type"] for message in heard] == ["http.response.start", "http.response.body"]
    return heard[0]["status"], heard[1]["body"]


def test_answer_that_does_not_begin_is_given_up(portal: BlockingPortal) -> None:
    status, body = _answer(portal, 0.5, 0)
    assert status == 503
    assert b'"code":"took-too-long"' in body


def test_answer_that_began_may_take_long(portal: BlockingPortal) -> None:
    assert _answer(portal, 0, 0.4) == (200, b"late")


def test_answer_in_time_is_given(portal: BlockingPortal) -> None:
    assert _answer(portal, 0, 0) == (200, b"late")
