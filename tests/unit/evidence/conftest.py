"""The words for risk figures as the seed has them."""

import pytest

from api.evidence.wording import Wording
from api.seeding.canonical import plain
from api.seeding.read import Reading


@pytest.fixture(scope="session")
def wording(reading: Reading) -> Wording:
    """The real wording."""
    return Wording(plain(reading.language["language/evidence.yaml"]))
