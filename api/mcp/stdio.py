"""MCP over standard input and output, for programs that start this service themselves."""

import anyio
from mcp.server.stdio import stdio_server

from api.mcp.http import own_address
from api.mcp.server import make_server
from api.settings import Settings
from api.web.serving import Serving


def serve_stdio(settings: Settings, serving: Serving) -> None:
    """Answer until the input ends. Nothing but the protocol is written to standard output."""
    server = make_server(serving, lambda _context: own_address(settings))

    async def run() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(run)
