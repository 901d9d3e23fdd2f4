"""Wilson's interval: known values, and what must hold for any counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.evidence.intervals import wilson


@pytest.mark.parametrize(
    ("events", "n", "low", "high"),
    [(25, 356, 0.0480, 0.1016), (0, 16, 0.0, 0.1936), (20, 20, 0.8389, 1.0), (8, 32, 0.1325, 0.4211), (1, 1, 0.2065, 1.0)],
)
def test_known_intervals(events: int, n: int, low: float, high: float) -> None:
    assert list(wilson(events, n)) == pytest.approx([low, high], abs=2e-4)


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_interval_holds_the_share_and_stays_in_range(counts: tuple[int, int]) -> None:
    events, n = counts
    low, high = wilson(events, n)
    assert 0 <= low <= events / n <= high <= 1
    assert high > low


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_interval_of_the_rest_is_the_mirror(counts: tuple[int, int]) -> None:
    events, n = counts
    low, high = wilson(events, n)
    rest_low, rest_high = wilson(n - events, n)
    assert rest_low == pytest.approx(1 - high, abs=1e-12)
    assert rest_high == pytest.approx(1 - low, abs=1e-12)
