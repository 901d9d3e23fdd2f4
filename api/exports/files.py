"""The folder of bulk copies beside a release: written once under a passing name, then given its final name in one step."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from api.errors import NotReady
from api.store.releases import DRAFT, sha256_of

_MANIFEST = "manifest.json"
_KEEP = 3


class ExportFormat(StrEnum):
    """The forms a whole release is given out in."""

    JSON = "json"
    NDJSON = "ndjson"
    CSV = "csv"
    SQLITE = "sqlite"


MEDIA_TYPES = {
    ExportFormat.JSON: "application/json",
    ExportFormat.NDJSON: "application/x-ndjson",
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.SQLITE: "application/vnd.sqlite3",
}


@dataclass(frozen=True)
class ExportFile:
    """One bulk copy on disk."""

    format: ExportFormat
    path: Path
    size: int
    sha256: str
    touched_ns: int

    def is_untouched(self) -> bool:
        """Whether nobody wrote into it or removed it since it was found to be as it was made."""
        try:
            found = self.path.stat()
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns) == (self.size, self.touched_ns)

    @property
    def media_type(self) -> str:
        """Its media type."""
        return MEDIA_TYPES[self.format]


Exports = dict[ExportFormat, ExportFile]
Write = Callable[[dict[ExportFormat, Path]], None]


def find(folder: Path) -> Exports | None:
    """The copies in a folder, or None when any is missing or not as it was written."""
    try:
        told = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        files = [_file(ExportFormat(form), folder / f"export.{form}", **about) for form, about in told.items()]
        whole = all(file.is_untouched() and sha256_of(file.path) == file.sha256 for file in files)
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return {file.format: file for file in files} if whole and len(files) == len(ExportFormat) else None


def _file(form: ExportFormat, path: Path, size: int, sha256: str) -> ExportFile:
    return ExportFile(form, path, size, sha256, path.stat().st_mtime_ns)


def find_or_make(folder: Path, write: Write) -> Exports:
    """The copies in a folder, made first when they are not there; in a passing folder where this one cannot be written.

    Raises NotReady when there is no room for them.
    """
    found = find(folder)
    if found:
        return found
    try:
        return _made(folder, write)
    except OSError as error:
        raise NotReady(f"The bulk copies could not be written: {error.strerror}.", "Make room in CALC_DATA_DIR.") from None


def _made(folder: Path, write: Write) -> Exports:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f"{DRAFT}exports-", dir=folder.parent))
    except OSError:  # a read-only data folder: this process keeps copies of its own
        draft = Path(tempfile.mkdtemp(prefix="calcification-exports-"))
        return _written(draft, write)
    try:
        made = _written(draft, write)
        return _published(draft, folder, made)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _written(draft: Path, write: Write) -> Exports:
    draft.chmod(0o755)
    paths = {form: draft / f"export.{form}" for form in ExportFormat}
    write(paths)
    files = {form: _file(form, path, path.stat().st_size, sha256_of(path)) for form, path in paths.items()}
    told = {form: {"size": file.size, "sha256": file.sha256} for form, file in files.items()}
    (draft / _MANIFEST).write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    for path in (*paths.values(), draft / _MANIFEST):
        with path.open("rb") as file_to_sync:
            os.fsync(file_to_sync.fileno())
    return files


def _published(draft: Path, folder: Path, made: Exports) -> Exports:
    try:
        draft.rename(folder)
    except OSError:  # another process was first, or what lies there is damaged
        found = find(folder)
        if found:
            return found
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    _remove_orphans(folder)
    return {form: ExportFile(**{**asdict(file), "path": folder / file.path.name}) for form, file in made.items()}


def _remove_orphans(newest: Path) -> None:
    """Folders without a release file, as beside a database server: the newest three stay."""
    folders = [path for path in newest.parent.glob("release-*.exports-*") if path.is_dir()]
    orphans = [path for path in folders if path != newest and not (path.parent / f"{_release_of(path)}.sqlite").exists()]
    for path in sorted(orphans, key=lambda path: path.stat().st_mtime_ns, reverse=True)[_KEEP - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def _release_of(folder: Path) -> str:
    return folder.name.partition(".exports-")[0]
