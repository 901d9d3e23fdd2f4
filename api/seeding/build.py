"""Builds a release: check, migrate an empty database, load, seal, publish. A failed build changes nothing that is served."""

import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from api.errors import ContentInvalid
from api.seeding.check import check
from api.seeding.load import Derive, load, nothing_more, release_row
from api.seeding.read import read
from api.seeding.seed import Seed
from api.store.engine import open_for_writing, sqlite_url
from api.store.migrations import newest_revision, upgrade
from api.store.releases import publish, release_path
from api.store.tables import ReleaseRow

Progress = Callable[[str], None]
Finish = Callable[[Path], None]


def checked_seed(seed_dir: Path, progress: Progress) -> Seed:
    """The seed, read and checked; raises ContentInvalid with every finding."""
    progress("Checking the content")
    findings = check(seed_dir)
    if findings:
        raise ContentInvalid(tuple(findings))
    return read(seed_dir).seed()


def build(
    seed_dir: Path,
    migrations_dir: Path,
    data_dir: Path,
    progress: Progress,
    finish: Finish = lambda _draft: None,
    derive: Derive = nothing_more,
) -> Path:
    """Build the seed into its release file and make it the current one; returns the file.

    `derive` makes further rows from the loaded content, such as pictures.
    `finish` is given the whole file before anybody is pointed to it, to put beside it what servers will need.
    """
    seed = checked_seed(seed_dir, progress)
    data_dir.mkdir(parents=True, exist_ok=True)
    revision = newest_revision(migrations_dir)
    release = release_row(seed, revision)
    final = release_path(data_dir, release.id, release.edition)
    draft = data_dir / f".draft-{os.getpid()}.sqlite"
    try:
        _fill(draft, migrations_dir, seed, revision, progress, derive)
        finish(draft)
        progress(f"Publishing release {release.id}")
        _sync(draft)
        publish(data_dir, draft, release.id, release.edition)
    finally:
        draft.unlink(missing_ok=True)
    return final


def build_into(
    seed_dir: Path, migrations_dir: Path, database_url: str, progress: Progress, derive: Derive = nothing_more
) -> ReleaseRow:
    """Migrate a database server and replace its content in one transaction; readers see the old or the new release."""
    seed = checked_seed(seed_dir, progress)
    progress("Migrating the database")
    upgrade(migrations_dir, database_url)
    engine = open_for_writing(database_url)
    try:
        progress("Loading the content")
        return load(engine, seed, newest_revision(migrations_dir), derive)
    finally:
        engine.dispose()


def _fill(draft: Path, migrations_dir: Path, seed: Seed, revision: str, progress: Progress, derive: Derive) -> None:
    draft.unlink(missing_ok=True)
    progress("Migrating an empty database")
    upgrade(migrations_dir, sqlite_url(draft))
    engine = open_for_writing(sqlite_url(draft))
    try:
        progress("Loading the content")
        load(engine, seed, revision, derive)
        with engine.connect() as connection:
            connection.execute(text("ANALYZE"))
            connection.commit()
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM"))
    finally:
        engine.dispose()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
