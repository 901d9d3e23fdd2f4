"""Migrations go up, agree with the row classes, and go down, on SQLite and on a real PostgreSQL; one head only."""

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from api.store.engine import sqlite_url
from api.store.migrations import assert_models_agree, downgrade, newest_revision, upgrade
from tests.conftest import MIGRATIONS


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "empty.sqlite")
    address: str = request.getfixturevalue("postgresql")
    return address


def test_up_agrees_and_down_leaves_nothing(empty_database: str) -> None:
    upgrade(MIGRATIONS, empty_database)
    assert_models_agree(MIGRATIONS, empty_database)
    downgrade(MIGRATIONS, empty_database)
    engine = create_engine(empty_database)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
    upgrade(MIGRATIONS, empty_database)


def test_history_is_one_line() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert script.get_heads() == [newest_revision(MIGRATIONS)]
    assert len(script.get_bases()) == 1


def test_newest_revision_is_what_alembic_calls_head() -> None:
    assert newest_revision(MIGRATIONS) == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def test_branched_history_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "versions"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.py").write_text(f'revision: str = "{name}"\ndown_revision: str | None = None\n', encoding="utf-8")
    with pytest.raises(LookupError, match="not 2"):
        newest_revision(tmp_path)
