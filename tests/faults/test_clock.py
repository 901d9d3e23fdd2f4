"""The clock jumps by years, back and forth: answers, the switch to a new release and the way back do not depend on it."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest

from api.seeding.fingerprint import fingerprint, remember
from api.store.releases import current, publish, rollback
from tests.conftest import MIGRATIONS, SEED
from tests.e2e.conftest import start
from tests.faults.conftest import stop, until

YEAR_SECONDS = 365 * 24 * 3600
PATHS = ("/v1/statements?limit=50", "/v1/conditions/dcis", "/v1/search?q=popcorn")


def _published(folder: Path, content: Path, version: str, shift_seconds: int) -> Path:
    """A release file published while the clock is off by so much."""
    draft = folder / "draft"
    shutil.copy(content, draft)
    about = draft.stat()
    os.utime(draft, (about.st_mtime + shift_seconds, about.st_mtime + shift_seconds))
    return publish(folder, draft, version, version.replace(".", "") * 4)


@pytest.mark.parametrize("shifts", [(0, -20, -40), (0, 20, 0), (5, -5, 1), (0, 0, 0)])
def test_way_back_is_by_order_of_publishing(tmp_path: Path, shifts: tuple[int, ...]) -> None:
    content = tmp_path / "content"
    files = []
    for number, years in enumerate(shifts):
        content.write_text(f"release {number}")
        files.append(_published(tmp_path, content, f"2030.{number}.0", years * YEAR_SECONDS))
    assert current(tmp_path) == files[2]
    assert rollback(tmp_path) == files[1]
    assert rollback(tmp_path) == files[0]


def test_old_files_go_by_order_of_publishing(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.write_text("release")
    files = [_published(tmp_path, content, f"2030.{number}.0", -number * YEAR_SECONDS) for number in range(5)]
    assert [path.exists() for path in files] == [False, False, True, True, True]


@pytest.fixture(scope="module")
def library() -> str:
    """The library that shifts a process's clock while it runs."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        pytest.skip("libfaketime is not installed: jumps of a running server's clock were not tried")
    return str(found[0])


def test_clock_jumps_while_serving(data_dir: Path, library: str, tmp_path: Path) -> None:
    folder = shutil.copytree(data_dir, tmp_path / "data")
    remember(folder, fingerprint(SEED, MIGRATIONS))
    clock = tmp_path / "clock"
    clock.write_text("+0")
    server = start(
        folder,
        tmp_path / "log",
        LD_PRELOAD=library,
        FAKETIME_TIMESTAMP_FILE=str(clock),
        FAKETIME_CACHE_DURATION="1",
        FAKETIME_DONT_FAKE_MONOTONIC="1",
        CALC_WATCH_SECONDS="0.1",
        CALC_CACHE_BYTES="0",
    )
    try:
        with httpx.Client(base_url=server.base, timeout=60) as http:
            good = {path: http.get(path).content for path in PATHS}
            for number, shift in enumerate(("-12y", "+12y", "+0")):
                clock.write_text(shift)
                until(_year_is(http, shift))
                assert {path: http.get(path).content for path in PATHS} == good
                content = tmp_path / "content"
                shutil.copy(current(folder), content)
                served = _published(folder, content, f"2031.{number}.0", 0)
                until(lambda served=served: str(served) in _held_files(server.process.pid))  # type: ignore[misc]  # bound now
                assert http.get("/health/ready").status_code == 200
    finally:
        stop(server)


def _year_is(http: httpx.Client, shift: str) -> Callable[[], bool]:
    def told() -> bool:
        years = parsedate_to_datetime(http.get("/health/live").headers["date"]).year
        return years - datetime.now(UTC).year == int(shift.removesuffix("y"))

    return told


def _held_files(pid: int) -> set[str]:
    held = set()
    for path in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            held.add(str(path.readlink()))
    return held
