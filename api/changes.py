"""Typed differences between two states of the content: added, changed, retired. Pure: plain data in, plain data out.

A state maps (kind, id) to a record as plain data in which an absent member and null mean the same. A changed member is named
by its path: names joined by `/`, with `~` and `/` inside a name written `~0` and `~1`. Lists change as a whole.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from api.vocabulary import RecordKind

Key = tuple[RecordKind, str]
Data = dict[str, Any]
State = Mapping[Key, Data]
Path = tuple[str, ...]


@dataclass(frozen=True)
class Added:
    """A record that came."""

    kind: RecordKind
    id: str
    value: Data


@dataclass(frozen=True)
class Changed:
    """A member of a record that differs."""

    kind: RecordKind
    id: str
    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Retired:
    """A record that went, what it said last, and why it went."""

    kind: RecordKind
    id: str
    value: Data
    reason: str | None = None


Change = Added | Changed | Retired


def compare(old: State, new: State, reasons: Mapping[str, str] | None = None) -> list[Change]:
    """The changes from one state to another, ordered by kind, id and field."""
    found: list[Change] = []
    for kind, record in sorted({*old, *new}):
        before, after = old.get((kind, record)), new.get((kind, record))
        if before is None:
            found.append(Added(kind, record, deepcopy(new[kind, record])))
        elif after is None:
            found.append(Retired(kind, record, deepcopy(before), (reasons or {}).get(record)))
        else:
            found += [Changed(kind, record, written(path), o, n) for path, o, n in _differences(before, after)]
    return found


def apply(state: State, changes: Iterable[Change]) -> dict[Key, Data]:
    """The state after the changes. Raises ValueError when they do not fit it."""
    after = deepcopy(dict(state))
    for change in changes:
        key = (change.kind, change.id)
        if isinstance(change, Added) == (key in after):
            raise ValueError(f"{change.kind} {change.id} does not fit")
        if isinstance(change, Added):
            after[key] = deepcopy(change.value)
        elif isinstance(change, Retired):
            del after[key]
        else:
            _require(_same(_get(after[key], parsed(change.field)), change.old), f"{change.kind} {change.id} {change.field}")
            _set(after[key], parsed(change.field), change.new)
    return after


def undo(state: State, changes: Iterable[Change]) -> dict[Key, Data]:
    """The state before the changes. Raises ValueError when they do not lead to this one."""
    return apply(state, [_inverse(change) for change in changes])


def net(steps: Iterable[Iterable[Change]]) -> list[Change]:
    """Several steps as one: what came and went again is not told, what changed twice is told once."""
    records: dict[Key, _Record] = {}
    for step in steps:
        for change in step:
            records.setdefault((change.kind, change.id), _Record()).take(change)
    told: list[Change] = []
    for kind, record in sorted(records):
        told += records[kind, record].told(kind, record)
    return told


def written(path: Path) -> str:
    """A path as text."""
    return "/".join(name.replace("~", "~0").replace("/", "~1") for name in path)


def parsed(field: str) -> Path:
    """Text as a path."""
    return tuple(name.replace("~1", "/").replace("~0", "~") for name in field.split("/"))


class _Record:
    """What happened to one record over several steps: how it was when it came in whole, and its members that changed."""

    def __init__(self) -> None:
        self._began: bool | None = None
        self._original: Data | None = None
        self._value: Data | None = None
        self._members: dict[Path, tuple[Any, Any]] = {}
        self._reason: str | None = None

    def take(self, change: Change) -> None:
        """The next thing that happened."""
        if self._began is None:
            self._began = not isinstance(change, Added)
        if isinstance(change, Added):
            self._value, self._reason = deepcopy(change.value), None
        elif isinstance(change, Retired):
            if self._began and self._original is None:
                self._original = deepcopy(change.value)
                for path, (old, _) in self._members.items():
                    _set(self._original, path, deepcopy(old))
            self._value, self._reason = None, change.reason
        elif self._value is not None:
            _set(self._value, parsed(change.field), deepcopy(change.new))
        else:
            self._fold(parsed(change.field), deepcopy(change.old), deepcopy(change.new))

    def told(self, kind: RecordKind, record: str) -> list[Change]:
        """What is left of it all."""
        if not self._began:
            return [] if self._value is None else [Added(kind, record, self._value)]
        if self._original is None:
            differences = [
                (path + inner, o, n)
                for path, (old, new) in self._members.items()
                for inner, o, n in _differences({"": old}, {"": new}, root=())
            ]
            return [Changed(kind, record, written(path), old, new) for path, old, new in sorted(differences, key=_first)]
        if self._value is None:
            return [Retired(kind, record, self._original, self._reason)]
        return [Changed(kind, record, written(path), o, n) for path, o, n in _differences(self._original, self._value)]

    def _fold(self, path: Path, old: Any, new: Any) -> None:
        for outer, (before, after) in self._members.items():
            if path[: len(outer)] == outer:
                self._members[outer] = (before, _with(after, path[len(outer) :], new))
                return
        for inner in [other for other in self._members if other[: len(path)] == path]:
            old = _with(old, inner[len(path) :], self._members.pop(inner)[0])
        self._members[path] = (old, new)


def _first(item: tuple[Path, Any, Any]) -> Path:
    return item[0]


def _differences(old: Data, new: Data, root: Path | None = None) -> Iterator[tuple[Path, Any, Any]]:
    """The members that differ, in order of their paths; `root` names what the member '' stands for."""
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        path = (name,) if root is None else root
        if isinstance(before, dict) and isinstance(after, dict):
            for inner, o, n in _differences(before, after):
                yield path + inner, o, n
        elif not _same(before, after):
            yield path, deepcopy(before), deepcopy(after)


def _same(one: Any, other: Any) -> bool:
    """Equal as JSON: 1, 1.0 and true are three things."""
    return one == other and json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _inverse(change: Change) -> Change:
    if isinstance(change, Added):
        return Retired(change.kind, change.id, change.value)
    if isinstance(change, Retired):
        return Added(change.kind, change.id, change.value)
    return Changed(change.kind, change.id, change.field, change.new, change.old)


def _with(value: Any, path: Path, new: Any) -> Any:
    if not path:
        return new
    _set(value, path, new)
    return value


def _get(data: Any, path: Path) -> Any:
    for name in path:
        data = data.get(name)
    return data


def _set(data: Data, path: Path, new: Any) -> None:
    for name in path[:-1]:
        data = data[name]
    if new is None:
        data.pop(path[-1], None)
    else:
        data[path[-1]] = deepcopy(new)


def _require(fits: bool, what: str) -> None:
    if not fits:
        raise ValueError(f"{what} does not fit")
