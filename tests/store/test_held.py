"""A file in use is looked at cheaply, read whole only when it must be, and never while other requests wait for it."""

import asyncio
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from sqlmodel import Session

from api.errors import StoreUnusable
from api.knowledge.catalogue import Catalogue
from api.seeding.fingerprint import is_built
from api.settings import Settings
from api.store.releases import current, intact, read_pointer
from api.web.serving import Serving
from tests.conftest import MIGRATIONS, SEED, Client, client_for


@pytest.fixture
def folder(data_dir: Path, tmp_path: Path) -> Path:
    """A release of its own."""
    return shutil.copytree(data_dir, tmp_path / "data")


@pytest.fixture
def own(portal: BlockingPortal, settings: Settings, folder: Path) -> Iterator[Client]:
    """A client of a service on it that keeps no answers."""
    with client_for(portal, settings.model_copy(update={"data_dir": folder, "cache_bytes": 0, "watch_seconds": 0})) as client:
        yield client


@pytest.fixture
def read_in_loop(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each time a file was read whole, whether that held up the event loop."""
    seen: list[bool] = []
    read: Callable[..., Any] = hashlib.file_digest

    def noted(*given: Any) -> Any:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            seen.append(False)
        else:
            seen.append(True)
        return read(*given)

    monkeypatch.setattr(hashlib, "file_digest", noted)
    return seen


@pytest.mark.parametrize("address", ["/v1/statements/amorphous-01", "/v1/codes", "/v1/search?q=popcorn", "/health/ready"])
def test_a_touched_file_is_read_beside_the_event_loop(own: Client, folder: Path, read_in_loop: list[bool], address: str) -> None:
    assert own.get(address).status_code == 200
    read_in_loop.clear()
    os.utime(current(folder))
    read_in_loop.clear()
    for _ in range(3):
        assert own.get(address).status_code == 200
    assert read_in_loop == [False]


def test_a_start_reads_the_file_once(folder: Path, settings: Settings, read_in_loop: list[bool]) -> None:
    serving = Serving(settings.model_copy(update={"data_dir": folder}))
    read_in_loop.clear()
    assert is_built(SEED, MIGRATIONS, folder)
    serving.store()
    assert len(read_in_loop) == 1
    intact(folder, read_pointer(folder))
    assert len(read_in_loop) == 2
    serving.close()


def test_what_changes_after_the_first_look_is_noticed(folder: Path) -> None:
    assert is_built(SEED, MIGRATIONS, folder)
    file = current(folder)
    assert is_built(SEED, MIGRATIONS, folder)
    held = file.read_bytes()
    file.write_bytes(held.replace(b"morphous", b"norphous", 1))
    with pytest.raises(StoreUnusable):
        current(folder)


def test_a_part_that_is_being_made_is_made_for_the_next_release_too(folder: Path, settings: Settings) -> None:
    begun, go_on = Event(), Event()
    made: list[Catalogue] = []

    def part(_session: Session, catalogue: Catalogue) -> str:
        made.append(catalogue)
        if len(made) == 1:
            begun.set()
            assert go_on.wait(60)
        return "made"

    serving = Serving(settings.model_copy(update={"data_dir": folder}))
    old = serving.store()
    maker = Thread(target=old.part, args=(part,))
    maker.start()
    assert begun.wait(60)
    other = Serving(settings.model_copy(update={"data_dir": folder}))
    new = other.store()
    with new.session() as session:
        new.warm_like(old, session)
    assert made == [old.catalogue, new.catalogue]
    go_on.set()
    maker.join(60)
    serving.close()
    other.close()


def test_a_part_that_cannot_be_made_holds_no_release_back(folder: Path, settings: Settings) -> None:
    def part(_session: Session, _catalogue: Catalogue) -> str:
        raise ValueError("not today")

    serving = Serving(settings.model_copy(update={"data_dir": folder}))
    store = serving.store()
    with pytest.raises(ValueError, match="not today"):
        store.part(part)
    with store.session() as session:
        store.warm_like(store, session)
    serving.close()
