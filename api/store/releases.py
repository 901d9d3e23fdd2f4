"""Where built releases lie: one immutable SQLite file each, its checksum beside it, and a pointer that names the current one."""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import IO

from api.errors import KnowledgeError, NotReady, StoreUnusable

if sys.platform != "win32":
    import fcntl

_POINTER = "current"
_SUM = ".sha256"
DRAFT = ".draft-"
_KEEP = 3
_ABANDONED_SECONDS = 3600
_REMEDY = "Run 'calcification-api build'."

Stamp = tuple[int, int, int, int]
_FOUND_WHOLE: dict[Path, tuple[Stamp, str]] = {}


@dataclass(frozen=True)
class Pointer:
    """What the pointer says: the name of the current file and the checksum it was built with."""

    name: str
    checksum: str


def release_path(data_dir: Path, version: str, edition: str) -> Path:
    """The file of a release; its name holds the edition, so a file is never rewritten with other content."""
    return data_dir / f"release-{version}-{edition[:12]}.sqlite"


def read_pointer(data_dir: Path) -> Pointer:
    """What the pointer says. Raises NotReady when nothing was built, StoreUnusable when it cannot be read."""
    try:
        checksum, _, name = (data_dir / _POINTER).read_text(encoding="utf-8").strip().partition("  ")
    except FileNotFoundError:
        raise NotReady(f"No release has been built in {data_dir}.", _REMEDY) from None
    except (OSError, UnicodeDecodeError):
        raise StoreUnusable(f"The pointer to the current release in {data_dir} cannot be read.", _REMEDY) from None
    return Pointer(name, checksum)


def pointer_stamp(data_dir: Path) -> tuple[int, int, int] | None:
    """Tells in one look at the folder whether the pointer was written again; None while there is none."""
    try:
        found = (data_dir / _POINTER).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def intact(data_dir: Path, pointer: Pointer) -> Path:
    """The file a pointer names. Raises NotReady when it is missing, StoreUnusable when it is not as built."""
    path = data_dir / pointer.name
    if not pointer.name or path.name != pointer.name or not path.is_file():
        raise NotReady(f"The current release is missing from {data_dir}.", _REMEDY)
    if _FOUND_WHOLE.pop(path, None) != (stamp_of(path.stat()), pointer.checksum) and sha256_of(path) != pointer.checksum:
        raise damaged(path)
    return path


def is_whole(data_dir: Path) -> bool:
    """Whether the current file is as it was built. The next opening need not read it again, unless it is touched meanwhile."""
    try:
        pointer = read_pointer(data_dir)
        path = data_dir / pointer.name
        before = stamp_of(path.stat())
        _FOUND_WHOLE[intact(data_dir, pointer)] = before, pointer.checksum
    except (KnowledgeError, OSError):
        return False
    return True


def damaged(path: Path) -> StoreUnusable:
    """What to tell of a file that is not as it was built."""
    detail = f"The release file {path.name} is damaged: its checksum is not the one it was built with."
    return StoreUnusable(detail, _REMEDY)


def current(data_dir: Path) -> Path:
    """The file the pointer names. Raises NotReady when nothing was built, StoreUnusable when the file is not as built."""
    return intact(data_dir, read_pointer(data_dir))


def publish(data_dir: Path, built: Path, version: str, edition: str) -> Path:
    """Give a finished file its final name and point to it, each in one step; older files beyond the newest three go."""
    final = release_path(data_dir, version, edition)
    line = f"{sha256_of(built)}  {final.name}\n"
    _make_newest(data_dir, built)
    built.replace(final)
    _write(_sum_of(final), line)
    _write(data_dir / _POINTER, line)
    _remove_old(data_dir, final)
    return final


def rollback(data_dir: Path, wanted: str | None = None) -> Path:
    """Point back to an older file: of this version or edition, else the one built before the current. Raises NotReady."""
    served = read_pointer(data_dir).name
    files = _newest_first(data_dir)
    if wanted is None:
        names = [path.name for path in files]
        candidates = files[names.index(served) + 1 :] if served in names else files
    else:
        candidates = [path for path in files if path.name != served and _is_called(path, wanted)]
    for path in candidates:
        line = _read_sum(path)
        if line and sha256_of(path) == line.partition("  ")[0]:
            _write(data_dir / _POINTER, line)
            return path
    held = ", ".join(_label(path) for path in files if path.name != served) or "none"
    raise NotReady(f"No whole release file to go back to; other files here: {held}.", "Build that release again.")


def hold(path: Path) -> IO[bytes]:
    """Keep a release file from being cleared away until the returned file is closed."""
    held = path.open("rb")
    if sys.platform != "win32":
        try:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:  # a file system without locks: the newest three files stay in any case
            return held
    return held


def clear_abandoned(data_dir: Path) -> None:
    """Remove what builds left that were broken off: files nobody holds, and other drafts of an hour ago or more."""
    for path in data_dir.glob(f"{DRAFT}*"):
        try:
            if path.is_dir():
                if time() - path.stat().st_mtime > _ABANDONED_SECONDS:
                    shutil.rmtree(path, ignore_errors=True)
            elif not _in_use(path.with_name(path.name.removesuffix("-journal"))):
                path.unlink()
        except PermissionError:  # a system where open files cannot be removed: its builder is at work
            continue
        except FileNotFoundError:  # its builder was quicker, or only the journal is left
            path.unlink(missing_ok=True)


def companions(path: Path) -> Iterable[Path]:
    """What lies beside a release file and goes with it."""
    return path.parent.glob(f"{path.stem}.exports*")


def stamp_of(found: os.stat_result) -> Stamp:
    """Which file it is, its size and its times: they change when anybody writes into it."""
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def sha256_of(path: Path) -> str:
    """The hexadecimal SHA-256 of a file, read in parts."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _newest_first(data_dir: Path) -> list[Path]:
    return sorted(data_dir.glob("release-*.sqlite"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def _make_newest(data_dir: Path, built: Path) -> None:
    """Order files by when they were published, whatever the clock does: one set back must not make a new file look old."""
    others = [path.stat().st_mtime_ns for path in data_dir.glob("release-*.sqlite")]
    newest = max([built.stat().st_mtime_ns, *(other + 1_000_000 for other in others)])
    os.utime(built, ns=(newest, newest))


def _label(path: Path) -> str:
    return path.stem.removeprefix("release-")


def _is_called(path: Path, wanted: str) -> bool:
    label = _label(path)
    return label.rpartition("-")[0] == wanted or ("-" in wanted and label.startswith(wanted))


def _sum_of(path: Path) -> Path:
    return path.with_name(path.name + _SUM)


def _read_sum(path: Path) -> str | None:
    try:
        return _sum_of(path).read_text(encoding="utf-8")
    except OSError:
        return None


def _write(path: Path, line: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _remove_old(data_dir: Path, newest: Path) -> None:
    others = [path for path in _newest_first(data_dir) if path != newest]
    for path in others[_KEEP - 1 :]:
        if not _in_use(path):
            path.unlink()
            _sum_of(path).unlink(missing_ok=True)
            for beside in companions(path):
                shutil.rmtree(beside, ignore_errors=True)


def _in_use(path: Path) -> bool:
    """Whether a running server holds the file: requests that began on it must be able to finish."""
    if sys.platform == "win32":
        return False
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
    return False
