"""POST /v1/verify: warning signs and appointments waved away, and sentences in like words that warn."""

import pytest

from tests.conftest import Client
from tests.contract.test_verify import verdicts

WAVED = {
    "may be neglected": [
        "A new lump can be ignored if the mammogram was normal.",
        "A nipple rash that does not heal may be ignored once the mammogram is clear.",
        "A newly felt lump can safely wait until your next screening appointment comes around.",
        "Men noticing a nipple change are advised to wait a year before showing the change to a doctor.",
    ],
    "needs no attention": [
        "A nipple that has turned inwards needs no check as long as the mammogram shows only typical rods.",
        "Bloody fluid from the nipple is no reason to visit a doctor.",
        "You only have to see a doctor about a lump if it hurts.",
        "With a UK score of 1 on file, a new breast lump does not need to be seen by a doctor.",
        "If the biopsied spot turns red and hot, a doctor need not be involved.",
    ],
    "an appointment skipped": [
        "The first follow-up visit after a BI-RADS 3 result can safely be skipped.",
        "Readers of the founding text are told that recommended tests may be skipped.",
        "Just ignore the recall letter if you feel well.",
        "Skip the six-month check.",
        "It is fine to miss the follow-up mammogram when you feel healthy.",
        "You should ignore the lump.",
        "Women should cancel the biopsy appointment if they feel well.",
    ],
}

HEEDED = [
    "A mammogram may miss a lump in dense tissue.",
    "If your breast gets red and hot after a biopsy, do not ignore it.",
    "If you missed the six-month visit, make a new appointment.",
    "Skin calcifications can be left alone.",
    "A new lump should never be ignored, even if the mammogram was normal.",
    "There is no need to wait for the next screening to have a new lump checked.",
    "A clear mammogram is no reason to put off seeing a doctor about a new lump.",
    "Skipping follow-up mammograms is not a good idea.",
    "Lipomas are fatty lumps, and when some of that fat gets injured, calcium can be left behind.",
    "Slight bruising after a breast biopsy can be left alone.",
    "If settled calcium shows its usual change and there is no lump, no extra check-ups are needed.",
]


@pytest.mark.parametrize("sentence", [sentence for sentences in WAVED.values() for sentence in sentences])
def test_what_is_waved_away_is_contradicted(client: Client, sentence: str) -> None:
    assert verdicts(client, sentence) == ["contradicted"]


@pytest.mark.parametrize("sentence", HEEDED)
def test_sentences_that_warn_are_not_accused(client: Client, sentence: str) -> None:
    assert verdicts(client, sentence) != ["contradicted"]
