"""Signals weighed together say whether a question is to be refused."""

from dataclasses import replace

from api.grounding.doubt import Signals
from api.search.prototypes import Resemblance

OURS = Signals(
    shown=False,
    alike=Resemblance({"dcis": 0.5}, None, inside=0.5, outside=0.0, leaning=-0.8),
    telling=4,
    foreign=0.0,
    named=0.3,
    field=True,
)
OTHER = Resemblance({}, "out_of_scope", inside=0.1, outside=0.4, leaning=0.6)


def test_a_question_like_ours_is_not_doubted() -> None:
    assert OURS.doubt() < 0


def test_a_question_like_those_refused_is_doubted() -> None:
    assert replace(OURS, alike=OTHER, field=False).doubt() > 0


def test_each_signal_against_a_question_adds_doubt() -> None:
    for worse in (
        replace(OURS, shown=True),
        replace(OURS, foreign=0.3),
        replace(OURS, named=0.0),
        replace(OURS, field=False),
        replace(OURS, telling=1),
        replace(OURS, alike=OTHER),
        replace(OURS, asked=0.5),
    ):
        assert worse.doubt() > OURS.doubt()


def test_a_word_of_another_field_alone_does_not_refuse_what_is_plainly_ours() -> None:
    assert replace(OURS, shown=True).doubt() < 0
