"""The index for language models names every operation and concept that is served."""

from tests.conftest import Client


def test_index_names_everything(client: Client) -> None:
    answer = client.get("/llms.txt")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["etag"]
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        if path.startswith("/v1/"):
            for method, operation in operations.items():
                assert f"[{method.upper()} {path}]({path}): {operation['summary']}" in answer.text
    for concept in client.data("/v1/concepts?limit=200"):
        assert concept["slug"] in answer.text
    assert client.app.state.serving.store().catalogue.release.notice in answer.text
    assert "[MCP](/mcp)" in answer.text


def test_index_is_short(client: Client) -> None:
    assert len(client.get("/llms.txt").text) < 12_000


def test_unknown_parameter_is_refused(client: Client) -> None:
    assert client.get("/llms.txt?x=1").status_code == 422
