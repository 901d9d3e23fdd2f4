"""The errors of the domain as MCP tells them. Nothing a caller wrote is repeated: it may be somebody's worry."""

from dataclasses import dataclass

from mcp.shared.exceptions import MCPError
from mcp_types import INTERNAL_ERROR, INVALID_PARAMS
from pydantic import ValidationError

from api.errors import BadQuery, KnowledgeError, NotFound, NotReady, Renamed, Retired
from api.mcp.kit import AnyTool


@dataclass(frozen=True)
class Fault:
    """How an error is told: its JSON-RPC code where a whole request fails, its stable code, a sentence, and near ids."""

    number: int
    code: str
    message: str
    near: tuple[str, ...] = ()

    def as_error(self) -> MCPError:
        """The fault as the end of a request."""
        data = {"code": self.code, "near": list(self.near)} if self.near else {"code": self.code}
        return MCPError(self.number, self.message, data)


_NUMBERS: dict[type[KnowledgeError], int] = {
    NotFound: INVALID_PARAMS,
    Renamed: INVALID_PARAMS,
    Retired: INVALID_PARAMS,
    BadQuery: INVALID_PARAMS,
    NotReady: INTERNAL_ERROR,
}
UNEXPECTED = Fault(INTERNAL_ERROR, "internal-error", "Something went wrong on our side. Try again.")
UNKNOWN_TOOL = Fault(INVALID_PARAMS, "unknown-tool", "There is no such tool. List the tools to see their names.")
UNKNOWN_PROMPT = Fault(INVALID_PARAMS, "unknown-prompt", "There is no such prompt. List the prompts to see their names.")
UNKNOWN_RESOURCE = Fault(INVALID_PARAMS, "not-found", "Resource not found. List the resources to see what exists.")


def fault_of(error: KnowledgeError) -> Fault:
    """How an error of the domain is told."""
    number = _NUMBERS.get(type(error), INTERNAL_ERROR)
    near = error.near if isinstance(error, (NotFound, BadQuery)) else ()
    return Fault(number, error.code, _message(error, near), near)


def _message(error: KnowledgeError, near: tuple[str, ...]) -> str:
    closest = f"Closest: {', '.join(near)}." if near else "Use search to find what exists."
    if isinstance(error, NotFound):
        return f"Nothing has that id. {closest}"
    if isinstance(error, BadQuery):
        return f"No such value for '{error.parameter}'. {closest}"
    if isinstance(error, Renamed):
        return f"That slug moved: ask for '{error.now}'."
    return f"{error.detail} {error.hint or ''}".strip()


def unfit(tool: AnyTool, error: ValidationError) -> str:
    """What is wrong with the arguments of a call, for the model to mend it."""
    known = ", ".join(tool.arguments.model_fields)
    lines = []
    for item in error.errors(include_input=False, include_url=False, include_context=False):
        if item["type"] == "extra_forbidden":
            lines.append(f"There is an unknown argument; {tool.name} knows: {known}.")
        else:
            lines.append(f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}.")
    return " ".join(dict.fromkeys(lines))


def missing_argument(known: tuple[str, ...], longest: int) -> Fault:
    """The fault of a prompt that cannot be filled in."""
    message = f"Give the arguments of this prompt ({', '.join(known)}) and no other, each at most {longest} characters."
    return Fault(INVALID_PARAMS, "invalid-arguments", message)
