"""Opens databases: read-only and immutable for serving, writable for building."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, event, make_url
from sqlalchemy.pool import NullPool
from sqlmodel import create_engine

# A server that vanished without a word is noticed within these seconds (the last in milliseconds); the address may set others.
_PATIENCE = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 15_000,
}


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file that is being built."""
    return f"sqlite:///{path}"


def open_for_reading(path: Path) -> Engine:
    """An engine on a finished SQLite file: no write is possible, no lock is taken, any thread may use it."""
    address = f"sqlite:///file:{quote(str(path.resolve()))}?mode=ro&immutable=1&uri=true"
    engine = create_engine(address, connect_args={"check_same_thread": False}, pool_size=8, max_overflow=32)
    event.listen(engine, "connect", _reading_pragmas)
    return engine


def open_for_writing(url: str) -> Engine:
    """An engine for migrations and loading; every connection is closed after use."""
    engine = create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _writing_pragmas)
    return engine


def open_server(url: str) -> Engine:
    """An engine on a database server that other processes share; stale connections are noticed before use.

    A session sees one state of the database from its first statement to its last, whatever a loader commits meanwhile.
    """
    given = make_url(url).query
    patience = {name: value for name, value in _PATIENCE.items() if name not in given}
    return create_engine(
        url, connect_args=patience, pool_pre_ping=True, pool_size=8, max_overflow=32, isolation_level="REPEATABLE READ"
    )


def _reading_pragmas(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA mmap_size = 0")  # a mapped file that is cut short ends the process; read() costs no more
    connection.execute("PRAGMA cache_size = -2000")


def _writing_pragmas(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(
        "PRAGMA page_size = 8192"
    )  # entries of the index lie in pages of twice the usual size, read in two thirds of the time
