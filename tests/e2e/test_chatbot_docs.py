"""The examples of docs/chatbots.md, run as they stand against a real server.

The services of model makers are played by stand-ins: no test reaches another machine. LangChain and LlamaIndex are used when they
are installed; otherwise their base classes are played by the few lines below, which only show that our own lines work.
"""

import importlib.util
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import httpx
import pytest
import yaml

from tests.conftest import ROOT, SEED
from tests.e2e.conftest import Server
from tests.e2e.test_mcp import stdio
from tests.talk import talk

PAGE = (ROOT / "docs" / "chatbots.md").read_text(encoding="utf-8")
ASKED = "What does BI-RADS 3 mean?"
REFUSED = "popcorn calcification in my lung"
WARNING = "I have a new lump next to my calcifications, what are they?"


def example(heading: str, language: str = "python") -> list[str]:
    """The blocks of code under a heading."""
    (section,) = re.findall(rf"^## {re.escape(heading)}[^\n]*\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    return re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)


def run(heading: str, server: Server) -> dict[str, Any]:
    """The names an example defines, with the server's address in place of the default."""
    (code,) = example(heading)
    names: dict[str, Any] = {"__name__": "example"}
    exec(compile(code.replace("http://127.0.0.1:8000", server.base), heading, "exec"), names)  # noqa: S102  # our own page
    return names


def test_plain_http(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    names = run("Plain HTTP", server)
    printed = capsys.readouterr().out
    assert "[1] " in printed
    assert "not medical advice" in printed
    refused = httpx.post(f"{server.base}/v1/ground", json={"question": REFUSED}).json()["data"]
    assert refused["next_step"] in names["passages_for"](REFUSED)
    warned = httpx.post(f"{server.base}/v1/ground", json={"question": WARNING}).json()["data"]
    assert names["passages_for"](WARNING).startswith(warned["safety"][0]["text"])
    assert names["may_be_shown"]("Hello.", []) is False


@pytest.mark.parametrize("question", [ASKED, REFUSED, WARNING])
def test_anthropic_tool(server: Server, question: str) -> None:
    names = run("Anthropic", server)
    call = SimpleNamespace(type="tool_use", id="call-1", name="ground", input={"question": question})
    last = SimpleNamespace(content=[SimpleNamespace(type="text", text="done")])
    sent: list[Any] = []

    def create(**asked: Any) -> Any:
        sent.append({**asked, "messages": list(asked["messages"])})
        return SimpleNamespace(content=[call]) if len(sent) == 1 else last

    client = SimpleNamespace(messages=SimpleNamespace(create=create))
    assert names["reply"](client, question, "a-model") is last
    (result,) = sent[1]["messages"][-1]["content"]
    assert (result["type"], result["tool_use_id"]) == ("tool_result", "call-1")
    rest = httpx.post(f"{server.base}/v1/ground", json={"question": question}).json()["data"]
    blocks = [block for block in result["content"] if block["type"] == "search_result"]
    assert [len(block["content"]) for block in blocks] == [len(passage["statement_ids"]) for passage in rest["passages"]]
    assert all(block["citations"] == {"enabled": True} for block in blocks)
    _tells(rest, [block["text"] for block in result["content"] if block["type"] == "text"])


@pytest.mark.parametrize("question", [ASKED, REFUSED, WARNING])
def test_openai_function(server: Server, question: str) -> None:
    names = run("OpenAI", server)
    call = SimpleNamespace(type="function_call", call_id="call-1", name="ground", arguments=json.dumps({"question": question}))
    sent: list[Any] = []

    def create(**asked: Any) -> Any:
        sent.append({**asked, "input": list(asked["input"])})
        done = SimpleNamespace(output=[], output_text="done")
        return SimpleNamespace(output=[call], output_text="") if len(sent) == 1 else done

    client = SimpleNamespace(responses=SimpleNamespace(create=create))
    assert names["reply"](client, question, "a-model") == "done"
    output = sent[1]["input"][-1]
    assert (output["type"], output["call_id"]) == ("function_call_output", "call-1")
    rest = httpx.post(f"{server.base}/v1/ground", json={"question": question}).json()["data"]
    texts = [block["text"] for block in output["output"]]
    for statement_id in [name for passage in rest["passages"] for name in passage["statement_ids"]]:
        assert any(f"(statement {statement_id})" in text for text in texts)
    _tells(rest, texts)


def _tells(rest: dict[str, Any], texts: list[str]) -> None:
    for note in rest["safety"]:
        assert any(note["text"] in text for text in texts)
    if not rest["answerable"]:
        assert any(rest["next_step"] in text for text in texts)


def _installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def _module(monkeypatch: pytest.MonkeyPatch, name: str, **members: Any) -> None:
    module = ModuleType(name)
    module.__dict__.update(members)
    monkeypatch.setitem(sys.modules, name, module)


@dataclass
class _Document:
    page_content: str
    metadata: dict[str, Any] = field(default_factory=dict)
    id: str | None = None


class _LangChainBase:
    """Plays langchain_core.retrievers.BaseRetriever where it is absent."""

    def invoke(self, query: str) -> Any:
        return self._get_relevant_documents(query, run_manager=None)  # type: ignore[attr-defined]


@pytest.fixture
def langchain(monkeypatch: pytest.MonkeyPatch) -> None:
    """LangChain, or the stand-in."""
    if not _installed("langchain_core"):
        _module(monkeypatch, "langchain_core")
        _module(monkeypatch, "langchain_core.documents", Document=_Document)
        _module(monkeypatch, "langchain_core.retrievers", BaseRetriever=_LangChainBase)


@pytest.mark.usefixtures("langchain")
def test_langchain_retriever(server: Server) -> None:
    retriever = run("LangChain", server)["CalcificationRetriever"]()
    for question in (ASKED, REFUSED, WARNING):
        rest = httpx.post(f"{server.base}/v1/ground", json={"question": question}).json()["data"]
        documents = retriever.invoke(question)
        assert [document.page_content for document in documents] == _expected(rest)
        assert all(document.metadata.get("always_say") or document.metadata["citations"] for document in documents)


@dataclass
class _TextNode:
    text: str
    id_: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass
class _NodeWithScore:
    node: _TextNode
    score: float | None

    @property
    def text(self) -> str:
        """The node's text."""
        return self.node.text


class _LlamaIndexBase:
    """Plays llama_index.core.retrievers.BaseRetriever where it is absent."""

    def retrieve(self, query: str) -> Any:
        return self._retrieve(SimpleNamespace(query_str=query))  # type: ignore[attr-defined]


@pytest.fixture
def llama_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """LlamaIndex, or the stand-in."""
    if not _installed("llama_index"):
        _module(monkeypatch, "llama_index")
        _module(monkeypatch, "llama_index.core")
        _module(monkeypatch, "llama_index.core.retrievers", BaseRetriever=_LlamaIndexBase)
        shapes = {"NodeWithScore": _NodeWithScore, "TextNode": _TextNode, "QueryBundle": SimpleNamespace}
        _module(monkeypatch, "llama_index.core.schema", **shapes)


@pytest.mark.usefixtures("llama_index")
def test_llama_index_retriever(server: Server) -> None:
    retriever = run("LlamaIndex", server)["CalcificationRetriever"]()
    for question in (ASKED, REFUSED, WARNING):
        rest = httpx.post(f"{server.base}/v1/ground", json={"question": question}).json()["data"]
        assert [node.text for node in retriever.retrieve(question)] == _expected(rest)


def _expected(rest: dict[str, Any]) -> list[str]:
    return [note["text"] for note in rest["safety"]] + [passage["text"] for passage in rest["passages"]]


@pytest.mark.parametrize("heading", ["LangChain", "LlamaIndex"])
def test_retrievers_are_short(heading: str) -> None:
    (code,) = example(heading)
    assert len([line for line in code.splitlines() if line.strip()]) <= 20


def test_mcp_example(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    run("MCP", server)
    assert re.search(r"\['[a-z0-9-]+-\d\d", capsys.readouterr().out)


def test_mcp_configurations(server: Server, data_dir: Path) -> None:
    command, address = (json.loads(block)["mcpServers"]["calcification-knowledge"] for block in example("MCP", "json"))
    assert command == {"command": "calcification-api", "args": stdio(data_dir).args[-1:]}
    url = address["url"].replace("http://127.0.0.1:8000", server.base)
    assert talk(url, lambda client: client.list_tools()).tools


def test_rules_are_the_ones_models_are_given() -> None:
    given = yaml.safe_load((SEED / "language" / "chatbots.yaml").read_text(encoding="utf-8"))["rules"]
    assert [line[2:] for line in PAGE.splitlines() if line.startswith("- ")] == given
