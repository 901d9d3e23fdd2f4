"""What is gathered by key comes back key by key, in order, and is not held in memory meanwhile."""

from contextlib import closing

from api.search.spool import Spool


def test_rows_come_back_by_key_and_number() -> None:
    with closing(Spool()) as spool:
        for number in (3, 1, 2):
            spool.add("b", number, b"%d" % number)
        spool.add("a", 9, b"nine")
        found = {key: list(rows) for key, rows in spool.grouped()}
    assert list(found) == ["a", "b"]
    assert found["b"] == [(1, b"1"), (2, b"2"), (3, b"3")]


def test_rows_not_asked_for_are_passed_over() -> None:
    with closing(Spool()) as spool:
        for key in "abc":
            for number in range(3):
                spool.add(key, number, b"")
        assert [key for key, _ in spool.grouped()] == ["a", "b", "c"]
