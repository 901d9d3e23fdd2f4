"""POST /v1/verify: what people believe about breast calcifications, in everyday words, and the truth in like words."""

import pytest

from tests.conftest import Client
from tests.contract.test_verify import verdicts

TWINS = [
    ("Most women with calcifications do not have cancer.", "Most calcifications turn out to be cancer."),
    ("Calcium specks do not turn into cancer.", "Calcifications turn into cancer if they are not removed."),
    ("Men can have breast calcifications too.", "Only women can have breast calcifications."),
    ("Not all calcifications have to be removed.", "All calcifications have to be cut out."),
    ("DCIS does not always turn into invasive cancer.", "DCIS always turns into invasive cancer within a year."),
    ("Gynecomastia is not breast cancer.", "Gynecomastia is breast cancer in men."),
    ("With BI-RADS 3 at most 2 in 100 findings turn out to be cancer.", "BI-RADS 3 means that cancer is likely."),
    ("Nobody needs to fear that a harmless speck will turn into cancer.", "Calcium specks become cancer in time."),
    ("Short-interval follow-up is not asked for after BI-RADS 2.", "BI-RADS 2 stands for short-interval follow-up."),
    ("BI-RADS 4 is suspicious, but the biopsy showed benign tissue.", "BI-RADS 4 stands for a benign finding."),
    (
        "Nobody knows for certain whether hormone tablets cause calcifications.",
        "Hormone tablets definitely cause calcifications.",
    ),
]


@pytest.mark.parametrize(("honest", "wrong"), TWINS)
def test_everyday_claims_are_told_from_their_opposites(client: Client, honest: str, wrong: str) -> None:
    assert verdicts(client, honest) != ["contradicted"]
    assert verdicts(client, wrong) == ["contradicted"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Segmental calcifications are often suspicious.",
        "Benign calcifications need not be removed.",
        "Women are advised not to use deodorant before the mammogram.",
        "Not every microcalcification needs a biopsy.",
        "Breast pain is rarely a sign of cancer.",
        "B5b, unlike B5a, is invasive.",
        "Contrast mammography does not rule out every cancer.",
        "Paget disease should not be mistaken for eczema.",
        "Calcium scattered through both breasts is hardly ever malignant.",
        "Without a biopsy nobody can be sure whether suspicious specks are cancer.",
    ],
)
def test_plain_truths_are_not_accused(client: Client, sentence: str) -> None:
    assert verdicts(client, sentence) != ["contradicted"]
