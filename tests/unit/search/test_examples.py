"""The nearest examples vote for concepts, or for refusing."""

import pytest

from api.search.examples import Example, Examples, example_entries
from api.search.index import Made

STOP = frozenset({"is", "the", "my", "do", "i"})


def _examples(given: list[Example]) -> Examples:
    return Examples(Made(example_entries(given, STOP)), STOP)


EXAMPLES = _examples(
    [
        Example(("does", "the", "needle", "hurt"), ("biopsy-day", "breast-biopsy")),
        Example(("is", "the", "needle", "painful"), ("biopsy-day",)),
        Example(("hazy", "powder", "dots"), ("amorphous",)),
        Example(("stone", "in", "my", "kidney"), reason="other_organ"),
        Example(("kidney", "stone", "diet"), reason="other_organ"),
        Example(("write", "a", "poem"), reason="out_of_scope"),
    ]
)


def test_nearest_examples_vote_for_their_concepts() -> None:
    verdict = EXAMPLES.judge([("will", "the", "needle", "hurt")])[0]
    assert max(verdict.votes, key=lambda slug: verdict.votes[slug]) == "biopsy-day"
    assert verdict.votes["biopsy-day"] == 1.0
    assert 0 < verdict.votes["breast-biopsy"] < 1
    assert verdict.outside == 0


def test_examples_of_refusals_are_counted_with_their_reason() -> None:
    verdict = EXAMPLES.judge([("my", "kidney", "stone")])[0]
    assert verdict.outside > 0.9
    assert verdict.reason == "other_organ"


def test_a_typing_error_is_still_alike() -> None:
    assert EXAMPLES.judge([("hazzy", "powdr", "dots")])[0].votes == {"amorphous": 1.0}


def test_an_example_is_wholly_like_itself() -> None:
    assert EXAMPLES.judge([("hazy", "powder", "dots")])[0].nearest == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("stems", [(), ("zzzz",)])
def test_a_text_like_no_example_says_nothing(stems: tuple[str, ...]) -> None:
    verdict = EXAMPLES.judge([stems])[0]
    assert (verdict.votes, verdict.nearest, verdict.outside, verdict.reason) == ({}, 0.0, 0.0, None)


def test_equal_likeness_goes_to_the_earlier_example() -> None:
    twins = _examples([Example(("same",), (slug,)) for slug in ("first", *(f"other-{number}" for number in range(40)))])
    assert "first" in twins.judge([("same",)])[0].votes
