"""The MCP server: the SDK's protocol around our tools, resources and prompts. Knows neither HTTP nor FastAPI.

Written on the SDK's low-level server, because what it lists follows the release that is served at that moment, and because
every error that leaves it is worded here: the SDK's own texts and logs repeat what callers wrote.
"""

import json
from collections.abc import Callable
from importlib.metadata import version
from typing import Any, TypeVar

import mcp_types as types
from anyio import to_thread
from mcp.server.caching import CacheHint
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError

from api.errors import KnowledgeError, NotReady
from api.logs import get_logger
from api.mcp import faults, prompts, resources
from api.mcp.kit import AnyTool, Reach
from api.mcp.schemas import input_schema, output_schema
from api.mcp.tools import TOOLS
from api.web.serving import Serving

NAME = "calcification-knowledge"
TITLE = "Calcification Knowledge"
FRESH_MILLISECONDS = 300_000
_BY_NAME: dict[str, AnyTool] = {tool.name: tool for tool in TOOLS}
_FRESH = CacheHint(ttl_ms=FRESH_MILLISECONDS, scope="public")
_LISTED = [
    types.Tool(
        name=tool.name,
        description=tool.description,
        input_schema=input_schema(tool.arguments),
        output_schema=output_schema(tool.result),
        annotations=types.ToolAnnotations(read_only_hint=True),
    )
    for tool in TOOLS
]

Context = ServerRequestContext[Any, Any]
Answer = TypeVar("Answer")


class Handlers:
    """What answers each request of the protocol, from the release of that moment."""

    def __init__(self, serving: Serving, base: Callable[[Context], str]) -> None:
        self._serving = serving
        self._base = base

    async def list_tools(self, _context: Context, _asked: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        """Every tool."""
        return types.ListToolsResult(tools=_LISTED)

    async def call_tool(self, context: Context, asked: types.CallToolRequestParams) -> types.CallToolResult:
        """One call; what the model can mend comes back as a result marked as error."""
        tool = _BY_NAME.get(asked.name)
        if tool is None:
            raise faults.UNKNOWN_TOOL.as_error()
        try:
            return await self._ask(context, lambda reach: _called(reach, tool, asked.arguments or {}))
        except ValidationError as error:
            return _mendable(faults.unfit(tool, error))
        except KnowledgeError as error:
            fault = faults.fault_of(error)
            if fault.number == types.INTERNAL_ERROR:
                raise fault.as_error() from None
            return _mendable(fault.message)

    async def list_resources(self, context: Context, asked: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        """A page of concepts."""
        cursor = asked.cursor if asked else None
        return await self._told(context, lambda reach: resources.list_resources(reach, cursor))

    async def list_templates(
        self, context: Context, _asked: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        """How addresses of resources are made."""
        return await self._told(context, resources.list_templates)

    async def read_resource(self, context: Context, asked: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        """One concept."""
        return await self._told(context, lambda reach: resources.read_resource(reach, str(asked.uri)))

    async def list_prompts(self, context: Context, _asked: types.PaginatedRequestParams | None) -> types.ListPromptsResult:
        """Every prompt."""
        return await self._told(context, lambda reach: prompts.list_prompts(reach.store.part(prompts.load_guide)))

    async def get_prompt(self, context: Context, asked: types.GetPromptRequestParams) -> types.GetPromptResult:
        """One prompt filled in."""
        given = asked.arguments or {}
        return await self._told(
            context, lambda reach: prompts.get_prompt(reach.store.part(prompts.load_guide), asked.name, given)
        )

    async def _told(self, context: Context, work: Callable[[Reach], Answer]) -> Answer:
        try:
            return await self._ask(context, work)
        except KnowledgeError as error:
            raise faults.fault_of(error).as_error() from None

    def _answered(self, work: Callable[[Reach], Answer], base: str) -> Answer:
        """Work on the release being served."""
        return self._serving.ask(lambda store: work(Reach(store, base)))

    async def _ask(self, context: Context, work: Callable[[Reach], Answer]) -> Answer:
        """Work in a thread on the open store. What was not foreseen is logged by its class alone: its text may hold a worry."""
        base = self._base(context)
        try:
            return await to_thread.run_sync(lambda: self._answered(work, base))
        except (MCPError, KnowledgeError, ValidationError):
            raise
        except Exception as error:
            get_logger().error("unexpected error", error=type(error).__name__, method=context.method)
            raise faults.UNEXPECTED.as_error() from None


def _called(reach: Reach, tool: AnyTool, arguments: dict[str, Any]) -> types.CallToolResult:
    data = tool.call(reach, arguments)
    release = reach.store.catalogue.release
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    about = {"release": release.id, "digest": release.digest, "license": release.license, "attribution": release.attribution}
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=text)],
        structured_content=data,
        _meta={f"{NAME}/{name}": value for name, value in about.items()},
    )


def _mendable(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=message)], is_error=True)


def make_server(serving: Serving, base: Callable[[Context], str]) -> "Server[Any]":
    """The server; `base` gives the address under which the caller of a request reaches this service."""
    handlers = Handlers(serving, base)
    server: Server[Any] = Server(
        NAME,
        title=TITLE,
        version=version("calcification-api"),
        instructions=_instructions(serving),
        cache_hints=dict.fromkeys(
            (
                "tools/list",
                "prompts/list",
                "resources/list",
                "resources/templates/list",
                "resources/read",
                "server/discover",
            ),
            _FRESH,
        ),
        get_tool_input_schema=lambda name: input_schema(_BY_NAME[name].arguments) if name in _BY_NAME else None,
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_resources=handlers.list_resources,
        on_list_resource_templates=handlers.list_templates,
        on_read_resource=handlers.read_resource,
        on_list_prompts=handlers.list_prompts,
        on_get_prompt=handlers.get_prompt,
    )
    # The SDK's tracing would put names and error texts that callers choose into spans.
    server.middleware.clear()
    return server


def _instructions(serving: Serving) -> str | None:
    """What models are told when they connect; nothing while there is no release to read it from."""
    try:
        return serving.ask(lambda store: store.part(prompts.load_guide)).instructions
    except NotReady:
        return None
