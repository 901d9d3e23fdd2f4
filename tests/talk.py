"""Talks to an MCP server as a program would, with the SDK's own client; each call is one conversation."""

from collections.abc import Awaitable, Callable
from typing import Any, Literal, TypeVar

import anyio
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError

Said = TypeVar("Said")
Era = Literal["auto", "legacy"]
ERAS: tuple[Era, ...] = ("auto", "legacy")


def talk(server: str | StdioServerParameters, work: Callable[[Client], Awaitable[Said]], era: Era = "auto") -> Said:
    """What `work` brings back from a conversation: in the newest revision (auto) or with the handshake of the ones before."""

    async def conversation() -> Said:
        async with Client(server, mode=era) as client:
            return await work(client)

    return anyio.run(conversation)


def refused(server: str | StdioServerParameters, work: Callable[[Client], Awaitable[Any]]) -> MCPError:
    """The error a request ends with."""

    async def caught(client: Client) -> MCPError:
        try:
            await work(client)
        except MCPError as error:
            return error
        raise AssertionError("it was not refused")

    return talk(server, caught)


def called(server: str | StdioServerParameters, tool: str, arguments: dict[str, Any], era: Era = "auto") -> Any:
    """The result of one tool call."""
    return talk(server, lambda client: client.call_tool(tool, arguments), era)
