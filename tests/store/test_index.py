"""The index of a release: the same entries on every database, numbers alike on every machine, read once and in batches."""

import hashlib
import os
import subprocess
import sys
from array import array
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlmodel import Session, select

from api.search.index import Index, packed, unpacked
from api.store.engine import open_for_reading
from api.store.releases import current
from api.store.tables import IndexEntryRow

_AGAIN = """
import hashlib, sys
from pathlib import Path
from sqlmodel import Session
from api.derived import index
from api.store.engine import open_for_reading
with Session(open_for_reading(Path(sys.argv[1]))) as session:
    made = {values["key"]: values["data"] for _, values in index(session)}
print(hashlib.sha256(b"".join(part for key in sorted(made) for part in (key.encode(), b"\\0", made[key]))).hexdigest())
"""


def _entries(engine: Engine) -> dict[str, bytes]:
    with Session(engine) as session:
        held = {row.key: bytes(row.data) for row in session.exec(select(IndexEntryRow)).all()}
    engine.dispose()
    return held


def test_every_database_holds_the_same_index(data_dir: Path, loaded_database: str) -> None:
    on_file = _entries(open_for_reading(current(data_dir)))
    on_server = _entries(create_engine(loaded_database))
    assert len(on_file) > 10_000
    assert {key for key in on_file.keys() | on_server.keys() if on_file.get(key) != on_server.get(key)} == set()


def test_made_again_in_another_process_the_index_is_the_same(data_dir: Path) -> None:
    """Sets have another order in every process: nothing of the index may follow it."""
    held = _entries(open_for_reading(current(data_dir)))
    stored = hashlib.sha256(b"".join(part for key in sorted(held) for part in (key.encode(), b"\0", held[key]))).hexdigest()
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    command = [sys.executable, "-c", _AGAIN, str(current(data_dir))]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # our own code
    assert made.stdout.strip() == stored


def test_numbers_are_packed_alike_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = array("I", (1, 258)), array("d", (0.5, -2.0))
    data = packed(*columns)
    assert data[:8] == bytes((1, 0, 0, 0, 2, 1, 0, 0))
    assert unpacked("Id", data) == list(columns)
    monkeypatch.setattr(sys, "byteorder", "big")
    assert packed(columns[0]) == array("I", (1 << 24, 0x02010000)).tobytes()


def test_entries_are_read_once_and_together() -> None:
    asked: list[Sequence[str]] = []

    def read(keys: Sequence[str]) -> list[tuple[str, bytes]]:
        asked.append(keys)
        return [(key, key.upper().encode()) for key in keys if key != "none"]

    index = Index(read)
    index.want(("a", "b", "a", "none"))
    assert (index.get("a"), index.get("none"), index.get("c")) == (b"A", None, b"C")
    index.want(("a", "none", "c"))
    assert asked == [["a", "b", "none"], ["c"]]
