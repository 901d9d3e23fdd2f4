"""Whether a statement tells a sentence is weighed: what speaks for it never counts against it, nor the other way round."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.verification.telling import Signals

FOR = ("covered", "right_words", "about", "told", "figure", "back", "agreeing", "directions", "substance", "hedged")
SHARE = st.floats(0, 1)
PLAIN = Signals(
    covered=0.7,
    right_words=0.0,
    wrong_words=0.0,
    about=0.0,
    told=False,
    figure=False,
    back=0.5,
    agreeing=0.0,
    unpaired=0.0,
    unknown=0.1,
    untold=0.1,
    elsewhere=0.0,
    adrift=False,
    wider=False,
    open_order=False,
    directions=0.0,
    substance=0.5,
    hedged=False,
)


@pytest.mark.parametrize("name", [field.name for field in fields(Signals)])
@given(low=SHARE, high=SHARE)
def test_each_signal_has_one_direction(name: str, low: float, high: float) -> None:
    low, high = sorted((low, high))
    changed: list[dict[str, Any]] = [{name: low}, {name: high}]
    less, more = (replace(PLAIN, **change).odds() for change in changed)
    if name in FOR:
        assert more >= less
    else:
        assert more <= less


def test_word_for_word_is_told_and_something_else_is_not() -> None:
    assert replace(PLAIN, covered=1.0, back=1.0, unknown=0.0, untold=0.0).odds() > 0
    assert replace(PLAIN, covered=0.3, back=0.1, unknown=0.6).odds() < 0


def test_wrong_words_turn_a_close_sentence() -> None:
    close = replace(PLAIN, covered=0.9, back=0.6, unknown=0.0, untold=0.0)
    assert close.odds() > 0
    assert replace(close, covered=0.6, wrong_words=0.4).odds() < 0
