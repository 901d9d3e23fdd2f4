"""What people write stays with them: marked texts go to every face of a real server, and nothing it writes holds a mark.

Searched are its log at the finest level, its metrics and health pages, the index, and the body of every refusal.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError

from api.mcp.tools import TOOLS
from tests.described import DESCRIPTION
from tests.e2e.conftest import Server, start
from tests.talk import ERAS, Era, talk

MARK = "zebrafinch"
_POSTS = sorted(path for path, operations in DESCRIPTION["paths"].items() if "post" in operations)
_TEXTS = {
    "question": f"Is my {MARK} calcification cancer?",
    "text": f"Patient {MARK}: grouped amorphous calcifications, BI-RADS 4B.",
    "answer": f"{MARK} has calcifications. BI-RADS 3 means a 50% risk.",
}


@pytest.fixture(scope="module")
def talkative(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that logs all it can."""
    running = start(data_dir, tmp_path_factory.mktemp("talkative") / "log", CALC_LOG_LEVEL="debug")
    yield running
    running.process.terminate()
    running.process.wait(timeout=20)


def _bodies(path: str) -> list[bytes]:
    """A body that fits, if the address takes one of our texts, and many that do not."""
    unfit: list[Any] = [
        {MARK: MARK},
        {**_TEXTS, MARK: MARK},
        [MARK],
        MARK,
        {name: [MARK] for name in _TEXTS},
        dict.fromkeys(_TEXTS, MARK * 3000),
        {name: {MARK: [MARK, None]} for name in _TEXTS},
        {"question": MARK, "audience": MARK, "region": MARK, "format": MARK, "max_passages": MARK},
        {"answer": MARK, "citations": MARK},
    ]
    fit = [{name: text} for name, text in _TEXTS.items()] + [{"answer": _TEXTS["answer"], "citations": [MARK]}]
    broken = [f'{{"question": "{MARK}'.encode(), MARK.encode(), f'{{"text": "{MARK}\udcff"}}'.encode("utf-8", "surrogatepass")]
    return [json.dumps(body).encode() for body in fit + unfit] + broken


@pytest.mark.parametrize("path", [*_POSTS, "/v1/types", "/mcp"])
def test_refusals_repeat_nothing(talkative: Server, path: str) -> None:
    statuses = set()
    for body in _bodies(path):
        for kind in ("application/json", "text/plain"):
            headers = {"Content-Type": kind, "Accept": "application/json, text/event-stream"}
            answer = httpx.post(f"{talkative.base}{path}", content=body, headers=headers, timeout=60)
            statuses.add(answer.status_code)
            assert answer.status_code < 500
            if answer.status_code >= 400:
                assert MARK not in answer.text, answer.text
                assert MARK not in str(answer.headers)
    assert any(status >= 400 for status in statuses)
    assert path not in _POSTS or 200 in statuses


@pytest.mark.parametrize("era", ERAS)
def test_refusals_over_mcp_repeat_nothing(talkative: Server, era: Era) -> None:
    async def conversation(client: Client) -> None:
        for tool in TOOLS:
            fields = tool.arguments.model_fields
            for given in (
                {MARK: MARK},
                {name: _TEXTS.get(name, MARK) for name in fields},
                {name: {MARK: MARK} for name in fields},
                dict.fromkeys(fields, MARK),
                dict.fromkeys(fields, MARK * 3000),
                {name: _TEXTS.get(name, MARK) for name, info in fields.items() if info.is_required()},
            ):
                result = await client.call_tool(tool.name, given)
                if result.is_error:
                    assert MARK not in str(result), tool.name
        asks = (
            lambda: client.call_tool(MARK, {"question": MARK}),
            lambda: client.read_resource(f"calc://concept/{MARK}"),
            lambda: client.read_resource(f"{MARK}://concept"),
            lambda: client.get_prompt(MARK, {MARK: MARK}),
            lambda: client.get_prompt("answer-question", {MARK: MARK}),
            lambda: client.get_prompt("answer-question", {"question": MARK * 3_000}),
            lambda: client.list_resources(cursor=MARK),
        )
        for ask in asks:
            with pytest.raises(MCPError) as caught:
                await ask()
            assert MARK not in str(caught.value.error)
        filled = await client.get_prompt("answer-question", {"question": MARK})
        assert MARK in str(filled.messages)

    talk(f"{talkative.base}/mcp", conversation, era)


_FRAMES: list[Any] = [
    {"jsonrpc": "2.0", "id": MARK, "method": MARK, "params": {MARK: MARK}},
    {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": [MARK], "arguments": MARK}},
    {"jsonrpc": "2.0", "method": f"notifications/{MARK}", "params": {MARK: MARK}},
    {"jsonrpc": MARK, "id": 1, "method": "ping"},
    [{"jsonrpc": "2.0", "id": 1, "method": MARK}],
]


def test_log_and_pages_hold_nothing(talkative: Server) -> None:
    for frame in _FRAMES:
        for revision in ({}, {"MCP-Protocol-Version": "2026-07-28", "Mcp-Method": MARK}, {"MCP-Protocol-Version": MARK}):
            headers = {"Accept": "application/json, text/event-stream", **revision}
            assert httpx.post(f"{talkative.base}/mcp", json=frame, headers=headers).status_code < 500
    httpx.get(f"{talkative.base}/v1/search?q={MARK}")
    for page in ("/metrics", "/health/ready", "/llms.txt", "/openapi.json", "/v1/releases/current"):
        assert MARK not in httpx.get(f"{talkative.base}{page}").text
    written = talkative.log.read_text(encoding="utf-8", errors="replace")
    assert '"ready"' in written
    assert MARK not in written
    assert "Traceback" not in written
