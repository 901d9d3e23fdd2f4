"""Plain sentences: exact rounding, the denominator named, nothing rounded away."""

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.evidence.plain import plain_text, share_in_words
from api.evidence.wording import Wording
from api.knowledge.views import Figure


def figure(**values: object) -> Figure:
    parts: dict[str, object] = dict.fromkeys(Figure.__dataclass_fields__)
    return Figure(**{**parts, "measure": "ppv", "unit": "proportion", **values})  # type: ignore[arg-type]  # test values


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"value": 0.07, "events": 25, "n": 356}, "about 7 in 100"),
        ({"value": 0.105}, "about 11 in 100"),
        ({"value": 0.105, "events": 52, "n": 497}, "about 10 in 100"),
        ({"value": 0.25, "events": 9, "n": 36}, "25 in 100"),
        ({"value": 0.005}, "about 5 in 1,000"),
        ({"value": 0.0004}, "about 4 in 10,000"),
        ({"value": 0.998}, "about 998 in 1,000"),
        ({"value": 0.0, "events": 0, "n": 97}, "none"),
        ({"value": 1.0}, "all"),
        ({"low": 0.05, "high": 0.07}, "about 5 to 7 in 100"),
        ({"low": 0.003, "high": 0.006}, "about 3 to 6 in 1,000"),
        ({"low": 0.0, "high": 0.019}, "about 0 to 2 in 100"),
        ({"value": 0.15, "comparison": "less-than"}, "fewer than 15 in 100"),
        ({"value": 0.1, "comparison": "more-than"}, "more than 10 in 100"),
        ({"low": 0.95, "high": 1.0, "comparison": "at-least"}, "at least 95 in 100"),
        ({"high": 0.95}, "at most 95 in 100"),
        ({"value": 14.2, "unit": "per-1000"}, "about 1 in 100"),
    ],
)
def test_share_in_words(wording: Wording, values: dict[str, object], said: str) -> None:
    assert share_in_words(figure(**values), wording.phrases) == said


@pytest.mark.parametrize(
    ("among", "noun"),
    [
        ("solitary groups of amorphous calcifications at stereotactic biopsy", "groups of specks"),
        ("amorphous calcifications, cohort A of 556 women", "areas"),
        ("women with biopsied BI-RADS 4 or 5 calcifications", "women"),
        ("patients with sedimented calcium in cysts", "patients"),
        ("mammograms scored M3, symptomatic patients", "mammograms"),
        ("something nobody foresaw", "cases"),
        (None, "cases"),
    ],
)
def test_denominator_is_the_noun_that_stands_first(wording: Wording, among: str | None, noun: str) -> None:
    assert wording.denominator(among) == noun


def test_people_have_cancer_and_areas_are_cancer(wording: Wording) -> None:
    of_women = plain_text(figure(value=0.2, what="malignant", among="women biopsied"), wording, (), "one_study")
    of_areas = plain_text(figure(value=0.2, what="malignant", among="lesions biopsied"), wording, (), "one_study")
    assert of_women.startswith("About 20 in 100 of the women in this study turned out to have cancer.")
    assert of_areas.startswith("About 20 in 100 of the areas in this study turned out to be cancer.")


def test_populations_that_are_not_general_say_so(wording: Wording) -> None:
    (population,) = wording.populations("ppv", ("chula-suspicious",), "calcifications")
    said = plain_text(figure(value=0.9, what="malignant", among="calcifications"), wording, (population,), "one_study")
    assert population.kind == "referral-series"
    assert said.endswith(population.note)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 4).flatmap(lambda places: st.integers(1, 10**places - 1).map(lambda n: (n, places))))
def test_shares_are_never_rounded_away(wording: Wording, parts: tuple[int, int]) -> None:
    share = Decimal(parts[0]) / 10 ** parts[1]
    said = share_in_words(figure(value=float(share)), wording.phrases)
    number, base = (int(part.replace(",", "")) for part in re.findall(r"[\d,]+", said))
    assert 0 < number < base
    assert number == int((share * base).quantize(Decimal(1), rounding=ROUND_HALF_UP))
