"""Whether the seed changed since the last build, by the bytes of its files: fast enough to ask at every start."""

import hashlib
from pathlib import Path

from api.store.index_format import index_format
from api.store.releases import is_whole

_FILE = "built-from"


def fingerprint(*folders: Path) -> str:
    """The digest of the names and bytes of the content and migration files, and of the code that makes the index."""
    total = hashlib.sha256(index_format().encode())
    for folder in folders:
        for path in sorted([*folder.glob("**/*.yaml"), *folder.glob("**/*.py")]):
            total.update(path.relative_to(folder).as_posix().encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def is_built(seed_dir: Path, migrations_dir: Path, data_dir: Path) -> bool:
    """Whether the current release was built from exactly these files and is undamaged."""
    try:
        made_from = (data_dir / _FILE).read_text(encoding="utf-8")
    except OSError:
        return False
    return made_from == fingerprint(seed_dir, migrations_dir) and is_whole(data_dir)


def remember(data_dir: Path, made_from: str) -> None:
    """Note what the current release was built from."""
    (data_dir / _FILE).write_text(made_from, encoding="utf-8")
