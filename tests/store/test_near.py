"""Slugs near a mistyped one are found without reading a large release, and a process keeps no slugs and names in memory."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert
from sqlmodel import Session

from api.knowledge.catalogue import load_catalogue
from api.knowledge.near import near_concepts, near_questions, near_sources
from api.knowledge.prepared import fetch
from api.store.engine import open_for_reading, open_for_writing, sqlite_url
from api.store.releases import current
from api.store.tables import ConceptRow, QuestionRow, Row, SourceRow
from api.vocabulary import ConceptKind

_SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru")
_READ_AT_MOST = 2_500


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with ten thousand concepts, questions and sources, without anything else."""
    engine = open_for_writing(sqlite_url(tmp_path_factory.mktemp("large") / "large.sqlite"))
    Row.metadata.create_all(engine)
    slugs = ["-".join(("".join(four[:2]), "".join(four[2:]))) for four in product(_SYLLABLES, repeat=4)]
    review = {"review_status": "not-reviewed", "review_checked_on": date(2026, 1, 1), "review_next_due": date(2027, 1, 1)}
    with engine.begin() as connection:
        numbered = list(enumerate(slugs))
        concepts = [
            {"slug": slug, "position": n, "name_rank": n, "kind": "condition", "name": slug, "plain_name": slug, **review}
            for n, slug in numbered
        ]
        connection.execute(insert(ConceptRow), concepts)
        asked = [{"slug": slug, "position": n, "topic_slug": slugs[0], "text": slug} for n, slug in numbered]
        connection.execute(insert(QuestionRow), asked)
        rank = {"title": "", "authors": "", "kind": "", "standing": "", "seen_as": ""}
        cited = [{"id": slug, "position": n, "title_rank": n, "year_rank": n, **rank} for n, slug in numbered]
        connection.execute(insert(SourceRow), cited)
    yield engine
    engine.dispose()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each query brought."""
    counts: list[int] = []

    def counted(*given: Any, **values: Any) -> Sequence[Any]:
        rows = fetch(*given, **values)
        counts.append(len(rows))
        return rows

    monkeypatch.setattr("api.knowledge.near.fetch", counted)
    return counts


@pytest.mark.parametrize("typed", ["fiku-meni", "fiku-mena", "fikume-ni", "fiku-lame"[:-1], "fikku-lame", "FIKU-LAMM"])
def test_many_slugs_are_not_all_read(large: Engine, read: list[int], typed: str) -> None:
    with Session(large) as session:
        found = [near_concepts(session, typed, None), near_questions(session, typed), near_sources(session, typed)]
    for names in found:
        assert names
        assert all(name.startswith("fi") for name in names)
    assert sum(read) < 3 * _READ_AT_MOST
    assert len(read) == 6


def test_near_concepts_are_of_the_kind(large: Engine) -> None:
    with Session(large) as session:
        assert near_concepts(session, "fiku-men", ConceptKind.CONDITION)
        assert near_concepts(session, "fiku-men", ConceptKind.SUBTYPE) == ()


@pytest.mark.parametrize("typed", ["", "-", "\0", "x" * 4_000, "\ud83d\ude00", "ba\0de"])
def test_anything_may_be_typed(large: Engine, typed: str) -> None:
    with Session(large) as session:
        for names in (near_concepts(session, typed, None), near_questions(session, typed), near_sources(session, typed)):
            assert len(names) <= 5


def test_a_process_keeps_no_slugs(data_dir: Path) -> None:
    engine = open_for_reading(current(data_dir))
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with Session(engine) as session:
        load_catalogue(session)
    engine.dispose()
    tables = {table.name for table in Row.metadata.sorted_tables if any(f"FROM {table.name}" in query for query in asked)}
    assert tables == {"release", "language_file"}
