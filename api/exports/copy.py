"""A clean SQLite copy of a release, the same bytes from whatever database it is read: it can be queried, checked and served."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, String, collate, insert, select, text
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import Session

from api.store.engine import open_for_writing, sqlite_url
from api.store.tables import LanguageFileRow, Row

_AT_ONCE = 2_000
_CODES = "codes/"


def write_copy(session: Session, path: Path, schema_revision: str, code_systems: frozenset[str]) -> None:
    """Copy every table, rows in the order of their keys, with the schema revision that makes it a release file.

    Of the files of codes only those of the named systems: what is switched off is not given away in bulk.
    """
    source = session.connection()
    engine = open_for_writing(sqlite_url(path))
    try:
        with engine.begin() as target:
            target.execute(text("PRAGMA defer_foreign_keys = ON"))
            _create_tables(target)
            _note_revision(target, schema_revision)
            for table in Row.metadata.sorted_tables:
                _copy(source, target, table, code_systems)
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM"))
    finally:
        engine.dispose()


def _create_tables(target: Connection) -> None:
    """As the metadata would, but with the indexes in an order that is the same in every process."""
    for table in Row.metadata.sorted_tables:
        target.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            target.execute(CreateIndex(index))


def _copy(source: Connection, target: Connection, table: Any, code_systems: frozenset[str]) -> None:
    bytewise = source.dialect.name != "sqlite"  # SQLite compares bytes by itself
    keys = [collate(key, "C") if bytewise and isinstance(key.type, String) else key for key in table.primary_key]
    with source.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*keys)) as found:
        for rows in found.mappings().partitions():
            kept = [dict(row) for row in rows if _may_be_given(table.name, row, code_systems)]
            if kept:
                target.execute(insert(table), kept)


def _may_be_given(table: str, row: Any, code_systems: frozenset[str]) -> bool:
    is_codes = table == LanguageFileRow.__tablename__ and row["stem"].startswith(_CODES)
    return not is_codes or row["content"]["id"] in code_systems


def _note_revision(target: Connection, schema_revision: str) -> None:
    target.execute(
        text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY)")
    )
    target.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": schema_revision})
