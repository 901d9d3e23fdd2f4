"""Typed differences: they lead from one state to the other and back, and several steps add up to what differs in the end."""

import json
from dataclasses import asdict
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.changes import Added, Change, Changed, Retired, apply, compare, net, parsed, undo, written
from api.vocabulary import RecordKind

NAMES = st.sampled_from(["text", "a/b", "~", "~1", "figures", ""])
LEAVES = st.one_of(
    st.booleans(), st.integers(-2, 2), st.sampled_from([0.0, 1.0, "", "x"]), st.lists(st.integers(0, 1), max_size=2)
)
VALUES = st.recursive(LEAVES, lambda inner: st.dictionaries(NAMES, inner, max_size=3), max_leaves=6)
RECORDS = st.dictionaries(NAMES, VALUES, max_size=4)
KEYS = st.tuples(st.sampled_from([RecordKind.STATEMENT, RecordKind.SOURCE]), st.sampled_from(["one", "two"]))
STATES = st.dictionaries(KEYS, RECORDS, max_size=4)


def _exact(data: Any) -> Any:
    """Data in a form in which 1, 1.0 and True differ."""
    if isinstance(data, dict):
        return {key: _exact(value) for key, value in data.items()}
    return (type(data).__name__, repr(data))


def _plain(change: Change) -> Any:
    return type(change), json.dumps(asdict(change), sort_keys=True)


@given(old=STATES, new=STATES)
def test_changes_lead_there_and_back(old: Any, new: Any) -> None:
    changes = compare(old, new)
    assert _exact(apply(old, changes)) == _exact(new)
    assert _exact(undo(new, changes)) == _exact(old)


@given(states=st.lists(STATES, min_size=2, max_size=5))
def test_net_is_what_differs_in_the_end(states: list[Any]) -> None:
    steps = [compare(old, new) for old, new in pairwise(states)]
    told, expected = net(steps), compare(states[0], states[-1])
    assert _exact(apply(states[0], told)) == _exact(states[-1])
    assert [_plain(change) for change in told] == [_plain(change) for change in expected]


@given(path=st.lists(st.text(max_size=6), min_size=1, max_size=4))
def test_path_round_trip(path: list[str]) -> None:
    assert parsed(written(tuple(path))) == tuple(path)


def test_come_and_gone_is_not_told() -> None:
    value = {"text": "A sentence."}
    came = Added(RecordKind.STATEMENT, "one", value)
    went = Retired(RecordKind.STATEMENT, "one", value, "A mistake.")
    assert net([[came], [went]]) == []
    assert net([[went], [came]]) == []
    assert net([[went]]) == [went]


def test_last_reason_counts() -> None:
    value = {"text": "A sentence."}
    first, again = (Retired(RecordKind.SOURCE, "one", value, reason) for reason in ("First.", "Second."))
    assert net(
        [[first], [Added(RecordKind.SOURCE, "one", {"text": "B"})], [Retired(RecordKind.SOURCE, "one", {"text": "B"}, "Second.")]]
    ) == [again]


def test_changes_that_do_not_fit_are_refused() -> None:
    state = {(RecordKind.SOURCE, "one"): {"year": 2000}}
    for change in (
        Added(RecordKind.SOURCE, "one", {}),
        Retired(RecordKind.SOURCE, "two", {}),
        Changed(RecordKind.SOURCE, "one", "year", 1999, 2001),
    ):
        with pytest.raises(ValueError, match="does not fit"):
            apply(state, [change])
