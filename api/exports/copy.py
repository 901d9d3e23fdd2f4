"""A clean SQLite copy of a release, the same bytes from whatever database it is read: it can be queried, checked and served."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, String, collate, insert, select, text
from sqlmodel import Session

from api.store.engine import open_for_writing, sqlite_url
from api.store.tables import Row

_AT_ONCE = 2_000


def write_copy(session: Session, path: Path, schema_revision: str) -> None:
    """Copy every table, rows in the order of their keys, with the schema revision that makes it a release file."""
    source = session.connection()
    engine = open_for_writing(sqlite_url(path))
    try:
        with engine.begin() as target:
            target.execute(text("PRAGMA defer_foreign_keys = ON"))
            Row.metadata.create_all(target)
            _note_revision(target, schema_revision)
            for table in Row.metadata.sorted_tables:
                _copy(source, target, table)
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM"))
    finally:
        engine.dispose()


def _copy(source: Connection, target: Connection, table: Any) -> None:
    bytewise = source.dialect.name != "sqlite"  # SQLite compares bytes by itself
    keys = [collate(key, "C") if bytewise and isinstance(key.type, String) else key for key in table.primary_key]
    with source.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*keys)) as found:
        for rows in found.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in rows])


def _note_revision(target: Connection, schema_revision: str) -> None:
    target.execute(
        text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY)")
    )
    target.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": schema_revision})
