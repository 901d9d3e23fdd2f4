"""Polarity is the heart of this room: one line a rule, each with the concept asked about and the status it must have."""

import pytest

from tests.unit.annotation.conftest import Reader

CASES = [
    # denial, and the lists under it
    ("No suspicious calcifications.", "microcalcification", "negated"),
    ("No mass, microcalcification or distortion.", "microcalcification", "negated"),
    ("No suspicious masses, calcifications, or areas of distortion.", "microcalcification", "negated"),
    ("No grouped, linear, or segmental calcifications.", "segmental", "negated"),
    ("Calcifications have neither a segmental nor a linear distribution.", "linear", "negated"),
    ("Negative for DCIS or invasive ductal carcinoma.", "invasive-ductal-carcinoma", "negated"),
    ("Vascular rather than fine linear calcifications.", "fine-linear-branching", "negated"),
    ("Calcifications are not pleomorphic but round.", "fine-pleomorphic", "negated"),
    ("Paget disease was excluded.", "paget-disease", "negated"),
    ("Grouped calcifications have resolved.", "grouped", "negated"),
    ("No calcifications suspicious for DCIS.", "dcis", "negated"),
    ("There is no reason to suspect DCIS.", "dcis", "negated"),
    ("The patient declined stereotactic biopsy.", "stereotactic-biopsy", "negated"),
    ("MRI is not indicated.", "breast-mri", "negated"),
    # what a denial does not reach
    ("Calcifications are not pleomorphic but round.", "round", "affirmed"),
    ("No change in the grouped calcifications.", "grouped", "affirmed"),
    ("Not only grouped but also segmental calcifications.", "grouped", "affirmed"),
    ("No mass. Grouped calcifications.", "grouped", "affirmed"),
    ("no dominant mass scattered vascular calcifications both breasts", "vascular", "affirmed"),
    ("No suspicious calcifications in the right breast; segmental calcs on the left.", "segmental", "affirmed"),
    ("Biopsy of the grouped calcifications is not recommended.", "grouped", "affirmed"),
    ("no suspicious calcifications bi rads two", "birads-2", "affirmed"),
    ("No enhancement corresponding to the grouped calcifications.", "grouped", "affirmed"),
    (
        "no suspicious mass or calcification right breast left breast shows popcorn calcification in fibroadenoma",
        "fibroadenoma",
        "affirmed",
    ),
    # doubt
    ("Possible grouped calcifications.", "grouped", "uncertain"),
    ("Calcifications suspicious for DCIS.", "dcis", "uncertain"),
    ("DCIS cannot be excluded.", "dcis", "uncertain"),
    ("DCIS is not ruled out.", "dcis", "uncertain"),
    ("Absence of enhancement does not exclude DCIS.", "dcis", "uncertain"),
    ("Differential includes fibroadenoma, fat necrosis and DCIS.", "dcis", "uncertain"),
    ("papilloma versus fibroadenoma", "papilloma", "uncertain"),
    ("calcs, ?DCIS", "dcis", "uncertain"),
    ("Doubt DCIS.", "dcis", "uncertain"),
    ("Findings are benign, although sclerosing adenosis is possible.", "sclerosing-adenosis", "uncertain"),
    ("If calcifications increase, stereotactic biopsy may be considered.", "stereotactic-biopsy", "uncertain"),
    ("New calcification adjacent to the scar ?recurrence.", "local-recurrence", "uncertain"),
    # firm in spite of hedging words nearby
    ("Consistent with fat necrosis.", "fat-necrosis", "affirmed"),
    ("Suspicious calcifications, biopsy-proven DCIS.", "dcis", "affirmed"),
    ("Grouped calcifications suspicious for DCIS.", "grouped", "affirmed"),
    # past
    ("History of DCIS.", "dcis", "historical"),
    ("LCIS diagnosed 2016 left.", "lobular-neoplasia", "historical"),
    ("s/p lumpectomy", "breast-surgery", "historical"),
    ("Post-surgical change in the right breast.", "breast-surgery", "affirmed"),
    ("Wide local excision offered.", "surgical-excision", "affirmed"),
    ("Stereotactic biopsy 03/2022 yielded atypical ductal hyperplasia.", "stereotactic-biopsy", "historical"),
    ("Stereotactic biopsy 03/2022 yielded atypical ductal hyperplasia.", "atypical-ductal-hyperplasia", "historical"),
    ("Stereo core biopsy performed today.", "stereotactic-biopsy", "affirmed"),
    ("Fat necrosis, stable since 2019.", "fat-necrosis", "affirmed"),
    ("Previously BI-RADS 3.", "birads-3", "historical"),
]


@pytest.mark.parametrize(("text", "concept", "status"), CASES, ids=[f"{text[:50]} {concept}" for text, concept, _ in CASES])
def test_status(read: Reader, text: str, concept: str, status: str) -> None:
    assert {item.status for item in read(text).annotations if item.concept == concept} == {status}


def test_cue_is_told_with_its_place(read: Reader) -> None:
    text = "There is no evidence of DCIS."
    (item,) = read(text).annotations
    assert item.cue is not None
    assert text[item.cue.start : item.cue.end] == item.cue.text == "no evidence of"


def test_two_categories_are_settled_by_the_more_serious_in_force(read: Reader) -> None:
    assert read("Right: BI-RADS 2. Left: BI-RADS 4A.").assessments == ("birads-4a",)
    assert read("BI-RADS 4A last year, downgraded to BI-RADS 2.").assessments == ("birads-2",)


@pytest.mark.parametrize(
    "text",
    [
        "Coronary artery calcification.",
        "On a calcium channel blocker; takes calcium citrate.",
        "Calcified axillary lymph nodes and costochondral calcification.",
        "P2, U3, B3, B5a. Density c. Lung-RADS 4B.",
        "Kidney stones. Thyroid microcalcifications.",
    ],
)
def test_what_is_not_ours_is_left_out(read: Reader, text: str) -> None:
    assert read(text).annotations == ()
