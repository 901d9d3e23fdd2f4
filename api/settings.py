"""Settings from the environment, prefix CALC_, frozen once read. Each default suits a laptop."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent
_SHIPPED = _PACKAGE / "_shipped"


def _content_folder(name: str) -> Path:
    """A folder of the checkout when there is one, else the copy the wheel carries."""
    beside = _CHECKOUT / name
    return beside if (_CHECKOUT / "pyproject.toml").exists() and beside.is_dir() else _SHIPPED / name


class Settings(BaseSettings):
    """Everything an operator may set. `CALC_PORT=9000` sets `port`."""

    model_config = SettingsConfigDict(env_prefix="CALC_", frozen=True, extra="ignore")

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
    watch_seconds: float = Field(
        default=1.0, ge=0, le=3600, description="How often a running server looks for a new release; 0: only on SIGHUP."
    )
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$", description="How much is logged.")


@lru_cache
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
