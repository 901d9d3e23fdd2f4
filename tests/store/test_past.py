"""A long past stays out of memory: changes are read when they are asked for, and hardly any are kept."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session, create_engine
from sqlmodel.pool import StaticPool

from api.changes import Changed
from api.knowledge.catalogue import Catalogue
from api.knowledge.history import History, load_history
from api.knowledge.views import Release
from api.store.tables import PastReleaseRow

RELEASES, CHANGES = 20, 300
TEXT = "some words of a statement " * 20
NOW = Release("", "", "", date(2026, 11, 22), "0001", "", "", "", "", 0, 0, 0, 0)
CATALOGUE = Catalogue(replace(NOW, id=f"r{RELEASES}"))


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """A session on twenty releases, each of which changed every one of three hundred statements."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    PastReleaseRow.metadata.create_all(engine)
    with Session(engine) as opened:
        for place in range(RELEASES):
            opened.add(PastReleaseRow(id=f"r{place}", position=place, is_followed=True, content=_content(place)))
        opened.commit()
        opened.expunge_all()
        yield opened
    engine.dispose()


def _content(place: int) -> dict[str, object]:
    told = {name: getattr(NOW, name) for name in Release.__dataclass_fields__ if name not in {"id", "edition", "published_on"}}
    changes = [
        {
            "change": "changed",
            "kind": "statement",
            "id": f"s-{n:03}",
            "field": "text",
            "old": _text(place),
            "new": _text(place + 1),
        }
        for n in range(CHANGES)
    ]
    return {**told, "version": f"r{place}", "published_on": "2026-11-22", "changes": changes}


def _text(place: int) -> str:
    return f"{place} {TEXT}"


@pytest.fixture
def history(session: Session) -> History:
    """The history of the last of them."""
    return load_history(session, CATALOGUE)


def test_any_two_releases_compare(session: Session, history: History) -> None:
    assert [release.id for release in history.releases] == [f"r{place}" for place in range(RELEASES + 1)]
    for first, last in ((0, RELEASES), (3, 4), (RELEASES - 2, RELEASES), (7, 16)):
        found = history.changes(session, f"r{first}", f"r{last}")
        assert len(found) == CHANGES
        assert {(change.old, change.new) for change in found if isinstance(change, Changed)} == {(_text(first), _text(last))}
    assert history.changes(session, "r5", "r5") == ()
    assert history.changes(session, "r1", "r2") is history.changes(session, "r1", "r2")


def test_asking_for_everything_keeps_little(session: Session, history: History) -> None:
    tracemalloc.start()
    for first in range(0, RELEASES, 2):
        history.changes(session, f"r{first}", None)
    kept, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    whole = RELEASES * CHANGES * 2 * len(TEXT)
    assert kept < whole / 2
    assert most < whole
