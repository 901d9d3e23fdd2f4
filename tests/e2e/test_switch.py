"""A real server under load moves between releases: no failed answer, no mixed one, and a bad release changes nothing."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import pytest

from api.seeding.fingerprint import fingerprint, remember
from api.seeding.load import release_row
from api.seeding.read import Reading
from api.store.migrations import newest_revision
from api.store.releases import current, publish, rollback
from api.web.conditional import etag
from tests.conftest import MIGRATIONS, ROOT, SEED
from tests.e2e.conftest import Server, free_port, start
from tests.releases import SLUG, Made, publish_copy

PATHS = (
    f"/v1/subtypes/{SLUG}",
    f"/v1/subtypes/{SLUG}?fields=plain_name",
    "/v1/releases",
    "/v1/statements?limit=200&fields=id,text",
    f"/v1/statements/{SLUG}-01",
    "/v1/changes?since=2026.11.0&limit=200",
    "/v1/conditions?limit=100",
)
PLAIN_NAMES = {"2026.11.0": "Powder-like specks", "2026.12.0": "Specks like fine powder", "2027.1.0": "Specks like fine powder"}


@pytest.fixture
def folder(made_releases: list[Made], tmp_path: Path) -> Path:
    """A data folder that points to the first release and counts as built from the seed."""
    path = tmp_path / "data"
    path.mkdir()
    publish_copy(made_releases[0], path)
    remember(path, fingerprint(SEED, MIGRATIONS))
    return path


@pytest.fixture
def running(folder: Path, tmp_path: Path) -> Iterator[Server]:
    """A server that looks for a new release ten times a second."""
    server = start(folder, tmp_path / "log", CALC_WATCH_SECONDS="0.1")
    yield server
    server.process.terminate()
    assert server.process.wait(timeout=20) in (0, -15)


class Load:
    """Callers that ask without a break and look at every answer."""

    def __init__(self, base: str, editions: dict[str, str], callers: int = 4) -> None:
        self._base = base
        self._editions = editions
        self._stop = Event()
        self._pool = ThreadPoolExecutor(callers)
        self._callers = callers
        self.seen: dict[tuple[str, str], set[bytes]] = defaultdict(set)
        self.fresh: set[str] = set()
        self.faults: list[str] = []
        self.count = 0

    def __enter__(self) -> "Load":
        """Begin to ask."""
        self._running = [self._pool.submit(self._ask, number) for number in range(self._callers)]
        return self

    def __exit__(self, *_given: object) -> None:
        """Stop asking."""
        self._stop.set()
        for caller in self._running:
            caller.result()
        self._pool.shutdown()

    def _ask(self, number: int) -> None:
        with httpx.Client(base_url=self._base, timeout=60) as http:
            turn = number
            while not self._stop.is_set():
                turn += 1
                path = PATHS[turn % len(PATHS)]
                url = path if turn % 3 or "fields" in path else f"{path}{'&' if '?' in path else '?'}fields={_fields(path)}"
                time.sleep(0.02)  # leave the machine some breath
                try:
                    self._judge(url, http.get(url))
                except httpx.HTTPError as error:
                    self.faults.append(f"{url}: {error!r}")

    def _judge(self, url: str, answer: httpx.Response) -> None:
        self.count += 1
        if answer.status_code != 200:
            self.faults.append(f"{url}: {answer.status_code} {answer.text[:200]}")
            return
        body = answer.json()
        release = body["meta"]["release"]
        path, _, query = url.partition("?")
        expected = etag(self._editions[release["digest"]], path, query.encode())
        if answer.headers["etag"].replace("-gzip", "") != expected:
            self.faults.append(f"{url}: tag of another release than {release['id']}")
        data = body["data"]
        if isinstance(data, dict) and "plain_name" in data and data["plain_name"] != PLAIN_NAMES[release["id"]]:
            self.faults.append(f"{url}: content of another release than {release['id']}")
        self.seen[url, release["digest"]].add(answer.content)
        self.fresh.add(release["digest"])

    @property
    def digests(self) -> set[str]:
        """The releases met."""
        return {digest for _, digest in self.seen}

    def assert_clean(self) -> None:
        """No failed and no mixed answer."""
        assert not self.faults, self.faults[:5]
        mixed = [key for key, bodies in self.seen.items() if len(bodies) > 1]
        assert not mixed


def _fields(path: str) -> str:
    if path.startswith("/v1/changes"):
        return "id,kind"
    return "id,digest" if path.startswith("/v1/releases") else "id" if path.startswith("/v1/statements") else "slug,plain_name"


def _until(found: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "the server did not move"
        time.sleep(0.05)


def _served(base: str) -> str:
    digest: str = httpx.get(f"{base}/health/ready").json()["digest"]
    return digest


def test_no_failed_and_no_mixed_answer_while_releases_change(running: Server, folder: Path, made_releases: list[Made]) -> None:
    editions = {made.digest: made.edition for made in made_releases}
    with Load(running.base, editions) as load:
        for turn in range(1, 6):
            made = made_releases[turn % 3]
            publish_copy(made, folder)
            _until(lambda made=made: _served(running.base) == made.digest)  # type: ignore[misc]  # bound now
        before = current(folder)
        assert rollback(folder) == current(folder) != before
        _until(lambda: _served(running.base) != made_releases[5 % 3].digest)
    load.assert_clean()
    assert load.digests == set(editions)
    assert load.count >= 20


def test_build_under_load_moves_without_a_stumble(
    running: Server, folder: Path, made_releases: list[Made], reading: Reading
) -> None:
    publish_copy(made_releases[2], folder)
    _until(lambda: _served(running.base) == made_releases[2].digest)
    real = release_row(reading.seed(), newest_revision(MIGRATIONS))
    editions = {made_releases[2].digest: made_releases[2].edition, real.digest: real.edition}
    with Load(running.base, editions, callers=3) as load:
        built = subprocess.run(
            [sys.executable, "-c", "from api.cli import main; main()", "build"],
            cwd=ROOT,
            env={**os.environ, "CALC_DATA_DIR": str(folder)},
            capture_output=True,
            timeout=300,
            check=False,
        )
        assert built.returncode == 0, built.stderr
        _until(lambda: _served(running.base) == real.digest)
    load.assert_clean()
    back = subprocess.run(
        [sys.executable, "-c", "from api.cli import main; main()", "rollback", "2027.1.0"],
        cwd=ROOT,
        env={**os.environ, "CALC_DATA_DIR": str(folder)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert back.returncode == 0, back.stderr
    _until(lambda: _served(running.base) == made_releases[2].digest)


def test_bad_release_is_refused_and_told_once(running: Server, folder: Path, made_releases: list[Made]) -> None:
    good = (folder / "current").read_text()
    with Load(running.base, {made.digest: made.edition for made in made_releases}, callers=2) as load:
        damaged = publish_copy(made_releases[1], folder)
        data = bytearray(damaged.read_bytes())
        data[len(data) // 2] ^= 1
        damaged.unlink()
        damaged.write_bytes(data)
        (folder / "current").write_text((folder / "current").read_text())
        for content in ("", "nonsense", "abc  ../../etc/passwd"):
            (folder / "current").write_text(content)
            time.sleep(0.3)
        (folder / "current").write_text((folder / f"{damaged.name}.sha256").read_text())
        time.sleep(0.6)
        assert _served(running.base) in (made_releases[0].digest, made_releases[1].digest)
    load.assert_clean()
    assert running.log.read_text().count("is damaged") <= 2
    assert "refused" in running.log.read_text()
    (folder / "current").write_text(good)
    _until(lambda: _served(running.base) == made_releases[0].digest)


def test_signal_moves_at_once(folder: Path, tmp_path: Path, made_releases: list[Made]) -> None:
    server = start(folder, tmp_path / "log", CALC_WATCH_SECONDS="0")
    try:
        publish_copy(made_releases[1], folder)
        time.sleep(0.5)
        assert _served(server.base) == made_releases[0].digest
        server.process.send_signal(signal.SIGHUP)
        _until(lambda: _served(server.base) == made_releases[1].digest)
    finally:
        server.process.terminate()
        assert server.process.wait(timeout=20) in (0, -15)


def test_every_worker_moves_by_itself(folder: Path, tmp_path: Path, made_releases: list[Made]) -> None:
    port = free_port()
    log = (tmp_path / "log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "api.main:app", "--workers", "2", "--port", str(port), "--log-level", "warning"],
        cwd=ROOT,
        env={**os.environ, "CALC_DATA_DIR": str(folder), "CALC_WATCH_SECONDS": "0.1", "CALC_WARM": "false"},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    base = f"http://127.0.0.1:{port}"

    def alive() -> bool:
        try:
            return httpx.get(f"{base}/health/ready").status_code == 200
        except httpx.TransportError:
            return False

    try:
        _until(alive)
        editions = {made.digest: made.edition for made in made_releases}
        with Load(base, editions, callers=4) as load:
            for made in (made_releases[1], made_releases[2]):
                publish_copy(made, folder)
                _until(lambda made=made: {_served(base) for _ in range(12)} == {made.digest})  # type: ignore[misc]  # bound now
        load.assert_clean()
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def test_file_in_use_is_not_cleared_away(running: Server, folder: Path, made_releases: list[Made], tmp_path: Path) -> None:
    held = current(folder)
    aside = shutil.copy(held, tmp_path / "aside.sqlite")
    os.kill(running.process.pid, signal.SIGSTOP)
    try:
        for number in range(4):
            draft = folder / "draft.sqlite"
            shutil.copy(aside, draft)
            publish(folder, draft, f"2028.{number + 1}.0", "0" * 64)
        assert held.exists()
        assert len(list(folder.glob("release-*.sqlite"))) == 4
    finally:
        os.kill(running.process.pid, signal.SIGCONT)
