"""What is dear to make is made once in a run of the tests, by whichever worker asks first; the others wait and find it."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def folder_of_run(factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of this run see, new for every run."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Alone among the workers."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made_once(folder: Path, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of that name, filled by `make` when nobody did so before; not to be written in."""
    made = folder / name
    with _locked(folder / f"{name}.lock"):
        if not made.exists():
            _made(made, make)
    return made


def _made(path: Path, make: Callable[[Path], object]) -> None:
    """Filled under another name, so that one that was not finished is never taken for whole."""
    draft = Path(f"{path}.{os.getpid()}")
    draft.mkdir()
    make(draft)
    draft.rename(path)


@contextmanager
def used_together(folder: Path, name: str, make: Callable[[Path], object], unmake: Callable[[Path], object]) -> Iterator[Path]:
    """As `made_once`, for what is not a file: the last worker that uses it puts it away."""
    made = folder / name
    lock = folder / f"{name}.lock"
    with _locked(lock):
        if not made.exists():
            _made(made, make)
        mine = made / f"used-by-{os.getpid()}"
        mine.touch()
    try:
        yield made
    finally:
        with _locked(lock):
            mine.unlink()
            if not any(made.glob("used-by-*")):
                unmake(made)
                shutil.rmtree(made)
