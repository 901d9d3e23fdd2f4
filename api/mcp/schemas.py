"""JSON schemas as short as they can be: a model reads them at every turn, and not every client resolves references."""

from typing import Any

from pydantic import BaseModel

Schema = dict[str, Any]


def input_schema(model: type[BaseModel]) -> Schema:
    """The schema of a tool's arguments; that unknown ones are refused is said when it happens."""
    return _Slimmer(model).schema()


def output_schema(model: type[BaseModel]) -> Schema:
    """The schema of a tool's result: what to expect where, not what is always there."""
    return _Slimmer(model, of_result=True).schema()


class _Slimmer:
    def __init__(self, model: type[BaseModel], *, of_result: bool = False) -> None:
        self._whole = model.model_json_schema(mode="validation")
        self._of_result = of_result

    def schema(self) -> Schema:
        """The lean schema."""
        top = {name: value for name, value in self._whole.items() if name not in ("$defs", "description")}
        return self._lean(top)

    def _lean(self, node: Schema) -> Schema:
        node = self._plain(node)
        for name in ("title", "minLength", *(("required", "default") if self._of_result else ())):
            node.pop(name, None)
        if node.get("default", "") in (None, (), []):
            del node["default"]
        node.pop("additionalProperties", None)
        if "properties" in node:
            node["properties"] = {name: self._lean(value) for name, value in node["properties"].items()}
        if "items" in node:
            node["items"] = self._lean(node["items"])
            if node["items"] == {"type": "object"}:
                del node["items"]
        return node

    def _plain(self, node: Schema) -> Schema:
        """References written out, without the docstring of what they name; "or null" left away: null is never written."""
        while "$ref" in node or "anyOf" in node:
            if "anyOf" in node:
                (option,) = (option for option in node["anyOf"] if option != {"type": "null"})
                node = {**option, **{name: value for name, value in node.items() if name != "anyOf"}}
            else:
                named = dict(self._whole["$defs"][node["$ref"].rpartition("/")[2]])
                named.pop("description", None)
                node = {**named, **{name: value for name, value in node.items() if name != "$ref"}}
        return dict(node)
