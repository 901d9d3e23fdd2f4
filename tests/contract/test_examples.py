"""Every operation has a summary, a description, documented errors and an example that works."""

from typing import Any

import pytest

from tests.conftest import Client
from tests.described import DESCRIPTION

OPERATIONS: list[tuple[str, str, dict[str, Any]]] = [
    (path, method, operation) for path, operations in DESCRIPTION["paths"].items() for method, operation in operations.items()
]


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=[path for path, *_ in OPERATIONS])
def test_example_of_operation_works(client: Client, path: str, method: str, operation: dict[str, Any]) -> None:
    example = operation["x-example"]
    url, body = (example, None) if isinstance(example, str) else (example["url"], example["body"])
    response = client.request(method, url, json=body)
    assert response.status_code == 200, response.text
    assert response.json() if "json" in response.headers["content-type"].partition(";")[0].split("/") else response.content


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=[path for path, *_ in OPERATIONS])
def test_operation_is_described(path: str, method: str, operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert len(operation["description"]) > 30
    statuses = set(operation["responses"])
    assert {"200", "405", "406", "413", "414", "415", "422", "500", "503"} <= statuses
    if "{" in path:
        assert "404" in statuses
    for status, answer in operation["responses"].items():
        if status not in ("200", "206", "308"):
            response = DESCRIPTION["components"]["responses"][answer["$ref"].rpartition("/")[2]]
            assert "application/problem+json" in response["content"], status
    for parameter in operation.get("parameters", []):
        assert parameter.get("description") or parameter["in"] == "path", parameter


def test_lists_and_cards_are_never_empty(client: Client) -> None:
    for noun in ("types", "subtypes", "distributions", "conditions", "guidance", "assessments", "questions", "concepts"):
        for item in client.data(f"/v1/{noun}?limit=200"):
            if noun != "questions":
                assert {passage["audience"] for passage in item["summary"]} == {"patient", "clinician"}, item["slug"]
