"""What verification keeps in memory depends on its own bounds, never on how much there is to read."""

import json
from collections.abc import Iterable, Iterator, Mapping

import pytest

from api.search.index import Entry, Index, Made
from api.verification.claims import Heard, Outline, number_of, sealed
from api.verification.reader import Reader
from api.verification.shelf import SEALED, SPREAD, Claims, Memory

STATEMENTS = 400


class Counting(Made):
    """An index in memory that notes how many entries were asked for at a time."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        super().__init__(entries)
        self.asked: list[int] = []

    def fresh(self, keys: Iterable[str]) -> dict[str, bytes]:
        wanted = list(keys)
        self.asked.append(len(wanted))
        return super().fresh(wanted)


def entries(reader: Reader) -> Iterator[Entry]:
    yield SEALED, json.dumps({"statements": STATEMENTS, "dimensions": []}).encode()
    for rank in range(STATEMENTS):
        reading = reader.read(f"The shape numbered w{rank}x is seldom seen.")
        keys = tuple(term.key for term in reading.terms)
        outline = Outline(f"a-{rank}", "a", (keys,), frozenset(), {}, frozenset({"a"}), frozenset())
        yield f"{SEALED}/{rank}", sealed(outline, Heard((reading,), ()))
        yield from ((f"{SPREAD}/{key}", b"1") for key in keys)


@pytest.fixture(scope="module")
def index(reader: Reader) -> Counting:
    """Four hundred statements."""
    return Counting(entries(reader))


def numbers() -> list[int]:
    return [number_of(rank, 0) for rank in range(STATEMENTS)]


def test_a_claim_is_as_it_was_read(index: Index, reader: Reader) -> None:
    claim = Claims(index, Memory()).claim(number_of(7, 0))
    reading = reader.read("The shape numbered w7x is seldom seen.")
    assert claim.statement_id == "a-7"
    assert claim.reading.terms == reading.terms
    assert [piece.norm for piece in claim.reading.pieces] == [piece.norm for piece in reading.pieces]


@pytest.mark.parametrize("most", [1, 20])
def test_memory_holds_no_more_than_its_bounds(index: Index, most: int) -> None:
    memory = Memory(statements=most, weights=5)
    for start in range(0, STATEMENTS, 10):
        claims = Claims(index, memory)
        claims.look_up((), ())
        claims.want(numbers()[start : start + 10])
    assert len(memory.statements) == most
    assert len(memory.weights) == 5


def test_a_sentence_lets_go_of_what_the_one_before_needed(index: Index) -> None:
    claims = Claims(index, Memory(statements=1))
    for start in range(0, STATEMENTS, 10):
        claims.look_up((), ())
        claims.want(numbers()[start : start + 10])
    assert held(claims) == 10


def held(claims: Claims) -> int:
    at_hand: Mapping[int, object] = claims._at_hand
    return len(at_hand)


def test_statements_wanted_together_are_read_together(index: Counting) -> None:
    claims = Claims(index, Memory())
    index.asked.clear()
    claims.want(numbers()[:50])
    assert index.asked[0] == 50
    assert len(index.asked) == 2  # the statements, and the weights of their words


def test_words_of_callers_do_not_stay(index: Index) -> None:
    memory = Memory()
    assert not Claims(index, memory).knows("private")
    assert memory.weights.get("private") is None
