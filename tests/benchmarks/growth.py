"""Multiplies the real content: every record again under new ids and slugs, with varied words and the same shape.

It copies inside SQLite, table by table, guided by the row classes, so that a new table or column needs no change here. The
copies keep all references among themselves; the first is the real content, so that ordinary addresses still answer.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table, delete
from sqlmodel import Session

from api.derived import index
from api.seeding.fingerprint import fingerprint, remember
from api.seeding.load import add
from api.settings import Settings
from api.store.engine import open_for_writing, sqlite_url
from api.store.releases import current, publish
from api.store.tables import IndexEntryRow, Row

_ONCE = frozenset({"release", "picture", "index_entry", "moved_slug", "past_release", "link_host", "language_file"})
_NAMED = frozenset({"concept.slug", "statement.id", "source.id", "question.slug"})
_VARIED = frozenset({"text", "name", "plain_name", "title", "why", "reason"})
_RANK = re.compile(r"^(position|\w+_rank)$")
_WORD = re.compile(r"[a-z]{5,}")
_SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "zu", "cha")
_VARIED_SHARE = 4
_MOST_INDEXED = int(os.environ.get("CALC_BENCH_INDEXED", "100"))  # larger sizes have the index of the real content only


@dataclass(frozen=True)
class Grown:
    """A multiplied release, ready to serve."""

    factor: int
    data_dir: Path
    statements: int
    seconds: float
    index_seconds: float | None
    megabytes: float


def grow(real: Path, folder: Path, factor: int, *, indexed: bool = False) -> Grown:
    """Make a release of `factor` times the content of the current release in `real` and make it current in `folder`.

    Unless it is indexed anew, which takes as long as a build does, search and the rooms beside it know the real content only.
    """
    begun = time.perf_counter()
    folder.mkdir(parents=True)
    draft = folder / "draft.sqlite"
    shutil.copy(current(real), draft)
    with closing(sqlite3.connect(draft, isolation_level=None)) as database:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000", "foreign_keys = OFF"):
            database.execute(f"PRAGMA {pragma}")
        _teach(database)
        database.execute("BEGIN")
        for table in Row.metadata.sorted_tables:
            if table.name not in _ONCE:
                _multiply(database, table, factor)
        statements = _tell(database, factor)
        database.execute("COMMIT")
    content_seconds = time.perf_counter() - begun
    index_seconds = _index(draft) if indexed else None
    with closing(sqlite3.connect(draft, isolation_level=None)) as database:
        database.execute("ANALYZE")
        database.execute("VACUUM")
    name, digest = f"2026.11.{factor}", hashlib.sha256(str(factor).encode()).hexdigest()
    file = publish(folder, draft, name, digest)
    settings = Settings()
    remember(folder, fingerprint(settings.seed_dir, settings.migrations_dir))  # so that serving does not build the seed again
    return Grown(factor, folder, statements, content_seconds, index_seconds, file.stat().st_size / 1e6)


def _index(draft: Path) -> float:
    """Make the index of the grown content as a build does; gives the seconds."""
    begun = time.perf_counter()
    engine = open_for_writing(sqlite_url(draft))
    with engine.begin() as connection, Session(bind=connection) as session:
        connection.execute(delete(IndexEntryRow))
        add(connection, index(session))
    engine.dispose()
    return time.perf_counter() - begun


def renamed(name: str | None, copy: int) -> str | None:
    """The id or slug of a record in a copy; a statement's number stays last."""
    if name is None:
        return None
    stem, _, number = name.rpartition("-")
    return f"{stem}-x{copy}-{number}" if stem and number.isdigit() and len(number) in (2, 3) else f"{name}-x{copy}"


def varied(text: str | None, copy: int) -> str | None:
    """The text with about a quarter of its longer words replaced by made-up ones that differ from copy to copy."""
    return text and _WORD.sub(lambda word: _other(word[0], copy), text)


def _other(word: str, copy: int) -> str:
    number = int.from_bytes(hashlib.blake2s(f"{word} {copy}".encode(), digest_size=4).digest(), "big")
    if number % _VARIED_SHARE:
        return word
    return "".join(_SYLLABLES[number >> shift & 15] for shift in (4, 8, 12))


def _teach(database: sqlite3.Connection) -> None:
    functions: dict[str, Callable[[Any, int], Any]] = {"renamed": renamed, "varied": varied, "renamed_all": _renamed_all}
    for name, function in functions.items():
        database.create_function(name, 2, function, deterministic=True)


def _renamed_all(names: str | None, copy: int) -> str | None:
    return names and json.dumps([renamed(name, copy) for name in json.loads(names)])


def _multiply(database: sqlite3.Connection, table: Table, factor: int) -> None:
    count = database.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]  # noqa: S608  # names of our own tables
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(_value(column) for column in table.columns)
    copies = "WITH RECURSIVE copies(copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM copies WHERE copy + 1 < :factor)"
    database.execute(f'CREATE TEMP TABLE "real_{table.name}" AS SELECT * FROM "{table.name}"')  # noqa: S608
    if factor > 1:
        database.execute(
            f'{copies} INSERT INTO main."{table.name}" ({names}) SELECT {values} FROM copies, temp."real_{table.name}"',  # noqa: S608
            {"factor": factor, "count": count},
        )
    database.execute(f'DROP TABLE temp."real_{table.name}"')


def _value(column: "Column[Any]") -> str:
    name = f'"{column.name}"'
    targets = {key.target_fullname for key in column.foreign_keys} | {f"{column.table.name}.{column.name}"}
    if targets & _NAMED or column.name.endswith("_statement_id"):
        return f"renamed({name}, copy)"
    if column.name == "statement_ids":
        return f"renamed_all({name}, copy)"
    if _RANK.match(column.name) and column.unique:
        return f"{name} + copy * :count"
    return f"varied({name}, copy)" if column.name in _VARIED else name


def _tell(database: sqlite3.Connection, factor: int) -> int:
    counts = [row[1] for row in database.execute("PRAGMA table_info(release)") if row[1].endswith("_count")]
    for name in counts:
        database.execute(f"UPDATE release SET {name} = (SELECT count(*) FROM {name.removesuffix('_count')})")  # noqa: S608
    digest = hashlib.sha256(str(factor).encode()).hexdigest()
    database.execute("UPDATE release SET id = ?, digest = ?", (f"2026.11.{factor}", digest))
    held: int = database.execute("SELECT statement_count FROM release").fetchone()[0]
    return held


def sizes(factors: tuple[int, ...], real: Path, work: Path) -> Iterator[Grown]:
    """One grown release after the other; each is removed before the next is made."""
    for factor in factors:
        folder = work / f"grown-{factor}"
        shutil.rmtree(folder, ignore_errors=True)
        yield grow(real, folder, factor, indexed=factor <= _MOST_INDEXED)
        shutil.rmtree(folder, ignore_errors=True)
