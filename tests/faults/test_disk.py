"""No room or no right to write: a build says so in a sentence and changes nothing; serving goes on."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal

from api.errors import KnowledgeError
from api.rest.v1.bulk import make_copies
from api.seeding.build import build_seed
from api.seeding.read import Reading
from api.settings import Settings
from api.store.releases import DRAFT, current
from tests.conftest import MIGRATIONS, ROOT, client_for
from tests.releases import second


@contextmanager
def mounted(place: Path, options: str) -> Iterator[Path]:
    """A small file system of its own, where this process may mount one."""
    place.mkdir()
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small file system: full and read-only disks were not tried")
    tried = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], capture_output=True, check=False)
    if tried.returncode:
        pytest.skip("this machine forbids mounting: full and read-only disks were not tried")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def _size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("**/*") if path.is_file())


# Room left beside the release: none, for part of the database, for part of the copies, for all but the pointer's file.
@pytest.mark.parametrize("room", [8_000, 1_500_000, 9_000_000])
def test_full_disk_while_building(data_dir: Path, reading: Reading, tmp_path: Path, room: int) -> None:
    with mounted(tmp_path / "disk", f"size={_size_of(data_dir) + 400_000 + room}") as disk:
        folder = shutil.copytree(data_dir, disk / "data")
        before = current(folder)

        def finish(draft: Path) -> None:
            make_copies(draft, folder)

        with pytest.raises(KnowledgeError) as caught:
            build_seed(second(reading.seed()), MIGRATIONS, folder, lambda _step: None, finish)
        assert "could not be written" in caught.value.detail
        assert current(folder) == before
        assert not list(folder.glob(f"{DRAFT}*")), "nothing is left that takes room"


def test_full_disk_is_told_on_the_command_line(small_seed_dir: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=300k") as disk:
        built = subprocess.run(
            [sys.executable, "-c", "from api.cli import main; main()", "build"],
            cwd=ROOT,
            env={**os.environ, "CALC_DATA_DIR": str(disk / "data"), "CALC_SEED_DIR": str(small_seed_dir)},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert built.returncode == 1
        assert "could not be written" in built.stderr
        assert "Traceback" not in built.stderr


def test_read_only_disk(portal: BlockingPortal, settings: Settings, data_dir: Path, reading: Reading, tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", f"size={_size_of(data_dir) + 4_000_000}") as disk:
        folder = shutil.copytree(data_dir, disk / "data")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(KnowledgeError, match="Read-only file system"):
            build_seed(reading.seed(), MIGRATIONS, folder, lambda _step: None, lambda _draft: None)
        with client_for(portal, settings.model_copy(update={"data_dir": folder})) as client:
            for path in ("/health/ready", "/v1/types", "/v1/statements/amorphous-01"):
                assert client.get(path).status_code == 200, path
