"""MCP over streamable HTTP, stateless, as one ASGI endpoint: any replica can answer any request."""

from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings

from api.mcp.discreet import Discreet
from api.mcp.server import Context, make_server
from api.settings import Settings
from api.web.serving import Serving

PATH = "/mcp"
ANY_HOST = "*"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


class McpEndpoint:
    """Answers POST /mcp while it is running."""

    def __init__(self, settings: Settings, serving: Serving) -> None:
        self._settings = settings
        self._serving = serving
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve for the life of the application."""
        manager = StreamableHTTPSessionManager(
            make_server(self._serving, self._base),
            json_response=True,
            stateless=True,
            security_settings=security(self._settings),
            max_request_body_size=self._settings.max_body_bytes,
        )
        async with manager.run():
            self._manager = manager
            yield
            self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request of the protocol."""
        if self._manager is None:
            raise RuntimeError("the endpoint is used outside its life")
        # Space around a header's value is not part of it, but the fast HTTP parser leaves it there.
        headers = [(name, value.strip(b" \t")) for name, value in scope["headers"]]
        await self._manager.handle_request({**scope, "headers": headers}, receive, Discreet(send))

    def _base(self, context: Context) -> str:
        """The address this service is known under, else the one the caller used: its host was checked before."""
        if self._settings.public_url:
            return self._settings.public_url
        request = context.request
        return str(request.base_url).rstrip("/") if request is not None else own_address(self._settings)


def own_address(settings: Settings) -> str:
    """The address this service is known under, else the one it listens on."""
    return settings.public_url or f"http://{settings.host}:{settings.port}"


def security(settings: Settings) -> TransportSecuritySettings:
    """Which Host and Origin headers are answered: a page that rebinds its name to this machine must not reach it."""
    if ANY_HOST in settings.mcp_hosts:
        return TransportSecuritySettings(enable_dns_rebinding_protection=False)
    named = urlsplit(settings.public_url or "").netloc
    hosts = [host for host in (*settings.mcp_hosts, named) if host]
    allowed = [form for host in hosts for form in (host, f"{host}:*")]
    pages = [f"{scheme}://{host}" for scheme in ("http", "https") for host in allowed]
    named_pages = [origin for origin in settings.cors_origins if origin != "*"]
    return TransportSecuritySettings(allowed_hosts=allowed, allowed_origins=[*pages, *named_pages])
