"""Builds a release: check, migrate an empty database, load, seal, publish. A failed build changes nothing that is served."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from api.errors import StoreUnusable
from api.seeding.check import sound_seed
from api.seeding.load import Derive, load, nothing_more, release_row
from api.seeding.seed import Seed
from api.store.engine import open_for_writing, sqlite_url
from api.store.lost import is_loss
from api.store.migrations import newest_revision, upgrade
from api.store.releases import DRAFT, clear_abandoned, hold, publish
from api.store.tables import ReleaseRow

Progress = Callable[[str], None]
Finish = Callable[[Path], None]
_SERVED_ON = "Nothing that is served changed; mend that and build again."


def checked_seed(seed_dir: Path, progress: Progress) -> Seed:
    """The seed, read and checked; raises ContentInvalid with every finding."""
    progress("Checking the content")
    return sound_seed(seed_dir)


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
    `finish` is given the whole file before anybody is pointed to it, to put beside it what servers will need. Raises
    ContentInvalid, and StoreUnusable when it cannot be written.
    """
    return build_seed(checked_seed(seed_dir, progress), migrations_dir, data_dir, progress, finish, derive)


def build_seed(
    seed: Seed,
    migrations_dir: Path,
    data_dir: Path,
    progress: Progress,
    finish: Finish = lambda _draft: None,
    derive: Derive = nothing_more,
) -> Path:
    """Build a seed that was checked, as `build` does."""
    revision = newest_revision(migrations_dir)
    release = release_row(seed, revision)
    with _told_as_unusable(_SERVED_ON), _draft_in(data_dir) as draft:
        _fill(draft, migrations_dir, seed, revision, progress, derive)
        finish(draft)
        progress(f"Publishing release {release.id}")
        _sync(draft)
        return publish(data_dir, draft, release.id, release.edition)


def build_into(
    seed_dir: Path, migrations_dir: Path, database_url: str, progress: Progress, derive: Derive = nothing_more
) -> ReleaseRow:
    """Migrate a database server and replace its content in one transaction; readers see the old or the new release.

    Raises ContentInvalid, and StoreUnusable when the server is lost.
    """
    return load_seed(checked_seed(seed_dir, progress), migrations_dir, database_url, progress, derive)


def load_seed(
    seed: Seed, migrations_dir: Path, database_url: str, progress: Progress, derive: Derive = nothing_more
) -> ReleaseRow:
    """Load a seed that was checked, as `build_into` does."""
    engine = open_for_writing(database_url)
    with _told_as_unusable(_SERVED_ON):
        try:
            progress("Migrating the database")
            upgrade(migrations_dir, database_url)
            progress("Loading the content")
            return load(engine, seed, newest_revision(migrations_dir), derive)
        finally:
            engine.dispose()


@contextmanager
def _told_as_unusable(remedy: str) -> Iterator[None]:
    """A full disk, a folder without rights, a lost database: told in a sentence, for there is nothing to mend in the code."""
    try:
        yield
    except OSError as error:
        raise StoreUnusable(f"The release could not be written: {error.strerror}.", remedy) from None
    except SQLAlchemyError as error:
        if not is_loss(error):
            raise
        raise StoreUnusable(f"The release could not be written: {_reason(error)}.", remedy) from None


def _reason(error: SQLAlchemyError) -> str:
    told = str(error.orig) if isinstance(error, DBAPIError) else type(error).__name__
    return told.strip().partition("\n")[0]


@contextmanager
def _draft_in(data_dir: Path) -> Iterator[Path]:
    """A file to build in, which nobody else clears away; gone afterwards if it was not published."""
    data_dir.mkdir(parents=True, exist_ok=True)
    clear_abandoned(data_dir)
    draft = data_dir / f"{DRAFT}{os.getpid()}.sqlite"
    try:
        draft.touch()
        with hold(draft):
            yield draft
    finally:
        for path in data_dir.glob(f"{draft.name}*"):  # a full disk leaves the journal too
            path.unlink()


def _fill(draft: Path, migrations_dir: Path, seed: Seed, revision: str, progress: Progress, derive: Derive) -> None:
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
