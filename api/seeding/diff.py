"""What changed between two builds: records added, retired and changed, statements and questions each on their own."""

from pathlib import Path
from typing import Any

from api.changes import Change, Changed, compare
from api.errors import StoreUnusable
from api.seeding.read import read
from api.seeding.seed import Seed
from api.seeding.snapshot import snapshot
from api.seeding.unload import unload
from api.store.engine import open_for_reading


def diff(old: Path, new: Path) -> list[Change]:
    """The changes from one release file or seed folder to another, in the order of their records."""
    return compare(snapshot(seed_of(old)), snapshot(seed_of(new)))


def seed_of(path: Path) -> Seed:
    """The seed of a release file or seed folder. Raises StoreUnusable when it is neither."""
    if path.is_dir():
        return read(path).seed()
    if not path.is_file():
        raise StoreUnusable(f"{path} is neither a release file nor a seed folder.", "Name one of the two.")
    engine = open_for_reading(path)
    try:
        return unload(engine)
    finally:
        engine.dispose()


def as_line(change: Change) -> str:
    """For people."""
    name = f"{type(change).__name__.lower()} {change.kind} {change.id}"
    return f"{name} {change.field}: {change.old!r} -> {change.new!r}" if isinstance(change, Changed) else name


def as_data(change: Change) -> dict[str, Any]:
    """For programs."""
    data = {"kind": type(change).__name__.lower(), "record": f"{change.kind} {change.id}"}
    return {**data, "field": change.field, "old": change.old, "new": change.new} if isinstance(change, Changed) else data
