"""Sides, sizes and places, the findings they join, and the steps that come next."""

import pytest

from api.annotation.findings import join_findings
from api.knowledge.references import all_references
from tests.conftest import Client
from tests.unit.annotation.conftest import Reader


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Popcorn calcification right breast, eggshell calcification left breast.", ["right", "left"]),
        ("popcorn calcification right breast eggshell calcification left breast", ["right", "left"]),
        ("Right breast: vascular calcification. Left breast: grouped calcification.", ["right", "left"]),
        ("Left breast is clear. Vascular calcification.", ["left"]),
        ("LUOQ punctate", ["left"]),
        ("Vascular calcs bilat", ["bilateral"]),
        ("Oil cysts in the right breast after reduction mammoplasty.", ["right", "bilateral"]),
        ("Vascular calcification.", [None]),
        ("Renal failure. Vascular calcification right breast.", [None, "right"]),
    ],
)
def test_side(read: Reader, text: str, sides: list[str | None]) -> None:
    found = [item for item in read(text).annotations if item.concept != "calcification"]
    assert [item.laterality for item in found] == sides


def test_size_place_count_and_change(read: Reader) -> None:
    text = "A group of 6 punctate calcifications in the upper outer quadrant at 2 o'clock, 5 x 4 mm, 3 cm from the nipple, new."
    told = read(text).annotations[0].attributes
    assert (told.size_mm, told.clock_face, told.quadrant, told.count, told.change) == (5, 2, "upper-outer", 6, "new")


def test_centimetres_and_dictated_sizes(read: Reader) -> None:
    assert read("Segmental calcifications, 4.2 cm.").annotations[0].attributes.size_mm == 42
    assert read("grouped calcifications measuring eight millimeters").annotations[0].attributes.size_mm == 8


def test_shape_spread_and_side_are_joined(read: Reader, client: Client) -> None:
    with client.app.state.serving.store().session() as session:
        kinds = {slug: reference.kind for slug, reference in all_references(session).items()}
    text = "Grouped amorphous calcifications in the left breast, 8 mm. No pleomorphic calcifications. Vascular calcs right."
    joined = join_findings(read(text).annotations, kinds)
    assert [(item.morphology, item.distribution, item.laterality) for item in joined] == [
        ("amorphous", "grouped", "left"),
        ("vascular", None, "right"),
    ]
    assert joined[0].attributes.size_mm == 8
    template = join_findings(read("Morphology: amorphous. Distribution: grouped. Side: left.").annotations, kinds)
    assert [(item.morphology, item.distribution) for item in template] == [("amorphous", "grouped")]


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Magnification views demonstrate punctate calcifications.", ()),
        ("Recommend magnification views.", ("magnification-views",)),
        ("Mag views L.", ("magnification-views",)),
        ("DBT-guided vacuum-assisted biopsy recommended.", ("vacuum-assisted-biopsy",)),
        ("Biopsy of the group under stereotactic guidance.", ("stereotactic-biopsy",)),
        ("Presents for six-month follow-up.", ()),
        ("Return to annual screening.", ("routine-screening",)),
        ("Bilateral screening mammogram.", ()),
        ("Consider MRI.", ()),
        ("Recall for assessment with magnification views.", ("recall", "magnification-views")),
        ("Compared with 2021, stable.", ()),
        ("Comparison with prior mammograms is requested.", ("compare-prior-images",)),
    ],
)
def test_next_steps(read: Reader, text: str, steps: tuple[str, ...]) -> None:
    assert read(text).recommendations == steps
