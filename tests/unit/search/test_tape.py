"""What is laid down in a file comes back in order, however much it is, and as often as wanted."""

from itertools import pairwise

import pytest

from api.search import tape
from api.search.tape import Buckets, Tape


def test_rows_come_back_in_order_and_again() -> None:
    told = Tape("d")
    rows = [[0.5, -2.0], [], [1e300]]
    for row in rows:
        told.add(row)
    assert told.rows == len(rows)
    for _ in range(2):
        assert [list(row) for row in told.read()] == rows


@pytest.mark.parametrize("most", [1, 7, 1_000_000])
def test_numbers_come_back_by_hash_in_the_order_in_which_they_came(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tape, "_MOST_WAITING", most)
    held = Buckets()
    hashes = (4_294_967_295, 5, 2_147_483_648, 6)
    for number in range(10):
        held.add(hashes[number % 3 :], number)
    buckets = [list(bucket) for bucket in held.read()]
    filled = [bucket for bucket in buckets if bucket]
    assert len(filled) == 3
    assert all(max(bucket) < min(after) for bucket, after in pairwise(filled))
    for key in hashes:
        having = [number for number in range(10) if key in hashes[number % 3 :]]
        assert [number for bucket in buckets for found, number in bucket if found == key] == having
