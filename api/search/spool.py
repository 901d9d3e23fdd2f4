"""Rows gathered by key while the content is read once: they lie in a temporary file, not in memory, until they are asked for."""

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

Held = tuple[int, bytes]
_AT_ONCE = 5_000
_MEMORY_KIB = 16_384


class Spool:
    """Rows of a key, a number and what belongs to them; given back key by key, the rows of a key by number."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("")  # without a name: a private file that is gone when it is closed
        self._file.execute("PRAGMA journal_mode = OFF")
        self._file.execute(f"PRAGMA cache_size = -{_MEMORY_KIB}")
        self._file.execute("CREATE TABLE spooled (key TEXT, number INTEGER, data BLOB)")
        self._waiting: list[tuple[str, int, bytes]] = []

    def close(self) -> None:
        """Forget everything."""
        self._file.close()

    def add(self, key: str, number: int, data: bytes) -> None:
        """One row more."""
        self._waiting.append((key, number, data))
        if len(self._waiting) >= _AT_ONCE:
            self._write()

    def grouped(self) -> Iterator[tuple[str, Iterator[Held]]]:
        """Each key with its rows; a key's rows are read before the next key is asked for."""
        self._write()
        rows = self._file.execute("SELECT key, number, data FROM spooled ORDER BY key, number")
        for key, found in groupby(rows, itemgetter(0)):
            yield key, ((number, data) for _, number, data in found)

    def _write(self) -> None:
        self._file.executemany("INSERT INTO spooled VALUES (?, ?, ?)", self._waiting)
        self._waiting.clear()
