"""POST /v1/verify: what is looked at once nothing else speaks against a sentence, and honest sentences in like words."""

import pytest

from tests.conftest import Client
from tests.contract.test_verify import verdicts

WRONG = {
    "the truth put aside": [
        "Dermal calcifications lie deep in the milk ducts rather than in the skin.",
        "The layer of the breast artery that calcifies is the intima, not the media.",
        "Parasitic breast calcification is mainly the remains of tapeworms rather than filariae.",
        "British women with a breast change should turn to a dermatologist rather than to their GP.",
    ],
    "another sort of thing": [
        "Fibroadenomas are a low-grade form of breast cancer that arises from fat cells.",
        "Fibroadenomatoid hyperplasia is a frequent and aggressive breast malignancy.",
        "Fibroadenolipoma is a malignant tumour that invades the neighbouring breast tissue.",
        "Calcium left by an old breast infection is dangerous.",
        "Sclerosing adenosis is an aggressive cancer of the lobules.",
    ],
    "no exception where some are told": [
        "Practically every benign biopsy shows atypical hyperplasia.",
        "All women who are called back have cancer.",
        "In most cases a mucus-filled spot in the breast is cancer.",
    ],
    "another unit": [
        "The radiology review sets the lower limit for a macrocalcification at about 2 cm.",
        "Microinvasion means that the cancer has broken out of the duct by up to 1 cm.",
        "The US rule in force since September 2024 gives suspicious results 7 months to reach the patient.",
        "The first B3 consensus asked for imaging over 5 weeks after vacuum removal.",
        "The comparison of BI-RADS editions drew on 4,690 proven cases.",
    ],
}

HONEST = [
    "Dermal calcifications lie in the skin rather than in the milk ducts.",
    "The layer of the breast artery that calcifies is the media, not the intima.",
    "Fibroadenomas are not a form of breast cancer.",
    "A radial scar can be a sign of cancer nearby.",
    "Fine linear branching specks are often a sign of cancer.",
    "DCIS is a very early cancer.",
    "Calcium in the breast sometimes comes from an infection the woman had in the past.",
    "Microinvasion means that the cancer has broken out of the duct by no more than 1 mm.",
    "A US facility has 7 days to send a suspicious result.",
    "No work-up is required for skin calcium that has been shown to lie in the skin.",
    "The NCI lists swollen or scaly skin among the signs that need a check, not only lumps.",
]


@pytest.mark.parametrize("sentence", [sentence for sentences in WRONG.values() for sentence in sentences])
def test_wrong_at_a_second_look(client: Client, sentence: str) -> None:
    assert verdicts(client, sentence) == ["contradicted"]


@pytest.mark.parametrize("sentence", HONEST)
def test_honest_sentences_in_like_words_are_not_accused(client: Client, sentence: str) -> None:
    assert verdicts(client, sentence) != ["contradicted"]
