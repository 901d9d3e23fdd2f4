"""kill -9 at any moment of a build, a load or of serving: what was there before is still there, and trying again works."""

import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, create_engine
from sqlmodel import Session, select

from api.seeding.build import load_seed
from api.seeding.read import Reading
from api.seeding.seed import Seed
from api.store.engine import open_for_reading
from api.store.migrations import newest_revision
from api.store.opening import open_verified
from api.store.releases import DRAFT, current
from api.store.tables import ReleaseRow, StatementRow
from tests.conftest import MIGRATIONS, ROOT
from tests.e2e.conftest import start
from tests.faults.building import COPIES
from tests.faults.conftest import stop
from tests.releases import Made, publish_copy, second

STEPS = ("Migrating an empty database", "Loading the content", "Writing the exports", "Publishing release")


@pytest.fixture(scope="module")
def pickled(small_seed: Seed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another content than the release of the tests, so that a build of it can be told from what was there."""
    path = tmp_path_factory.mktemp("pickled") / "seed"
    path.write_bytes(pickle.dumps(second(small_seed)))
    return path


def _building(pickled: Path, data_dir: Path, *more: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.faults.building", str(pickled), str(data_dir), *more]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _killed_after(process: "subprocess.Popen[str]", step: str, seconds: float) -> None:
    assert process.stdout
    for line in process.stdout:
        if line.startswith(step):
            break
    time.sleep(seconds)
    process.kill()
    process.communicate()


def _assert_served_whole(data_dir: Path) -> str:
    """What the pointer names is intact and whole."""
    engine = open_verified(open_for_reading(current(data_dir)), newest_revision(MIGRATIONS))
    engine.dispose()
    return current(data_dir).name


def test_killed_build_changes_nothing(made_releases: list[Made], pickled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    publish_copy(made_releases[0], folder)
    before = current(folder).name
    chance = random.Random(5)
    for step in STEPS:
        copies = [COPIES] if step == "Writing the exports" else []
        _killed_after(_building(pickled, folder, *copies), step, chance.random() * 0.3)
        after = _assert_served_whole(folder)
        assert after == before or step == STEPS[-1], step
    again = _building(pickled, folder)
    told, _ = again.communicate()
    assert again.returncode == 0, told
    assert _assert_served_whole(folder) != before
    assert not [path for path in folder.glob(f"{DRAFT}*") if path.is_file()], "files of killed builds are cleared away"


def test_killed_build_of_the_real_content_changes_nothing(data_dir: Path, reading: Reading, tmp_path: Path) -> None:
    folder = shutil.copytree(data_dir, tmp_path / "data")
    before = current(folder).name
    pickled = tmp_path / "seed"
    pickled.write_bytes(pickle.dumps(second(reading.seed())))
    _killed_after(_building(pickled, folder), "Loading the content", 0.3)
    assert _assert_served_whole(folder) == before


@pytest.fixture
def held(postgresql: str, small_seed: Seed) -> Iterator[Engine]:
    """A database with the small release."""
    load_seed(small_seed, MIGRATIONS, postgresql, lambda _step: None)
    engine = create_engine(postgresql)
    yield engine
    engine.dispose()


def _content(engine: Engine) -> tuple[str, int]:
    with Session(engine) as session:
        return session.exec(select(ReleaseRow.edition)).one(), len(session.exec(select(StatementRow.id)).all())


def test_killed_load_changes_nothing(held: Engine, pickled: Path, tmp_path: Path) -> None:
    url = held.url.render_as_string(hide_password=False)
    before = _content(held)
    chance = random.Random(6)
    for _ in range(2):
        _killed_after(_building(pickled, tmp_path, url), "Loading the content", chance.random() * 0.5)
        found = _content(held)
        assert found == before or _is_new(found, pickled), "half a release was seen"
    again = _building(pickled, tmp_path, url)
    told, _ = again.communicate()
    assert again.returncode == 0, told
    assert _is_new(_content(held), pickled)


def test_two_loads_at_once_follow_each_other(held: Engine, pickled: Path, tmp_path: Path) -> None:
    url = held.url.render_as_string(hide_password=False)
    loads = [_building(pickled, tmp_path, url) for _ in range(2)]
    told = [load.communicate()[0] for load in loads]
    assert [load.returncode for load in loads] == [0, 0], told
    assert _is_new(_content(held), pickled)


def _is_new(found: tuple[str, int], pickled: Path) -> bool:
    seed = pickle.loads(pickled.read_bytes())  # noqa: S301  # written above
    return found[1] == sum(len(concept.statements) for concept in seed.concepts)


def test_killed_server_starts_again_and_answers_the_same(data_dir: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(data_dir, tmp_path / "data")
    paths = ("/v1/subtypes/amorphous", "/v1/statements?limit=50")
    answers = []
    for number in range(2):
        server = start(folder, tmp_path / f"log{number}")
        answers.append([httpx.get(server.base + path, timeout=60).content for path in paths])
        if number:
            stop(server)
        else:
            os.kill(server.process.pid, signal.SIGKILL)
            server.process.wait()
    assert answers[0] == answers[1]
    assert _assert_served_whole(folder) == current(data_dir).name
