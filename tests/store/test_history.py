"""The history: closing a release records what changed, the past cannot be edited, and rolling back points to an older file."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api import cli
from api.errors import BadQuery, ContentInvalid, NotReady, StoreUnusable
from api.seeding.build import build
from api.seeding.check import check
from api.seeding.diff import diff
from api.seeding.digest import digest
from api.seeding.export import export
from api.seeding.history import close, follow
from api.seeding.read import Reading, read
from api.seeding.seed import Seed
from api.settings import Settings
from api.store.migrations import newest_revision
from api.store.releases import current, rollback
from tests.conftest import MIGRATIONS
from tests.releases import Made, publish_copy, retired, second, seeds, with_concept

DAY = date(2026, 12, 20)
CARD = "subtypes/amorphous.yaml"


@pytest.fixture
def seed_dir(small_seed_dir: Path, tmp_path: Path) -> Path:
    """An own copy of a small seed."""
    return shutil.copytree(small_seed_dir, tmp_path / "seed")


def _reword(seed_dir: Path) -> None:
    path = seed_dir / CARD
    path.write_text(path.read_text().replace("plain_name: Powder-like specks", "plain_name: Specks like powder"))


def test_release_build_export_and_roll_back(
    seed_dir: Path, made_releases: list[Made], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    settings = Settings(data_dir=folder, seed_dir=seed_dir, migrations_dir=MIGRATIONS)
    monkeypatch.setattr(cli, "get_settings", lambda: settings)
    run = CliRunner()
    folder.mkdir()
    first = publish_copy(made_releases[0], folder)
    _reword(seed_dir)
    closed = run.invoke(cli.main, ["release", "2026.12.0", "2026-12-20"])
    assert closed.exit_code == 0, closed.output
    past = read(seed_dir).past_releases[0]
    assert [(change.kind, change.id) for change in past.changes if change.kind != "release"] == [("concept", "amorphous")]
    built = run.invoke(cli.main, ["build"])
    assert built.exit_code == 0, built.output
    now = current(folder)
    assert now.name.startswith("release-2026.12.0-")
    assert [path.is_dir() for path in now.parent.glob(f"{now.stem}.exports-*")] == [True]
    exported = tmp_path / "exported"
    export(now, exported)
    assert (exported / "history/2026.11.0.yaml").read_bytes() == (seed_dir / "history/2026.11.0.yaml").read_bytes()
    assert diff(exported, seed_dir) == []
    assert run.invoke(cli.main, ["release", "2027.1.0", "2027-01-20", "--from", str(first)]).exit_code == 1
    assert run.invoke(cli.main, ["rollback"]).exit_code == 0
    assert current(folder) == first
    assert run.invoke(cli.main, ["rollback"]).exit_code == 1
    assert run.invoke(cli.main, ["rollback", "2026.12.0"]).exit_code == 0
    assert current(folder) == now


def test_version_must_rise_and_published_must_fit(seed_dir: Path, small_seed_dir: Path) -> None:
    _reword(seed_dir)
    with pytest.raises(BadQuery, match="does not come after"):
        close(small_seed_dir, seed_dir, MIGRATIONS, "2026.11.0", DAY)
    path = seed_dir / "release.yaml"
    path.write_text(path.read_text().replace("version: 2026.11.0", "version: 2026.11.1"))
    with pytest.raises(BadQuery, match=r"2026\.11\.0 was named as published"):
        close(small_seed_dir, seed_dir, MIGRATIONS, "2026.12.0", DAY)
    assert not (seed_dir / "history").exists()


def test_what_goes_needs_a_reason(reading: Reading) -> None:
    seed = reading.seed()
    source = seed.sources[0]
    without = seed.model_copy(update={"sources": seed.sources[1:]})
    with pytest.raises(ContentInvalid) as caught:
        follow(seed, "0001", without, "0001", "2026.12.0", DAY)
    assert f"source '{source.id}'" in caught.value.findings[0].remedy
    past, _ = follow(seed, "0001", retired(without, source.id, "It was withdrawn."), "0001", "2026.12.0", DAY)
    assert "It was withdrawn." in [getattr(change, "reason", None) for change in past.changes]


def test_numbers_decide_the_order_of_versions(reading: Reading) -> None:
    seed = reading.seed()
    past, release = follow(seed, "0001", second(seed), "0001", "2026.12.10", DAY)
    assert release.attribution.count("2026.12.10") == 1
    later = second(seed).model_copy(update={"release": release, "history": (past,)})
    with pytest.raises(BadQuery):
        follow(later, "0001", with_concept(later, "amorphous", plain_name="X"), "0001", "2026.12.9", DAY)


def test_history_is_no_part_of_the_digest_but_of_the_edition(made_releases: list[Made], small_seed: Seed) -> None:
    last = made_releases[-1]
    bare = last.seed.model_copy(update={"history": ()})
    assert digest(bare, newest_revision(MIGRATIONS)) == last.digest != last.edition
    assert made_releases[0].digest == made_releases[0].edition
    assert [seed.release.version for seed in seeds(small_seed)] == [made.version for made in made_releases]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("plain_name", "other_name", "undoing|does not fit"),
        ("old: Powder-like specks", "old: Another name", "undoing the changes does not give it"),
        ("new: Specks like powder", "new: Another name", "does not fit"),
        ("version: 2026.12.0", "version: 2026.12.1", "follows"),
        ("change: changed", "change: improved", "change"),
    ],
)
def test_past_cannot_be_edited(closed_seed: Path, tmp_path: Path, old: str, new: str, told: str) -> None:
    copy = shutil.copytree(closed_seed, tmp_path / "edited")
    path = copy / "history" / "2026.11.0.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    found = [finding for finding in check(copy) if finding.file == "history/2026.11.0.yaml"]
    assert any(re.search(told, f"{finding.key} {finding.remedy}") for finding in found), found


@pytest.fixture(scope="module")
def closed_seed(small_seed_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound seed whose first release was closed."""
    folder = shutil.copytree(small_seed_dir, tmp_path_factory.mktemp("closed") / "seed")
    _reword(folder)
    close(small_seed_dir, folder, MIGRATIONS, "2026.12.0", DAY)
    assert check(folder) == []
    return folder


def test_edits_after_a_release_await_the_next(closed_seed: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(closed_seed, tmp_path / "edited")
    path = copy / CARD
    path.write_text(path.read_text().replace("Specks like powder", "Specks like fine powder"))
    assert check(copy) == []


def test_roll_back_skips_damaged_files_and_names_what_is_there(made_releases: list[Made], tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="No release has been built"):
        rollback(tmp_path)
    files = [publish_copy(made, tmp_path) for made in made_releases]
    files[1].unlink()
    files[1].write_bytes(b"damaged")
    assert rollback(tmp_path, "2026.11.0") == files[0] == current(tmp_path)
    assert rollback(tmp_path, "2027.1.0") == files[2]
    assert rollback(tmp_path, f"2026.11.0-{made_releases[0].edition[:6]}") == files[0]
    with pytest.raises(NotReady, match=r"2026\.12\.0"):
        rollback(tmp_path, "2026.12.0")
    with pytest.raises(NotReady, match=r"2027\.1\.0"):
        rollback(tmp_path, "../../etc/passwd")


def test_failed_finish_publishes_nothing(small_seed_dir: Path, tmp_path: Path) -> None:
    def fail(_draft: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreUnusable, match="No space"):
        build(small_seed_dir, MIGRATIONS, tmp_path / "data", lambda _step: None, fail)
    assert list((tmp_path / "data").iterdir()) == []
