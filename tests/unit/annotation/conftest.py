"""The wording of the real release, and a reader that uses it."""

from collections.abc import Callable

import pytest

from api.annotation.read import ReadReport, read_report
from api.annotation.wording import Wording, load_wording
from tests.conftest import Client

Reader = Callable[[str], ReadReport]


@pytest.fixture(scope="session")
def wording(client: Client) -> Wording:
    return client.app.state.serving.store().part(load_wording)  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def read(wording: Wording) -> Reader:
    return lambda text: read_report(text, wording)
