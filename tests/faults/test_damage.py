"""The release file is damaged while it is served: no wrong answer, no crash, plain 503s; healed when whole again."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from api.store.releases import current
from tests.e2e.conftest import Server, start
from tests.faults.conftest import stop, until

PATHS = ("/v1/statements?limit=200", "/v1/conditions/dcis", "/v1/subtypes/amorphous?include=statements", "/health/ready")


@pytest.fixture(scope="module")
def folder(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of its own, to be damaged."""
    return shutil.copytree(data_dir, tmp_path_factory.mktemp("damage") / "data")


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Server]:
    """A server that makes every answer anew and looks at its folder only when asked."""
    server = start(folder, folder.parent / "log", CALC_CACHE_BYTES="0", CALC_WATCH_SECONDS="0")
    yield server
    assert server.process.poll() is None
    stop(server)


def _cut_short(path: Path, whole: bytes) -> None:
    with path.open("r+b") as file:
        file.truncate(len(whole) // 3)


def _emptied(path: Path, _whole: bytes) -> None:
    path.write_bytes(b"")


def _flip_bits(path: Path, whole: bytes) -> None:
    with path.open("r+b") as file:
        for place in range(0, len(whole), 4_000):
            file.seek(place)
            file.write(bytes([whole[place] ^ 1]))


def _flip_one_letter(path: Path, whole: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(whole.index(b"morphous"))
        file.write(b"n")


DAMAGES = [_cut_short, _emptied, _flip_bits, _flip_one_letter]


@pytest.mark.parametrize("damage", DAMAGES, ids=[damage.__name__ for damage in DAMAGES])
def test_damage_while_serving(served: Server, folder: Path, damage: Callable[[Path, bytes], None]) -> None:
    file = current(folder)
    whole = file.read_bytes()
    with httpx.Client(base_url=served.base, timeout=60) as http:
        good = {path: http.get(path).content for path in PATHS}
        damage(file, whole)
        for path in PATHS:
            answer = http.get(path)
            assert answer.status_code == 503, (path, answer.text[:300])
            assert "damaged" in answer.json()["detail"]
            assert "etag" not in answer.headers
        assert http.get("/health/live").status_code == 200
        with file.open("r+b") as again:
            again.write(whole)
        until(lambda: http.get("/health/ready").status_code == 200)
        assert {path: http.get(path).content for path in PATHS} == good
    assert "damaged while it was served" in served.log.read_text(encoding="utf-8")


def test_touched_file_is_served_on(served: Server, folder: Path) -> None:
    before = httpx.get(served.base + PATHS[1]).content
    current(folder).touch()
    answer = httpx.get(served.base + PATHS[1])
    assert (answer.status_code, answer.content) == (200, before)
