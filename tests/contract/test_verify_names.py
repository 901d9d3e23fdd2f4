"""POST /v1/verify: sentences that speak of names and sorts honestly are not accused, however the names stand in them."""

import pytest

from tests.conftest import Client
from tests.contract.test_verify import verdicts

HONEST = [
    "Segmental is not another name for regional.",
    "Eggshell was an earlier name for rim, not for popcorn.",
    "Eggshell and lucent-centered are older names for rim.",
    "Casting is the older word for fine linear branching.",
    "Casting, the older word for fine linear branching, is a shape.",
    "Pleomorphic is an older name for fine pleomorphic.",
    "Fine linear is a particle shape and does not describe how calcifications are arranged.",
    "In fine linear calcification, linear is the shape of the particle.",
    "In older studies linear was a morphology.",
    "Segmental is a triangular shape of specks.",
    "Clustered is not a shape.",
    "Dystrophic calcifications are now called coarse in v2025.",
    "Punctate specks became coarse over the years.",
    "Coarse calcification is another name for popcorn-like calcification.",
    "Plasma cell mastitis is another name for duct ectasia.",
    "Eggshell is now a lay name.",
    "In the 4th edition clustered was the current name.",
]

WRONG = [
    "Clustered is the current name for that pattern.",
    "Skin specks were once known as teacup calcifications, and regional is a synonym of segmental.",
    "What is now called rim was formerly known as milk of calcium.",
    "Popcorn-like and coarse were the names formerly given to rim calcification.",
    "Casting describes how specks are spread over a larger area, not their shape.",
    "Distributions such as amorphous and fine pleomorphic are suspicious.",
]


@pytest.mark.parametrize("sentence", HONEST)
def test_honest_names_are_not_accused(client: Client, sentence: str) -> None:
    assert verdicts(client, sentence) != ["contradicted"]


@pytest.mark.parametrize("sentence", WRONG)
def test_wrong_names_are_found(client: Client, sentence: str) -> None:
    assert verdicts(client, sentence) == ["contradicted"]
