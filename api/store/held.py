"""A release file in use: kept from being cleared away, and known to be as it was built."""

import hashlib
import os
from pathlib import Path
from threading import Lock

from api.errors import NotReady
from api.store.releases import Stamp, damaged, hold, stamp_of


class HeldFile:
    """A file that was found intact. Whoever writes into it later is noticed by its times and size, then by its checksum."""

    def __init__(self, path: Path, checksum: str) -> None:
        self.path = path
        self._checksum = checksum
        self._file = hold(path)
        self._looking = Lock()
        self._intact = True
        self._stamp = self._look()

    @property
    def was_touched(self) -> bool:
        """Whether somebody wrote into it or changed its times since it was judged: judging means reading all of it."""
        return self._intact and not self._file.closed and self._look() != self._stamp

    def is_intact(self) -> bool:
        """Whether it is still as it was built. Cheap while nobody touches the file."""
        if self.was_touched:
            with self._looking:
                if self.was_touched:
                    self._judge()
        return self._intact

    def require_intact(self) -> None:
        """Raise NotReady when it is not as it was built."""
        if not self.is_intact():
            error = damaged(self.path)
            raise NotReady(error.detail, error.hint)

    def close(self) -> None:
        """Let it be cleared away."""
        self._file.close()

    def _look(self) -> Stamp:
        return stamp_of(os.fstat(self._file.fileno()))

    def _judge(self) -> None:
        """Other times alone, as after a copy or a change of rights, are no damage."""
        stamp = self._look()
        with open(self._file.fileno(), "rb", closefd=False) as again:  # an open descriptor has no path
            again.seek(0)
            self._intact = hashlib.file_digest(again, "sha256").hexdigest() == self._checksum
        if self._intact:
            self._stamp = stamp
