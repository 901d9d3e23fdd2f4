"""The committed OpenAPI description is the one the code gives."""

from tests.conftest import Client
from tests.described import DESCRIPTION


def test_committed_description_is_current(client: Client) -> None:
    assert client.app.openapi() == DESCRIPTION, "run: make openapi"


def test_served_description_shows_real_answers(client: Client) -> None:
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        for operation in operations.values():
            if "206" in operation["responses"]:
                continue  # files are too long to show
            content = operation["responses"]["200"]["content"]
            if "application/json" not in content:
                assert path.endswith(".svg")
                continue
            example = content["application/json"]["example"]
            assert example, path
            assert "request_id" not in example, (path, example)
            for parameter in operation.get("parameters", []):
                assert parameter["in"] != "path" or parameter["example"], path


def test_version_is_3_1(client: Client) -> None:
    assert client.get("/openapi.json").json()["openapi"].startswith("3.1")


def test_operation_ids_are_clean(client: Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    ids = [operation["operationId"] for operations in paths.values() for operation in operations.values()]
    assert len(set(ids)) == len(ids)
    assert all(name.replace("_", "").isalpha() for name in ids)
