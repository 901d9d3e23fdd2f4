"""A damaged, missing, half-built or foreign store is refused with what to run, and never served."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal

from api.settings import Settings
from api.store.engine import open_for_reading
from api.store.releases import current, publish
from tests.conftest import client_for


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flip_a_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _remove(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


DAMAGES: list[Callable[[Path], None]] = [_truncate, _flip_a_bit, _remove, _empty]


def _edited(data_dir: Path, target: Path, *statements: str) -> Path:
    """A copy of the release, edited and published as if it had been built so."""
    target.mkdir()
    draft = target / "draft.sqlite"
    shutil.copy(current(data_dir), draft)
    connection = sqlite3.connect(draft)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    publish(target, draft, "2026.11.0", "0" * 64)
    return target


def _refusal(portal: BlockingPortal, settings: Settings, data_dir: Path) -> str:
    with client_for(portal, settings.model_copy(update={"data_dir": data_dir})) as client:
        assert client.get("/health/live").status_code == 200
        answers = [client.get(url) for url in ("/health/ready", "/v1/types", "/v1/statements/amorphous-01")]
        for answer in answers:
            assert answer.status_code == 503
            assert answer.json()["code"] == "not-ready"
            assert "etag" not in answer.headers
        problem = answers[0].json()
        return f"{problem['detail']} {problem['hint']}"


@pytest.mark.parametrize("damage", DAMAGES, ids=[damage.__name__ for damage in DAMAGES])
def test_damaged_release_is_refused(
    portal: BlockingPortal, settings: Settings, data_dir: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    copy = shutil.copytree(data_dir, tmp_path / "data")
    damage(current(copy))
    assert "calcification-api build" in _refusal(portal, settings, copy)


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (("UPDATE alembic_version SET version_num = '9999'",), "Upgrade calcification-api"),
        (("UPDATE alembic_version SET version_num = '0000'",), "calcification-api build"),
        (("DROP TABLE alembic_version",), "calcification-api build"),
        (("DELETE FROM release",), "loading has not finished"),
        (("DELETE FROM statement WHERE position = 7",), "incomplete"),
        (("DELETE FROM index_entry WHERE key = 'format'",), "no index;"),
        (("UPDATE index_entry SET data = CAST('older' AS BLOB) WHERE key = 'format'",), "calcification-api build"),
    ],
)
def test_half_or_foreign_release_is_refused(
    portal: BlockingPortal, settings: Settings, data_dir: Path, tmp_path: Path, statements: tuple[str, ...], told: str
) -> None:
    assert told in _refusal(portal, settings, _edited(data_dir, tmp_path / "data", *statements))


def test_broken_pointer_is_refused(portal: BlockingPortal, settings: Settings, data_dir: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(data_dir, tmp_path / "data")
    for content in (b"", b"\xff\xfe", b"abc  ../../etc/passwd", b"nothing"):
        (copy / "current").write_bytes(content)
        assert "calcification-api build" in _refusal(portal, settings, copy)


def test_service_heals_when_a_release_is_built(
    portal: BlockingPortal, settings: Settings, data_dir: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "data"
    empty.mkdir()
    with client_for(portal, settings.model_copy(update={"data_dir": empty})) as client:
        assert client.get("/health/ready").status_code == 503
        shutil.copytree(data_dir, empty, dirs_exist_ok=True)
        assert client.get("/health/ready").status_code == 200
        assert client.get("/v1/types").status_code == 200


def test_served_file_cannot_be_written(data_dir: Path) -> None:
    engine = open_for_reading(current(data_dir))
    with engine.connect() as connection, pytest.raises(Exception, match="readonly"):
        connection.exec_driver_sql("DELETE FROM statement")
    engine.dispose()
