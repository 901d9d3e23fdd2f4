"""Figures are read whatever way they are written."""

import pytest

from api.verification.reader import Reader

CASES = [
    ("29%", ("share", 0.29, 0.29)),
    ("28.7 percent", ("share", 0.287, 0.287)),
    ("one in six", ("share", 1 / 6, 1 / 6)),
    ("one woman in ten", ("share", 0.1, 0.1)),
    ("102 of the 356 groups", ("share", 102 / 356, 102 / 356)),
    ("every sixth of them", ("share", 1 / 6, 1 / 6)),
    ("two thirds", ("share", 2 / 3, 2 / 3)),
    ("a third of them", ("share", 1 / 3, 1 / 3)),
    ("nine-tenths", ("share", 0.9, 0.9)),
    ("about 5 to 7 in 10", ("share", 0.5, 0.7)),
    ("three in four", ("share", 0.75, 0.75)),
    ("none of 318 patients", ("share", 0.0, 0.0)),
    ("80 to 200 µm", ("length", 0.08, 0.2)),
    ("half a millimetre", ("length", 0.5, 0.5)),
    ("one centimetre", ("length", 10.0, 10.0)),
    ("a 6-month visit", ("time", 182.625, 182.625)),
    ("half a year", ("time", 182.625, 182.625)),
    ("twice a year", ("time", 182.625, 182.625)),
    ("yearly", ("time", 365.25, 365.25)),
    ("a decade or 10 years", ("time", 3652.5, 3652.5)),
    ("aged 60 to 79", ("age", 60.0, 79.0)),
    ("first published in 1993", ("year", 1993.0, 1993.0)),
    ("1,559 magnetic seeds", ("count", 1559.0, 1559.0)),
    ("forty-two women", ("count", 42.0, 42.0)),
    ("an odds ratio of 1.88", ("number", 1.88, 1.88)),
    ("twice as often", ("number", 2.0, 2.0)),
    ("0.7 mSv", ("radiation", 0.7, 0.7)),
    ("once in fifty cases", ("share", 0.02, 0.02)),
    ("one in fourteen of them", ("share", 1 / 14, 1 / 14)),
    ("1 in 37 women", ("share", 1 / 37, 1 / 37)),
    ("a year and a half", ("time", 547.875, 547.875)),
    ("two years and a half", ("time", 913.125, 913.125)),
    ("two and a half years", ("time", 913.125, 913.125)),
    ("up by about a fifth for each group", ("share", 0.2, 0.2)),
    ("half a percent", ("share", 0.005, 0.005)),
    ("5.8 percent of 202 women", ("share", 0.058, 0.058)),
    ("under a millimetre", ("length", 1.0, 1.0)),
    ("two-yearly", ("time", 730.5, 730.5)),
    ("trebled", ("number", 3.0, 3.0)),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_figure_is_read(reader: Reader, text: str, expected: tuple[str, float, float]) -> None:
    quantity = reader.read(f"It was {text}.").quantities[0]
    assert quantity.dimension == expected[0]
    assert [quantity.low, quantity.high] == pytest.approx(expected[1:], rel=1e-4)


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("about 29%", "about"),
        ("nearly half", "below"),
        ("upwards of nine in ten", "more"),
        ("no more than 5 mm", "at_most"),
        ("not more than 5 mm", "at_most"),
        ("5 or more particles", "at_least"),
        ("under 10 years", "less"),
    ],
)
def test_hedge_is_read(reader: Reader, text: str, hedge: str) -> None:
    assert reader.read(f"It was {text} in all.").quantities[0].hedge == hedge


def test_level_of_an_interval_is_no_figure(reader: Reader) -> None:
    read = reader.read("It was 87% (95% CI 81 to 92).").quantities
    assert [round(quantity.low, 2) for quantity in read if quantity.dimension == "share"] == [0.87]


def test_for_is_not_four(reader: Reader) -> None:
    assert not reader.read("Your team is there for you, to help too.").quantities


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("BI-RADS category 4A or 4B", ["birads-4a", "birads-4b"]),
        ("Birads IV", ["birads-4"]),
        ("a UK score of 3", ["uk-r-3"]),
        ("M5 on the mammogram", ["uk-r-5"]),
        ("B1, B2 or B5", ["b-1", "b-2", "b-5"]),
        ("category 3 and 4 in 10", ["birads-3"]),
    ],
)
def test_category_is_read(reader: Reader, text: str, slugs: list[str]) -> None:
    assert [category.slug for category in reader.read(text).categories] == slugs


@pytest.mark.parametrize(
    ("text", "lows"),
    [
        ("It was 81 percent, without it 38.", [0.81, 0.38]),
        ("The risk fell from 21 to 7 percent.", [0.21, 0.07]),
        ("The score rose from 2.3 to 5.5.", [2.3, 5.5]),
        ("It spanned 10 mm, in the others 6.", [10.0, 6.0]),
        ("Type 5 was seen in 9 percent.", [0.09]),
        ("It rose from 12% at 40 to 46% at 79.", [0.12, 40, 0.46, 79]),
        ("It stands at 81 percent in one, at 38 in the other.", [0.81, 0.38]),
    ],
)
def test_figures_lend_each_other_their_unit(reader: Reader, text: str, lows: list[float]) -> None:
    assert [quantity.low for quantity in reader.read(text).quantities] == pytest.approx(lows)
