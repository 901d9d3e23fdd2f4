"""The wording of the real release, and a reader that uses it."""

from collections.abc import Callable

import pytest
from sqlmodel import Session

from api.annotation.read import ReadReport, read_report
from api.annotation.spelling import Spelling
from api.annotation.wording import Wording, load_wording
from api.search.index import stored
from tests.conftest import Client

Reader = Callable[[str], ReadReport]


@pytest.fixture(scope="session")
def wording(client: Client) -> Wording:
    return client.app.state.serving.store().part(load_wording)  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def read(wording: Wording, release_session: Session) -> Reader:
    return lambda text: read_report(text, wording, stored(release_session))


@pytest.fixture(scope="session")
def spelling(wording: Wording, release_session: Session) -> Spelling:
    return Spelling(wording, stored(release_session))
