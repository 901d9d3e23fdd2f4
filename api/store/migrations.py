"""Runs the Alembic migrations in code, so that no configuration file is needed beside the migrations folder.

Alembic itself is imported by what runs migrations; a server only asks for the newest revision, which the files tell.
"""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config

BEFORE_ANY = "base"
NEWEST = "head"
_ASSIGNED = re.compile(r"""^(revision|down_revision)\b[^=\n]*=\s*(?:None|["']([^"']+)["'])""", re.MULTILINE)


def _config(migrations: Path, url: str) -> "Config":
    from alembic.config import Config

    config = Config(stdout=sys.stdout)  # its own default is whatever stood there when it was first imported
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def newest_revision(migrations: Path) -> str:
    """The id of the one head revision; raises LookupError when there is none or the history has branched."""
    told = [dict(_ASSIGNED.findall(path.read_text(encoding="utf-8"))) for path in (migrations / "versions").glob("*.py")]
    heads = {file.get("revision", "") for file in told} - {file.get("down_revision", "") for file in told} - {""}
    if len(heads) != 1:
        raise LookupError(f"one newest migration is needed in {migrations}, not {len(heads)}")
    newest: str = heads.pop()
    return newest


def upgrade(migrations: Path, url: str, revision: str = NEWEST) -> None:
    """Bring a database up to a revision."""
    from alembic import command

    command.upgrade(_config(migrations, url), revision)


def downgrade(migrations: Path, url: str, revision: str = BEFORE_ANY) -> None:
    """Take a database back to a revision."""
    from alembic import command

    command.downgrade(_config(migrations, url), revision)


def assert_models_agree(migrations: Path, url: str) -> None:
    """Raise when the migrated database and the row classes differ."""
    from alembic import command

    command.check(_config(migrations, url))
