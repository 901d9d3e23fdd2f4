"""What changed between two builds: records added, removed and changed, statements and questions each on their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.errors import StoreUnusable
from api.seeding.canonical import plain
from api.seeding.read import read
from api.seeding.records import Seed
from api.seeding.unload import unload
from api.store.engine import open_for_reading

_OWN_RECORDS = ("statements", "questions")


@dataclass(frozen=True)
class Change:
    """One difference: `field` is empty for a record that came or went."""

    kind: str
    record: str
    field: str = ""
    old: Any = None
    new: Any = None

    def as_line(self) -> str:
        """For people."""
        if not self.field:
            return f"{self.kind} {self.record}"
        return f"{self.kind} {self.record} {self.field}: {self.old!r} -> {self.new!r}"

    def as_data(self) -> dict[str, Any]:
        """For programs."""
        data = {"kind": self.kind, "record": self.record}
        return {**data, "field": self.field, "old": self.old, "new": self.new} if self.field else data


def diff(old: Path, new: Path) -> list[Change]:
    """The changes from one release file or seed folder to another, in the order of their records."""
    return list(_changes(_records(_seed(old)), _records(_seed(new))))


def _seed(path: Path) -> Seed:
    if path.is_dir():
        return read(path).seed()
    if not path.is_file():
        raise StoreUnusable(f"{path} is neither a release file nor a seed folder.", "Name one of the two.")
    engine = open_for_reading(path)
    try:
        return unload(engine)
    finally:
        engine.dispose()


def _records(seed: Seed) -> dict[str, dict[str, Any]]:
    records = {"release": plain(seed.release)}
    records |= {f"link-host {host.host}": plain(host) for host in seed.link_hosts}
    records |= {f"source {source.id}": plain(source) for source in seed.sources}
    records |= {f"language-file {stem}": plain(record) for stem, record in seed.language}
    for concept in seed.concepts:
        data = plain(concept)
        for name in _OWN_RECORDS:
            for item in data.pop(name, []):
                records[f"{name.removesuffix('s')} {item.get('id') or item['slug']}"] = item
        records[f"concept {concept.slug}"] = data
    return records


def _changes(old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]) -> Iterator[Change]:
    for record in sorted({*old, *new}):
        if record not in new:
            yield Change("removed", record)
        elif record not in old:
            yield Change("added", record)
        else:
            before, after = old[record], new[record]
            for field in dict.fromkeys([*before, *after]):
                if before.get(field) != after.get(field):
                    yield Change("changed", record, field, before.get(field), after.get(field))
