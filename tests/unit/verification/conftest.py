"""The reader of figures and words with the real language file."""

import pytest

from api.search.index import Made
from api.search.labels import LabelIndex
from api.seeding.canonical import plain
from api.seeding.read import Reading as SeedReading
from api.verification.lexicon import Lexicon
from api.verification.reader import Reader


@pytest.fixture(scope="session")
def lexicon(reading: SeedReading) -> Lexicon:
    """The words of the real language file."""
    return Lexicon(plain(reading.language["language/verification.yaml"]))


@pytest.fixture(scope="session")
def reader(lexicon: Lexicon) -> Reader:
    """A reader that knows no names."""
    return Reader(lexicon, LabelIndex(Made(()), "written"))
