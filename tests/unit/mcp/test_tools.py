"""The tools as a model reads them: few, short, and refusing without repeating."""

import json

import pytest
from pydantic import ValidationError

from api.errors import BadQuery, KnowledgeError, NotFound, NotReady, Renamed, Retired
from api.mcp import faults
from api.mcp.kit import Arguments, Detail, Result
from api.mcp.schemas import input_schema, output_schema
from api.mcp.server import _LISTED
from api.mcp.tools import MOST_TOOLS, TOOLS

CHARACTERS_A_TOKEN = 3.5
MOST_TOKENS = 1_800


def test_list_of_tools_is_short() -> None:
    listed = [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in _LISTED]
    assert len(json.dumps({"tools": listed}, separators=(",", ":"))) / CHARACTERS_A_TOKEN < MOST_TOKENS


def test_tools_are_few_and_distinct() -> None:
    assert len({tool.name for tool in TOOLS}) == len(TOOLS) <= MOST_TOOLS


def test_search_and_fetch_have_the_shape_research_clients_expect() -> None:
    by_name = {tool.name: tool for tool in TOOLS}
    assert list(input_schema(by_name["search"].arguments)["properties"]) == ["query"]
    assert list(input_schema(by_name["fetch"].arguments)["properties"]) == ["id"]
    found = output_schema(by_name["search"].result)["properties"]["results"]["items"]["properties"]
    assert list(found) == ["id", "title", "url"]
    assert list(output_schema(by_name["fetch"].result)["properties"]) == ["id", "title", "text", "url", "metadata"]


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_schemas_need_no_references_and_allow_no_null(tool) -> None:  # type: ignore[no-untyped-def]
    for schema in (input_schema(tool.arguments), output_schema(tool.result)):
        assert schema["type"] == "object"
        assert not {"$ref", "$defs", "anyOf", "null"} & set(json.dumps(schema).replace('"', " ").split())
        assert set(schema.get("required", ())) <= set(schema["properties"])


class _Inner(Detail):
    a: int


class _Outer(Result):
    title: str
    inner: _Inner | None = None
    inners: list[_Inner]


def test_members_called_title_stay_and_details_are_open() -> None:
    assert output_schema(_Outer) == {
        "type": "object",
        "properties": {"title": {"type": "string"}, "inner": {"type": "object"}, "inners": {"type": "array"}},
    }


MARK = "zebrafinch"
ERRORS: list[KnowledgeError] = [
    NotFound("concept", MARK, ("amorphous",)),
    NotFound("concept", MARK),
    BadQuery("morphology", f"No {MARK}.", f"Correct {MARK}.", ("rim",)),
    BadQuery("morphology", f"No {MARK}."),
]


@pytest.mark.parametrize("error", ERRORS, ids=range(len(ERRORS)))
def test_errors_do_not_repeat_what_callers_wrote(error: KnowledgeError) -> None:
    fault = faults.fault_of(error)
    assert MARK not in fault.message
    assert MARK not in str(fault.as_error().error)
    assert fault.code == error.code


def test_every_error_of_the_domain_that_serving_raises_has_its_place() -> None:
    for error in (Renamed("a", "b"), Retired("a", "because"), NotReady("Nothing.", "Build.")):
        assert faults.fault_of(error).number in (-32602, -32603)
    assert "b" in faults.fault_of(Renamed("a", "b")).message


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_unfit_arguments_are_told_without_their_values(tool) -> None:  # type: ignore[no-untyped-def]
    given = {name: {MARK: [MARK]} for name in tool.arguments.model_fields} | {MARK: MARK}
    with pytest.raises(ValidationError) as caught:
        tool.arguments.model_validate(given)
    told = faults.unfit(tool, caught.value)
    assert MARK not in told
    assert "unknown argument" in told


def test_arguments_are_strict() -> None:
    assert all(issubclass(tool.arguments, Arguments) and tool.arguments.model_config["extra"] == "forbid" for tool in TOOLS)
