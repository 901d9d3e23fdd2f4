"""Runs the Alembic migrations in code, so that no configuration file is needed beside the migrations folder."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

BEFORE_ANY = "base"
NEWEST = "head"


def _config(migrations: Path, url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def newest_revision(migrations: Path) -> str:
    """The id of the one head revision; raises when the history has branched."""
    head = ScriptDirectory(str(migrations)).get_current_head()
    if head is None:
        raise LookupError(f"no migrations in {migrations}")
    return head


def upgrade(migrations: Path, url: str, revision: str = NEWEST) -> None:
    """Bring a database up to a revision."""
    command.upgrade(_config(migrations, url), revision)


def downgrade(migrations: Path, url: str, revision: str = BEFORE_ANY) -> None:
    """Take a database back to a revision."""
    command.downgrade(_config(migrations, url), revision)


def assert_models_agree(migrations: Path, url: str) -> None:
    """Raise when the migrated database and the row classes differ."""
    command.check(_config(migrations, url))
