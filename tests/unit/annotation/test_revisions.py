"""What a report takes back, ticks off, makes depend on something, or gives a newer category for."""

import pytest

from tests.unit.annotation.conftest import Reader

CASES = [
    # boxes and short answers of templates
    ("Calcifications: [ ] round [x] amorphous", "round", "negated"),
    ("Calcifications: [ ] round [x] amorphous", "amorphous", "affirmed"),
    ("Calcifications\nvascular ☐ segmental ☑", "vascular", "negated"),
    ("Calcifications\nvascular ☐ segmental ☑", "segmental", "affirmed"),
    ("Grouped: N\nVascular calcifications: Y", "grouped", "negated"),
    ("Grouped: N\nVascular calcifications: Y", "vascular", "affirmed"),
    ("Grouped calcifications: no change", "grouped", "affirmed"),
    # taken back while dictating
    ("calcs by rads four b scratch that by rads four a", "birads-4b", "negated"),
    ("calcs by rads four b scratch that by rads four a", "birads-4a", "affirmed"),
    ("The final category is 4A, not 4C.", "birads-4c", "negated"),
    # superseded
    ("BI-RADS 0. Addendum: priors reviewed. BI-RADS 2.", "birads-0", "historical"),
    ("BI-RADS 3 in January, now BI-RADS 4A.", "birads-3", "historical"),
    ("Left: BI-RADS 2. Right: BI-RADS 4A.", "birads-2", "affirmed"),
    ("Addendum 3/4/24: category 4A.", "birads-4a", "affirmed"),
    # conditions
    ("If it shows DCIS, excision is the next step.", "dcis", "uncertain"),
    ("Should the core show atypia, surgical excision would be considered.", "surgical-excision", "uncertain"),
    ("recheck in six months if they increase then stereo biopsy", "short-interval-follow-up", "affirmed"),
    ("recheck in six months if they increase then stereo biopsy", "stereotactic-biopsy", "uncertain"),
    # comparison is no doubt, and a dated sentence is past
    ("Grouped calcs new vs 2021.", "grouped", "affirmed"),
    ("In 2021 she had a stereotactic biopsy.", "stereotactic-biopsy", "historical"),
    ("amorphous calcs new since last year stereotactic biopsy", "stereotactic-biopsy", "affirmed"),
    ("status post lumpectomy fat necrosis with rim calcifications", "fat-necrosis", "affirmed"),
    ("calcifications likely DCIS", "dcis", "uncertain"),
]


@pytest.mark.parametrize(("text", "concept", "status"), CASES)
def test_status(read: Reader, text: str, concept: str, status: str) -> None:
    assert [item.status for item in read(text).annotations if item.concept == concept] == [status]


@pytest.mark.parametrize(
    "text",
    [
        "Popcorn calcification in the right lung base.",
        "Heavily calcified thyroid nodule.",
        "Comparison: none available.",
        "Seen in clinic 4A.",
        "R1 margin elsewhere.",
    ],
)
def test_what_is_not_ours_is_left_out(read: Reader, text: str) -> None:
    assert read(text).annotations == ()


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("segment all calcifications", "segmental"),
        ("coarse hetero jenius calcs", "coarse-heterogeneous"),
        ("fat neck roses", "fat-necrosis"),
        ("play a more fick calcifications", "fine-pleomorphic"),
    ],
)
def test_names_are_known_by_their_sound(read: Reader, text: str, concept: str) -> None:
    (found,) = [item for item in read(text).annotations if item.concept == concept]
    assert text[found.span.start : found.span.end] == found.span.text


@pytest.mark.parametrize("text", ["on a lateral view", "and are not seen", "the entry note is there", "in my vision"])
def test_ordinary_words_sound_like_nothing_of_ours(read: Reader, text: str) -> None:
    assert read(text).annotations == ()
