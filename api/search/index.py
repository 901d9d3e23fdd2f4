"""The index of a release: small entries by key, made when the release is built and read in batches by what searches.

An entry is bytes: packed columns of numbers, or JSON. All numbers are little-endian, so that a release is the same anywhere.
"""

import json
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlmodel import Session

Entry = tuple[str, bytes]
Columns = list["array[Any]"]
_BYTES = {code: array(code).itemsize for code in "BHIQfd"}
_SHORTEST = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# Hundreds of keys as one value: a value each would take longer to hand over than the entries take to read. In the words of
# the driver: a dozen such questions make an answer, and to read each as a query of ours would take as long as its entries do.
_ON_FILE = "SELECT key, data FROM index_entry WHERE key IN (SELECT value FROM json_each(?))"
_ON_SERVER = "SELECT key, data FROM index_entry WHERE key = ANY(%s)"


class Index:
    """The entries as one request reads them: each asked for once, as many as can be foreseen at a time."""

    def __init__(self, read: Callable[[Sequence[str]], Iterable[Sequence[Any]]]) -> None:
        self._read = read
        self._held: dict[str, bytes | None] = {}
        self._told: dict[str, Any] = {}

    def want(self, keys: Iterable[str]) -> None:
        """Read entries that will be needed, in one question to the store."""
        missing = sorted({*keys} - self._held.keys())
        if missing:
            self._held.update(dict.fromkeys(missing))
            self._held.update((key, bytes(data)) for key, data in self._read(missing))

    def get(self, key: str) -> bytes | None:
        """An entry, read now when nobody foresaw it."""
        if key not in self._held:
            self.want((key,))
        return self._held[key]

    def fresh(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Entries that are looked at once and not held: those of the keys that there are, in one question to the store."""
        wanted = list(dict.fromkeys(keys))
        return {key: bytes(data) for key, data in self._read(wanted)} if wanted else {}

    def told(self, key: str) -> Any:
        """What an entry in JSON says; None when there is none."""
        if key not in self._told:
            data = self.get(key)
            self._told[key] = None if data is None else json.loads(data.decode())
        return self._told[key]


def stored(session: Session) -> Index:
    """The index of the release a session sees."""

    def ask(query: str, keys: Any) -> Sequence[Sequence[Any]]:
        return session.connection().exec_driver_sql(query, (keys,)).all()

    if session.get_bind().dialect.name == "sqlite":
        return Index(lambda keys: ask(_ON_FILE, json.dumps(keys)))
    return Index(lambda keys: ask(_ON_SERVER, [key.replace("\0", "") for key in keys]))


class Made(Index):
    """An index that was just made and is not stored."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        super().__init__(lambda _keys: ())
        self._held.update(entries)

    def want(self, keys: Iterable[str]) -> None:
        """Everything is here."""

    def get(self, key: str) -> bytes | None:
        """An entry."""
        return self._held.get(key)

    def fresh(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Entries by key."""
        return {key: data for key in keys if (data := self._held.get(key)) is not None}


def keyed(part: str, entries: Mapping[str, Any]) -> Iterator[Entry]:
    """Entries of a part in JSON."""
    return ((f"{part}/{key}", as_json(value)) for key, value in entries.items())


def as_json(value: Any) -> bytes:
    """The shortest JSON."""
    return _SHORTEST.encode(value).encode()


def packed(*columns: "array[Any]") -> bytes:
    """Columns of numbers of the same length, one after the other."""
    return b"".join(_little(column).tobytes() for column in columns)


def unpacked(codes: str, data: bytes) -> Columns:
    """The columns of numbers that were packed, by their type codes."""
    rows = len(data) // sum(_BYTES[code] for code in codes)
    columns, start = [], 0
    for code in codes:
        end = start + rows * _BYTES[code]
        columns.append(_little(array(code, data[start:end])))
        start = end
    return columns


def _little(column: "array[Any]") -> "array[Any]":
    if sys.byteorder == "big":
        column = array(column.typecode, column)
        column.byteswap()
    return column
