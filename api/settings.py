"""Settings from the environment, prefix CALC_, frozen once read. Each default suits a laptop."""

from functools import lru_cache
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent
_SHIPPED = _PACKAGE / "_shipped"


def _content_folder(name: str) -> Path:
    """A folder of the checkout when there is one, else the copy the wheel carries."""
    beside = _CHECKOUT / name
    return beside if (_CHECKOUT / "pyproject.toml").exists() and beside.is_dir() else _SHIPPED / name


def _checked_network(text: str) -> str:
    ip_network(text)
    return text


Networks = tuple[Annotated[str, AfterValidator(_checked_network)], ...]


class Settings(BaseSettings):
    """Everything an operator may set. `CALC_PORT=9000` sets `port`."""

    model_config = SettingsConfigDict(env_prefix="CALC_", frozen=True, extra="ignore", hide_input_in_errors=True)

    host: str = Field(default="127.0.0.1", description="Address the server listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port the server listens on; 0 takes a free one.")
    data_dir: Path = Field(default=Path("var"), description="Folder for built releases.")
    seed_dir: Path = Field(default=_content_folder("seed"), description="Folder of the content.")
    migrations_dir: Path = Field(default=_content_folder("migrations"), description="Folder of the database migrations.")
    database_url: str | None = Field(
        default=None, description="A PostgreSQL address to serve from instead of a built SQLite file.", repr=False
    )
    cors_origins: tuple[str, ...] = Field(default=("*",), description="Origins of browser apps that may call the service.")
    warm: bool = Field(
        default=True,
        description="Whether what search, grounding, verification and annotation keep in memory is made right after the start; "
        "else at the first request that needs it.",
    )
    mcp: bool = Field(default=True, description="Whether the MCP endpoint /mcp is served.")
    mcp_hosts: tuple[str, ...] = Field(
        default=("127.0.0.1", "localhost", "[::1]"),
        description="Host names under which /mcp answers, with any port; '*' for all, behind a proxy that checks them.",
    )
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^/\s]+(?:/[^/\s]+)*$",
        description="Address callers reach this service under, without a slash at the end; used in MCP results.",
    )
    cache_bytes: int = Field(default=32_000_000, ge=0, description="Most bytes of made answers kept in memory; 0 keeps none.")
    max_body_bytes: int = Field(default=1_000_000, ge=1_000, description="Largest request body accepted.")
    max_url_bytes: int = Field(default=8_000, ge=200, description="Longest path and query accepted.")
    code_systems: str = Field(
        default="all", description="Code systems that are served: all, none, or short names separated by commas, like DCM,LOINC."
    )
    max_header_bytes: int = Field(default=32_768, ge=1_000, description="Most bytes of a request's headers.")
    header_seconds: float = Field(default=10, gt=0, description="How long a connection may take to send a request's headers.")
    body_seconds: float = Field(default=20, gt=0, description="How long a request may take to send its body.")
    keep_alive_seconds: int = Field(default=15, ge=1, description="How long an idle connection is kept for the next request.")
    request_seconds: float = Field(default=30, gt=0, description="How long an answer may take to begin; then 503.")
    stalled_seconds: float = Field(default=30, gt=0, description="How long a caller may take nothing of an answer; then cut off.")
    drain_seconds: float = Field(
        default=0, ge=0, description="After SIGTERM: how long requests are still taken while readiness says 503."
    )
    stop_seconds: int = Field(default=25, ge=1, description="After that: how long begun requests may take to finish.")
    workers: int = Field(default=1, ge=1, le=256, description="Server processes that share the port.")
    allowed_hosts: tuple[str, ...] = Field(
        default=("*",), description="Host names the service answers to; '*.example.org' takes what lies below it, '*' takes all."
    )
    trusted_proxies: Networks = Field(
        default=(), description="Addresses or networks of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed."
    )
    rate_limits: bool | None = Field(
        default=None, description="Whether requests of one client are limited; unset: yes, unless listening on loopback."
    )
    rate_reads: int = Field(default=1_200, ge=1, description="Requests a minute one client may make to read.")
    rate_posts: int = Field(default=120, ge=1, description="POST requests a minute one client may make.")
    redis_url: str | None = Field(
        default=None,
        pattern=r"^(rediss?|redis\+unix)://",
        repr=False,
        description="Redis that counts requests for several processes or replicas, like redis://127.0.0.1:6379/0.",
    )
    metrics: bool = Field(default=True, description="Whether /metrics is served.")
    metrics_clients: Networks = Field(
        default=("127.0.0.0/8", "::1/128"), description="Addresses or networks that may read /metrics; others get 404."
    )
    access_log: bool = Field(default=False, description="Whether each request is logged: method, route, status, duration, id.")
    log_addresses: bool = Field(default=False, description="Whether the access log names the address of the caller.")
    watch_seconds: float = Field(
        default=1.0, ge=0, le=3600, description="How often a running server looks for a new release; 0: only on SIGHUP."
    )
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$", description="How much is logged.")

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the service."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def limits_rates(self) -> bool:
        """Whether requests of one client are limited."""
        return not self.on_loopback if self.rate_limits is None else self.rate_limits


@lru_cache
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
