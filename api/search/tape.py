"""Numbers laid down in a temporary file while an index is made, so that what is read of each text does not stay in memory."""

from array import array
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO, Any
from weakref import finalize

_BUFFER = 1 << 20
_BUCKETS = 256
_SHIFT = 24
_MOST_WAITING = 1 << 20


def _file_for(owner: object) -> IO[bytes]:
    """A file without a name, which is gone when its owner is."""
    file = TemporaryFile(buffering=_BUFFER)  # noqa: SIM115  # closed with its owner
    finalize(owner, file.close)
    return file


class Tape:
    """Rows of numbers of one type code, read in their order as often as wanted. Of a row only its length stays in memory."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._file = _file_for(self)
        self._lengths = array("I")

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self._lengths)

    def add(self, numbers: Iterable[Any]) -> None:
        """One row more; not while the tape is being read."""
        row = array(self._code, numbers)
        self._lengths.append(len(row) * row.itemsize)
        row.tofile(self._file)

    def read(self) -> "Iterator[array[Any]]":
        """The rows; one reading after the other."""
        self._file.seek(0)
        for length in self._lengths:
            row = array(self._code)
            row.frombytes(self._file.read(length))
            yield row


class Buckets:
    """Numbers by 32-bit hashes: bucket after bucket holds the next higher hashes, and one bucket fits in memory."""

    def __init__(self) -> None:
        self._waiting = [array("I") for _ in range(_BUCKETS)]
        self._count = 0
        self._file = _file_for(self)
        self._written: list[list[tuple[int, int]]] = [[] for _ in range(_BUCKETS)]

    def add(self, hashes: Iterable[int], number: int) -> None:
        """A number under each of some hashes."""
        waiting = self._waiting
        for key in hashes:
            waiting[key >> _SHIFT].extend((key, number))
            self._count += 1
        if self._count >= _MOST_WAITING:
            self._write()

    def read(self) -> Iterator[Iterator[tuple[int, int]]]:
        """The hashes of each bucket with their numbers, in the order in which they came."""
        for written, waiting in zip(self._written, self._waiting, strict=True):
            held = array("I")
            for start, length in written:
                self._file.seek(start)
                held.frombytes(self._file.read(length))
            held += waiting
            numbers = iter(held)
            yield zip(numbers, numbers, strict=True)

    def _write(self) -> None:
        self._count = 0
        for written, waiting in zip(self._written, self._waiting, strict=True):
            written.append((self._file.tell(), len(waiting) * waiting.itemsize))
            waiting.tofile(self._file)
            del waiting[:]
