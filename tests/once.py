"""What is dear to make is made once in a run of the tests, by whichever worker asks first; the others wait and find it."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def folder_of_run(factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of this run see, new for every run."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(folder: Path, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of that name, filled by `make` when nobody did so before; not to be written in."""
    made = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            draft = Path(f"{made}.{os.getpid()}")
            draft.mkdir()
            make(draft)
            draft.rename(made)
    return made
