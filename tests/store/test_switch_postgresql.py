"""A shared PostgreSQL changes its content under a running service: it notices, moves, and no answer mixes two releases."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from anyio.from_thread import BlockingPortal
from sqlalchemy import Engine
from sqlmodel import Session, select

from api.grounding.ground import load_grounding
from api.knowledge.catalogue import Catalogue
from api.seeding.load import load
from api.settings import Settings
from api.store.engine import open_for_writing
from api.store.migrations import newest_revision, upgrade
from api.store.tables import ReleaseRow
from api.web.conditional import etag
from api.web.serving import Serving
from api.web.warming import Warming
from tests.conftest import MIGRATIONS, Client, client_for, database
from tests.releases import SLUG, Made, derived_rows

CARD = f"/v1/subtypes/{SLUG}"


@pytest.fixture(scope="module")
def changing(postgresql_server: str) -> Iterator[str]:
    """The address of a migrated database; each test loads what it begins with."""
    with database(postgresql_server, f"calc_switch_{os.getpid()}") as url:
        upgrade(MIGRATIONS, url)
        yield url


@pytest.fixture(scope="module")
def loader(changing: str) -> Iterator[Engine]:
    """An engine that loads into the database."""
    engine = open_for_writing(changing)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def shared(settings: Settings, changing: str) -> Settings:
    """Settings that serve from the database and never look by themselves."""
    return settings.model_copy(update={"database_url": changing, "watch_seconds": 0, "cache_bytes": 0})


def _load(engine: Engine, made: Made) -> None:
    load(engine, made.seed, newest_revision(MIGRATIONS), lambda _session: derived_rows(made))


def _served(client: Client, url: str) -> httpx.Response:
    """The answer; as callers do, ask again when told to, which a busy machine may do while releases follow each other."""
    for _ in range(5):
        answer = client.get(url)
        if answer.status_code != 503:
            break
        assert answer.headers["retry-after"]
    return answer


def _assert_whole(client: Client, url: str, made: list[Made]) -> str:
    answer = _served(client, url)
    assert answer.status_code == 200, answer.text
    digest: str = answer.json()["meta"]["release"]["digest"]
    edition = next(one.edition for one in made if one.digest == digest)
    assert answer.headers["etag"] == etag(edition, url, b"")
    if url == CARD:
        assert (answer.json()["data"]["plain_name"] == "Powder-like specks") == (digest == made[0].digest)
    return digest


def test_request_meets_the_new_content_and_asks_again(
    portal: BlockingPortal, shared: Settings, loader: Engine, made_releases: list[Made]
) -> None:
    _load(loader, made_releases[0])
    with client_for(portal, shared) as client:
        assert _assert_whole(client, CARD, made_releases) == made_releases[0].digest
        _load(loader, made_releases[1])
        assert _assert_whole(client, CARD, made_releases) == made_releases[1].digest
        assert _assert_whole(client, "/v1/types", made_releases) == made_releases[1].digest
        assert len(client.data("/v1/releases")) == 2
        _load(loader, made_releases[0])
        store = client.app.state.serving.store()
        assert _assert_whole(client, CARD, made_releases) == made_releases[0].digest
        assert client.app.state.serving.store() is not store


def test_watch_notices_the_new_content(
    portal: BlockingPortal, shared: Settings, loader: Engine, made_releases: list[Made]
) -> None:
    _load(loader, made_releases[0])
    with client_for(portal, shared.model_copy(update={"watch_seconds": 0.1})) as client:
        _load(loader, made_releases[2])
        for _ in range(100):
            if client.get("/health/ready").json()["digest"] == made_releases[2].digest:
                break
            time.sleep(0.1)
        else:
            raise AssertionError("the service did not move")


def test_no_answer_mixes_while_content_changes(
    portal: BlockingPortal, shared: Settings, loader: Engine, made_releases: list[Made]
) -> None:
    _load(loader, made_releases[0])
    urls = (CARD, f"/v1/statements/{SLUG}-01", "/v1/conditions", "/v1/releases")
    with client_for(portal, shared.model_copy(update={"watch_seconds": 0.1})) as client, ThreadPoolExecutor(4) as callers:

        def ask(number: int) -> list[str]:
            return [_assert_whole(client, urls[(number + turn) % 4], made_releases) for turn in range(25)]

        running = [callers.submit(ask, number) for number in range(3)]
        for made in (made_releases[1], made_releases[2], made_releases[0]):
            _load(loader, made)
        met = {digest for caller in running for digest in caller.result()}
    assert met <= {made.digest for made in made_releases}


class LoadsAtFirst:
    """A part of the store: while it is made for the first time on the second release, the third one is loaded."""

    def __init__(self, loader: Engine, made: list[Made]) -> None:
        self._loader = loader
        self._made = made

    def __call__(self, session: Session, catalogue: Catalogue) -> str:
        """Which release it was made of."""
        if catalogue.release.id == self._made[1].version:
            _load(self._loader, self._made[2])
        return session.exec(select(ReleaseRow.id)).one()


def test_move_outlives_a_load_in_its_midst(
    portal: BlockingPortal, shared: Settings, loader: Engine, made_releases: list[Made]
) -> None:
    _load(loader, made_releases[0])
    with client_for(portal, shared) as client:
        serving, part = client.app.state.serving, LoadsAtFirst(loader, made_releases)
        assert serving.store().part(part) == made_releases[0].version
        # Warmed before the others, so that those are made while the database holds the next release already.
        serving.store()._parts = {part: serving.store()._parts.pop(part), **serving.store()._parts}
        _load(loader, made_releases[1])
        assert serving.move()
        assert serving.store().part(part) == made_releases[1].version
        assert _assert_whole(client, CARD, made_releases) == made_releases[2].digest


def test_start_outlives_a_load_in_its_midst(shared: Settings, loader: Engine, made_releases: list[Made]) -> None:
    _load(loader, made_releases[1])
    serving, part = Serving(shared), LoadsAtFirst(loader, made_releases)
    warming = Warming(serving, [part, load_grounding])
    warming.start()
    warming.wait()
    warming.stop()
    assert serving.store().catalogue.release.id == made_releases[2].version
    assert serving.store().part(part) == made_releases[2].version
    serving.close()


def test_language_models_meet_the_new_content(
    portal: BlockingPortal, shared: Settings, loader: Engine, made_releases: list[Made]
) -> None:
    _load(loader, made_releases[0])
    call = {"name": "get_concept", "arguments": {"slug": SLUG}}
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    headers = {"Host": "127.0.0.1", "Accept": "application/json, text/event-stream"}
    with client_for(portal, shared) as client:
        for made in (made_releases[0], made_releases[1]):
            _load(loader, made)
            answer = client.request("POST", "/mcp", json=asked, headers=headers)
            assert made.digest in answer.text, answer.text[:500]


def test_half_loaded_content_is_never_served(
    portal: BlockingPortal, shared: Settings, loader: Engine, made_releases: list[Made]
) -> None:
    _load(loader, made_releases[0])
    with client_for(portal, shared) as client:
        seed = made_releases[1].seed
        broken = seed.model_copy(update={"concepts": (*seed.concepts, seed.concepts[0])})
        with pytest.raises(Exception, match="duplicate key"):
            load(loader, broken, newest_revision(MIGRATIONS))
        assert _assert_whole(client, CARD, made_releases) == made_releases[0].digest


def test_bulk_copies_have_the_same_bytes_from_both_databases(
    portal: BlockingPortal, shared: Settings, loaded_database: str, client: Client, tmp_path: object
) -> None:
    patient = {"database_url": loaded_database, "data_dir": tmp_path, "request_seconds": 600}
    with client_for(portal, shared.model_copy(update=patient)) as other:
        for form in ("json", "ndjson", "csv", "sqlite"):
            assert other.get(f"/v1/export.{form}").content == client.get(f"/v1/export.{form}").content, form
