"""The committed OpenAPI description is the one the code gives."""

import json

from tests.conftest import ROOT, Client


def test_committed_description_is_current(client: Client) -> None:
    committed = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    assert client.get("/openapi.json").json() == committed, "run: make openapi"


def test_version_is_3_1(client: Client) -> None:
    assert client.get("/openapi.json").json()["openapi"].startswith("3.1")


def test_operation_ids_are_clean(client: Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    ids = [operation["operationId"] for operations in paths.values() for operation in operations.values()]
    assert len(set(ids)) == len(ids)
    assert all(name.replace("_", "").isalpha() for name in ids)
