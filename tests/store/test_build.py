"""Building: the same seed gives the same digest and answers anywhere, export gives the seed back, a failure changes nothing."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlmodel import Session, select

from api.derived import derived
from api.errors import ContentInvalid
from api.seeding.build import build, build_into
from api.seeding.diff import diff
from api.seeding.digest import digest
from api.seeding.export import export
from api.seeding.load import load
from api.seeding.read import Reading
from api.seeding.seed import Seed
from api.seeding.unload import unload
from api.store.migrations import newest_revision, upgrade
from api.store.releases import current
from api.store.tables import ReleaseRow
from tests.conftest import MIGRATIONS, SEED


def _quiet(_step: str) -> None:
    return None


def test_same_seed_same_release(data_dir: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(SEED, tmp_path / "elsewhere")
    again = build(copy, MIGRATIONS, tmp_path / "data", _quiet)
    assert again.name == current(data_dir).name
    assert diff(current(data_dir), again) == []


def test_export_gives_the_seed_back(data_dir: Path, tmp_path: Path) -> None:
    written = export(current(data_dir), tmp_path / "seed")
    originals = {path.relative_to(SEED): path.read_bytes() for path in SEED.glob("**/*.yaml")}
    exported = {path.relative_to(tmp_path / "seed"): path.read_bytes() for path in (tmp_path / "seed").glob("**/*.yaml")}
    assert written == len(originals)
    assert exported == originals


@pytest.fixture
def small_data_dir(small_seed_dir: Path, tmp_path: Path) -> Path:
    """A folder with a release of the small seed."""
    build(small_seed_dir, MIGRATIONS, tmp_path / "data", _quiet, derive=derived)
    return tmp_path / "data"


def test_building_twice_changes_nothing(small_seed_dir: Path, small_data_dir: Path) -> None:
    before = current(small_data_dir)
    content = before.read_bytes()
    assert build(small_seed_dir, MIGRATIONS, small_data_dir, _quiet, derive=derived) == before == current(small_data_dir)
    assert before.read_bytes() == content


def test_bad_seed_leaves_the_release_alone(small_seed_dir: Path, small_data_dir: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(small_seed_dir, tmp_path / "seed")
    (copy / "types" / "microcalcification.yaml").write_text("slug: [", encoding="utf-8")
    before = current(small_data_dir)
    with pytest.raises(ContentInvalid) as caught:
        build(copy, MIGRATIONS, small_data_dir, _quiet)
    assert any(finding.file == "types/microcalcification.yaml" for finding in caught.value.findings)
    assert current(small_data_dir) == before
    assert not list(small_data_dir.glob(".draft-*"))


@pytest.fixture
def postgresql_engine(postgresql: str) -> Iterator[Engine]:
    """An engine on an empty, migrated PostgreSQL database."""
    upgrade(MIGRATIONS, postgresql)
    engine = create_engine(postgresql)
    yield engine
    engine.dispose()


def test_building_into_postgresql_twice_gives_the_same(postgresql: str, small_seed_dir: Path, small_seed: Seed) -> None:
    built = build_into(small_seed_dir, MIGRATIONS, postgresql, _quiet)
    assert built.digest == digest(small_seed, newest_revision(MIGRATIONS))
    assert build_into(small_seed_dir, MIGRATIONS, postgresql, _quiet).digest == built.digest


def test_postgresql_holds_the_same_content(loaded_database: str, reading: Reading) -> None:
    engine = create_engine(loaded_database)
    held = unload(engine)
    engine.dispose()
    by_slug = {concept.slug: concept for concept in held.concepts}
    assert by_slug == {concept.slug: concept for concept in reading.seed().concepts}


def test_failed_load_keeps_the_old_content(postgresql_engine: Engine, small_seed: Seed) -> None:
    load(postgresql_engine, small_seed, "0001")
    twice = small_seed.model_copy(update={"concepts": (*small_seed.concepts, small_seed.concepts[0])})
    with pytest.raises(Exception, match="duplicate key"):
        load(postgresql_engine, twice, "0001")
    with Session(postgresql_engine) as session:
        assert session.exec(select(ReleaseRow)).one().concept_count == len(small_seed.concepts)
