"""The universe of the tests: the real seed, checked and built once, served in process, with statements counted."""

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlmodel import Session

from api.app import create_app
from api.derived import derived
from api.grounding.ground import Grounding, load_grounding
from api.knowledge.history import load_history
from api.rest.v1.bulk import BulkCopies, make_copies
from api.seeding.book import Book
from api.seeding.build import build, load_seed
from api.seeding.fingerprint import fingerprint, remember
from api.seeding.read import Reading, read
from api.seeding.seed import Seed
from api.settings import Settings
from tests.once import folder_of_run, made_once, used_together
from tests.releases import Made, build_file, made_of, publish_copy, seeds
from tests.smaller import smaller, write_seed

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seed"
MIGRATIONS = ROOT / "migrations"
# The files that take longest, to be begun first so that all workers end together; the first needs no release, which another
# worker builds meanwhile.
LONGEST = (
    "store/test_history.py",
    "e2e/test_switch.py",
    "faults/test_killed.py",
    "store/test_switch_postgresql.py",
    "store/test_crawl.py",
    "store/test_build.py",
    "contract/test_rendered.py",
    "content/test_relevance.py",
    "e2e/test_stop.py",
    "e2e/test_mcp.py",
    "faults/test_replicas.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the files, longest first; inside a file nothing moves."""
    places = {ROOT / "tests" / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.fixture(scope="session", autouse=True)
def _only_loopback() -> Iterator[None]:
    """No test reaches another machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "127.0.0.1"
        if host not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"tests reach loopback only, not {host}")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign,assignment]  # taken back below
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]  # the original


@pytest.fixture(scope="session")
def reading() -> Reading:
    """The real seed as read."""
    return read(SEED)


@pytest.fixture(scope="session")
def book(reading: Reading) -> Book:
    """The real seed with its indexes."""
    return Book.of(reading)


@pytest.fixture(scope="session")
def small_seed(book: Book) -> Seed:
    """A small sound cut of the real seed."""
    return smaller(book)


@pytest.fixture(scope="session")
def small_seed_dir(small_seed: Seed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small seed as a folder. Only read from."""
    return write_seed(small_seed, tmp_path_factory.mktemp("small") / "seed")


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this worker's own with the real release and its bulk copies."""
    built = made_once(folder_of_run(tmp_path_factory), "release", _build_release)
    return shutil.copytree(built, tmp_path_factory.mktemp("data") / "data")


def _build_release(folder: Path) -> None:
    def finish(draft: Path) -> None:
        make_copies(draft, folder)

    made_from = fingerprint(SEED, MIGRATIONS)
    build(SEED, MIGRATIONS, folder, lambda _step: None, finish, derived)
    remember(folder, made_from)  # so that servers the tests start need not build it again


@pytest.fixture(scope="session")
def settings(data_dir: Path) -> Settings:
    """Settings that serve the real release; each room is made when a test needs it."""
    return Settings(data_dir=data_dir, seed_dir=SEED, migrations_dir=MIGRATIONS, warm=False)


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    """A running event loop, so that tests are plain functions."""
    with start_blocking_portal() as running:
        yield running


class Client:
    """An HTTP client for an app in this process, inside its lifespan."""

    def __init__(self, portal: BlockingPortal, app: FastAPI) -> None:
        self.app = app
        self._portal = portal
        self._http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://testserver"
        )

    def request(self, method: str, url: str, **given: Any) -> httpx.Response:
        """Ask and wait for the answer."""
        return self._portal.call(lambda: self._http.request(method, url, **given))

    def get(self, url: str, **given: Any) -> httpx.Response:
        """GET."""
        return self.request("GET", url, **given)

    def data(self, url: str) -> Any:
        """The data of a successful answer."""
        response = self.get(url)
        assert response.status_code == 200, response.text
        return response.json()["data"]


@contextmanager
def client_for(portal: BlockingPortal, settings: Settings) -> Iterator[Client]:
    """A client for an app with these settings."""
    app = create_app(settings)
    with portal.wrap_async_context_manager(app.router.lifespan_context(app)):
        app.state.warming.wait()
        yield Client(portal, app)


@pytest.fixture(scope="session")
def client(portal: BlockingPortal, settings: Settings) -> Iterator[Client]:
    """A client for the real release."""
    with client_for(portal, settings) as ready:
        yield ready


@pytest.fixture(scope="session")
def grounding(client: Client) -> Grounding:
    """What search and grounding keep of the real release."""
    kept: Grounding = client.app.state.serving.store().part(load_grounding)
    return kept


@pytest.fixture(scope="session")
def release_session(client: Client) -> Iterator[Session]:
    """A session on the real release."""
    with client.app.state.serving.store().session() as session:
        yield session


class StatementCounter:
    """Counts the SQL statements of what runs inside `counting`."""

    def __init__(self, engine: Engine) -> None:
        self.count = 0
        event.listen(engine, "before_cursor_execute", self._one)

    def _one(self, *_given: object) -> None:
        self.count += 1

    def counting(self) -> AbstractContextManager["StatementCounter"]:
        """Start from zero."""

        @contextmanager
        def window() -> Iterator[StatementCounter]:
            self.count = 0
            yield self

        return window()


@pytest.fixture(scope="session")
def uncached(portal: BlockingPortal, settings: Settings) -> Iterator[Client]:
    """A client for the real release that makes every answer anew."""
    with client_for(portal, settings.model_copy(update={"cache_bytes": 0, "warm": True})) as ready:
        yield ready


@pytest.fixture(scope="session")
def statement_counter(uncached: Client) -> StatementCounter:
    """The counter of the engine that makes every answer anew."""
    serving = uncached.app.state.serving
    serving.store().part(load_history)
    serving.store().part(BulkCopies(serving.settings.data_dir))
    return StatementCounter(serving.store().engine)


@pytest.fixture(scope="session")
def postgresql_server() -> str:
    """The address of a real PostgreSQL server, or a skip that says how to have one."""
    url = os.environ.get("CALC_TEST_POSTGRESQL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
    engine = create_engine(url, connect_args={"connect_timeout": 2})
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except Exception as error:
        pytest.skip(f"no PostgreSQL at CALC_TEST_POSTGRESQL ({type(error).__name__}): its tests did not run")
    finally:
        engine.dispose()
    return url


def _order(server_url: str, *orders: str) -> None:
    """Tell a real PostgreSQL to do something that no transaction may hold."""
    server = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        for order in orders:
            connection.execute(text(order))
    server.dispose()


@contextmanager
def database(server_url: str, name: str, template: str = "template1") -> Iterator[str]:
    """The address of a new database on a real PostgreSQL, a copy of the template."""
    gone = f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"
    _order(server_url, gone, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        _order(server_url, gone)


@pytest.fixture
def postgresql(postgresql_server: str) -> Iterator[str]:
    """The address of an empty database of its own on a real PostgreSQL."""
    with database(postgresql_server, f"calc_test_{os.getpid()}") as url:
        yield url


@pytest.fixture(scope="session")
def loaded_database(postgresql_server: str, reading: Reading, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database on a real PostgreSQL that holds the real release, one for all workers. Only read from."""

    def make(folder: Path) -> None:
        name = f"calc_loaded_{os.getpid()}"
        (folder / "name").write_text(name)
        _order(postgresql_server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
        load_seed(reading.seed(), MIGRATIONS, address(folder), lambda _step: None, derived)

    def address(folder: Path) -> str:
        return make_url(postgresql_server).set(database=(folder / "name").read_text()).render_as_string(hide_password=False)

    def unmake(folder: Path) -> None:
        _order(postgresql_server, f"DROP DATABASE IF EXISTS {(folder / 'name').read_text()} WITH (FORCE)")

    with used_together(folder_of_run(tmp_path_factory), "loaded", make, unmake) as folder:
        yield address(folder)


@pytest.fixture(scope="session")
def made_releases(small_seed: Seed, tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    """The small release and two that follow it, as finished files."""
    wanted = {f"{place}.sqlite": seed for place, seed in enumerate(seeds(small_seed))}

    def make(folder: Path) -> None:
        for name, seed in wanted.items():
            build_file(seed, folder / name)

    folder = made_once(folder_of_run(tmp_path_factory), "releases", make)
    return [made_of(seed, folder / name) for name, seed in wanted.items()]


@pytest.fixture(scope="session")
def later_settings(made_releases: list[Made], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings that serve the third release, which has a past."""
    folder = tmp_path_factory.mktemp("later")
    publish_copy(made_releases[-1], folder)
    return Settings(data_dir=folder, seed_dir=SEED, migrations_dir=MIGRATIONS, warm=False)


@pytest.fixture(scope="session")
def later(portal: BlockingPortal, later_settings: Settings) -> Iterator[Client]:
    """A client for the third release."""
    with client_for(portal, later_settings) as ready:
        yield ready
