"""Keys never speak against what is served: not against any statement, sentence by sentence."""

import pytest

from api.search.index import Made
from api.search.labels import LabelIndex
from api.seeding.canonical import plain
from api.seeding.read import Reading
from api.verification.keys import Keys, to_text
from api.verification.lexicon import Lexicon
from api.verification.patterns import Text
from api.verification.reader import Reader
from api.verification.sentences import split


@pytest.fixture(scope="module")
def lexicon(reading: Reading) -> Lexicon:
    """The words of the real language file."""
    return Lexicon(plain(reading.language["language/verification.yaml"]))


def against(keys: Keys, reader: Reader, texts: dict[str, str]) -> list[tuple[str, str, str]]:
    found = []
    for name, text in texts.items():
        before = Text(())
        for sentence in split(text, frozenset()):
            here = to_text(sentence.text)
            objections = keys.against(here, before, reader.read(sentence.text))
            found += [(name, objection.key.statement_id, sentence.text) for objection in objections]
            before = before + here
    return found


def test_no_key_speaks_against_a_statement(reading: Reading, lexicon: Lexicon) -> None:
    keys = Keys(plain(reading.language["language/keys.yaml"]), lexicon)
    statements = {statement.id: statement.text for concept in reading.concepts.values() for statement in concept.statements}
    assert len(statements) > 1_000
    assert against(keys, Reader(lexicon, LabelIndex(Made(()), "written")), statements) == []
