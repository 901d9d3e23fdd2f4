"""Where built releases lie: one immutable SQLite file each, and a pointer file that names the current one and its checksum."""

import hashlib
import os
from pathlib import Path

from api.errors import NotReady, StoreUnusable

_POINTER = "current"
_KEEP = 3


def release_path(data_dir: Path, version: str, digest: str) -> Path:
    """The file of a release; its name holds the digest, so a file is never rewritten."""
    return data_dir / f"release-{version}-{digest[:12]}.sqlite"


def current(data_dir: Path) -> Path:
    """The file the pointer names. Raises NotReady when nothing was built, StoreUnusable when the file is not as built."""
    remedy = "Run 'calcification-api build'."
    try:
        checksum, _, name = (data_dir / _POINTER).read_text(encoding="utf-8").strip().partition("  ")
    except FileNotFoundError:
        raise NotReady(f"No release has been built in {data_dir}.", remedy) from None
    except (OSError, UnicodeDecodeError):
        raise StoreUnusable(f"The pointer to the current release in {data_dir} cannot be read.", remedy) from None
    path = data_dir / name
    if not name or path.name != name or not path.is_file():
        raise NotReady(f"The current release is missing from {data_dir}.", remedy)
    if _sha256(path) != checksum:
        raise StoreUnusable(f"The release file {name} is damaged: its checksum is not the one it was built with.", remedy)
    return path


def publish(data_dir: Path, built: Path, version: str, digest: str) -> Path:
    """Give a finished file its final name and point to it, each in one step; older files beyond the newest three go."""
    final = release_path(data_dir, version, digest)
    built.replace(final)
    pointer = data_dir / f"{_POINTER}.new"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(f"{_sha256(final)}  {final.name}\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(data_dir / _POINTER)
    _remove_old(data_dir, final)
    return final


def _remove_old(data_dir: Path, newest: Path) -> None:
    others = [path for path in data_dir.glob("release-*.sqlite") if path != newest]
    for path in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[_KEEP - 1 :]:
        path.unlink()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
