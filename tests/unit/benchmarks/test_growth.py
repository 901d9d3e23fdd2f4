"""Grown content has the shape of the real content: whole, with valid ids, served by the real service."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal

from api.settings import Settings
from api.store.releases import current
from api.vocabulary import SLUG_PATTERN, STATEMENT_ID_PATTERN
from tests.benchmarks.growth import Grown, grow, renamed, varied
from tests.conftest import client_for


@pytest.fixture(scope="module")
def grown(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Grown:
    """Three times the real content."""
    return grow(data_dir, tmp_path_factory.mktemp("grown") / "data", 3)


def test_references_hold_and_names_are_well_formed(grown: Grown, data_dir: Path) -> None:
    with closing(sqlite3.connect(current(grown.data_dir))) as database, closing(sqlite3.connect(current(data_dir))) as real:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for table, column, pattern in (("concept", "slug", SLUG_PATTERN), ("statement", "id", STATEMENT_ID_PATTERN)):
            query = f"SELECT {column} FROM {table}"  # noqa: S608  # names of our own tables
            names = [row[0] for row in database.execute(query)]
            assert all(re.fullmatch(pattern, name) for name in names)
            assert len(names) == 3 * len(real.execute(query).fetchall())


def test_real_service_serves_it(grown: Grown, settings: Settings, portal: BlockingPortal) -> None:
    with client_for(portal, settings.model_copy(update={"data_dir": grown.data_dir})) as client:
        real, copy = (client.data(f"/v1/subtypes/{slug}?include=statements") for slug in ("amorphous", "amorphous-x2"))
        assert len(real["statements"]) == len(copy["statements"])
        assert len(real["conditions"]) == len(copy["conditions"])
        assert real["statements"][0]["text"] != copy["statements"][0]["text"]
        assert client.get("/v1/statements?limit=1").json()["meta"]["page"]["total"] == grown.statements


def test_names_and_words_differ_from_copy_to_copy() -> None:
    assert renamed("amorphous-01", 7) == "amorphous-x7-01"
    assert renamed("birads-4b", 7) == "birads-4b-x7"
    text = "Calcium oxalate crystals often stay inside benign cysts without consequence"
    assert varied(text, 1) == varied(text, 1)
    assert len({varied(text, copy) for copy in range(20)}) > 10
