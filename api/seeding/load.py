"""Loads a checked seed into a migrated database in one transaction; the release row comes last."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, text
from sqlmodel import Session

from api.keeping import kept_for_now
from api.seeding.digest import digest, edition
from api.seeding.records import QuestionTopicRecord
from api.seeding.rows import rows
from api.seeding.seed import Seed
from api.store.tables import MadeRow, ReleaseRow, Row

Derive = Callable[[Session], Iterable[MadeRow | None]]
_AT_ONCE = 2_000


def nothing_more(_session: Session) -> Iterable[MadeRow | None]:
    """No rows beside those of the seed."""
    return ()


def load(engine: Engine, seed: Seed, schema_revision: str, derive: Derive = nothing_more) -> ReleaseRow:
    """Replace the content of the database by the seed; nothing changes when any part fails. Returns the release row.

    `derive` makes further rows from the loaded content, in the same transaction.
    """
    release = release_row(seed, schema_revision)
    by_table = _by_table(seed)
    with engine.begin() as connection:
        _wait_for_other_loaders(connection)
        _empty(connection)
        for table, values in by_table.items():
            connection.execute(insert(table), values)
        connection.execute(insert(ReleaseRow), [_values(release)])
        with Session(bind=connection) as session:
            add(connection, derive(session))
    return release


def add(connection: Connection, rows: Iterable[MadeRow | None]) -> None:
    """Write rows, each told by its table and its values, many of one table at a time; at None what came is written at once."""
    waiting: list[dict[str, Any]] = []
    table: type[Row] | None = None
    for row in rows:
        if table and waiting and (row is None or row[0] is not table or len(waiting) >= _AT_ONCE):
            connection.execute(insert(table), waiting)
            waiting = []
        if row:
            table, values = row
            waiting.append(values)
    if table and waiting:
        connection.execute(insert(table), waiting)


@kept_for_now()
def _by_table(seed: Seed) -> dict[type[Row], list[dict[str, Any]]]:
    by_table: dict[type[Row], list[dict[str, Any]]] = defaultdict(list)
    for row in rows(seed):
        by_table[type(row)].append(_values(row))
    return by_table


def release_row(seed: Seed, schema_revision: str) -> ReleaseRow:
    """What the release says of itself."""
    content = digest(seed, schema_revision)
    topics = [concept for concept in seed.concepts if isinstance(concept, QuestionTopicRecord)]
    return ReleaseRow(
        id=seed.release.version,
        digest=content,
        edition=edition(content, seed.history),
        published_on=seed.release.published_on,
        schema_revision=schema_revision,
        license=seed.release.license,
        license_url=seed.release.license_url,
        attribution=seed.release.attribution,
        notice=seed.release.notice,
        concept_count=len(seed.concepts),
        statement_count=sum(len(concept.statements) for concept in seed.concepts),
        source_count=len(seed.sources),
        question_count=sum(len(topic.questions) for topic in topics),
    )


def _values(row: Row) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}  # type: ignore[attr-defined]  # set by SQLModel on table classes


def _wait_for_other_loaders(connection: Connection) -> None:
    """One loader after the other on a shared server; readers are not disturbed."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE {ReleaseRow.__tablename__} IN SHARE ROW EXCLUSIVE MODE"))


def _empty(connection: Connection) -> None:
    for table in Row.metadata.tables.values():
        connection.execute(delete(table))
