"""The OpenAPI description as callers need it: error answers named once, and members optional where `fields` may drop them."""

from typing import Any

from fastapi import FastAPI

from api.web.problems import MEDIA_TYPE, ProblemOut

_SUCCESS = "200"
_COMPONENTS = "#/components/"


def describe(app: FastAPI) -> dict[str, Any]:
    """The description FastAPI makes, tidied; made once."""
    if app.openapi_schema is None:
        description = FastAPI.openapi(app)
        _add_problem(description["components"]["schemas"])
        for operations in description["paths"].values():
            for operation in operations.values():
                _free_members(description, operation)
                _name_errors(description, operation)
        app.openapi_schema = description
    return app.openapi_schema


def _add_problem(schemas: dict[str, Any]) -> None:
    """The shape the error responses of every route refer to, with the shapes inside it, in the order of names."""
    problem = ProblemOut.model_json_schema(ref_template=f"{_COMPONENTS}schemas/{{model}}", mode="serialization")
    schemas |= {**problem.pop("$defs"), ProblemOut.__name__: problem}
    for name in sorted(schemas):
        schemas[name] = schemas.pop(name)


def _free_members(description: dict[str, Any], operation: dict[str, Any]) -> None:
    """What `fields` may leave out is not required."""
    if not any(parameter["name"] == "fields" for parameter in operation.get("parameters", [])):
        return
    envelope = _resolved(description, operation["responses"][_SUCCESS]["content"]["application/json"]["schema"])
    data = envelope["properties"]["data"]
    _resolved(description, data.get("items", data)).pop("required", None)


def _resolved(description: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    resolved: dict[str, Any] = description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return resolved


def _name_errors(description: dict[str, Any], operation: dict[str, Any]) -> None:
    """An error answer stands once among the components and is referred to."""
    named = description["components"].setdefault("responses", {})
    for status, response in operation["responses"].items():
        if MEDIA_TYPE in response.get("content", {}):
            name = f"Problem{status}"
            named[name] = response
            operation["responses"][status] = {"$ref": f"{_COMPONENTS}responses/{name}"}
