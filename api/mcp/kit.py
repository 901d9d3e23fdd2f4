"""What every tool is made of: a name, two shapes, and one function from the open store to an answer."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from sqlmodel import Session

from api.web.open_store import OpenStore


class Arguments(BaseModel):
    """What a tool may be called with. Unknown arguments are refused."""

    model_config = ConfigDict(extra="forbid")


class Result(BaseModel):
    """What a tool gives back, or a list item of it. What is None is left out."""


class Detail(Result):
    """A result deep inside another: its names speak for themselves, so that schemas leave it open and stay short."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Any object."""
        return {"type": "object"}


Asked = TypeVar("Asked", bound=Arguments)
Given = TypeVar("Given", bound=Result)


@dataclass(frozen=True)
class Reach:
    """What a tool may use: the open store, and the address under which callers reach this service."""

    store: OpenStore
    base: str

    def session(self) -> AbstractContextManager[Session]:
        """A session on the release; it only reads."""
        return self.store.session()

    def url(self, path: str) -> str:
        """The whole address of a path of this service."""
        return f"{self.base}{path}"


@dataclass(frozen=True)
class Tool(Generic[Asked, Given]):
    """One tool. Its texts are read by a model at every turn: keep them short."""

    name: str
    description: str
    arguments: type[Asked]
    result: type[Given]
    answer: Callable[[Reach, Asked], Given]

    def call(self, reach: Reach, arguments: dict[str, Any]) -> dict[str, Any]:
        """The answer as plain data. Raises ValidationError for arguments that do not fit, and KnowledgeError."""
        given = self.answer(reach, self.arguments.model_validate(arguments))
        return given.model_dump(mode="json", exclude_none=True)


AnyTool = Tool[Any, Any]
