"""POST /v1/verify: one honest and one wrong sentence of each kind of claim that has a rule of its own."""

import pytest

from tests.conftest import Client
from tests.contract.test_verify import verdicts

TWINS = [
    (
        "the rest of the whole",
        "In the year 2018-19 some 91.6 percent of the 40,037 English screening core biopsies were not B3.",
        "In the year 2018-19 some 91.6 percent of the 40,037 English screening core biopsies were B3.",
    ),
    (
        "the rest of the whole, bounded",
        "More than 99% of all breast tumors are something other than hemangioma.",
        "More than 99% of all breast tumors are hemangioma.",
    ),
    (
        "compared from the other end",
        "Diagnostic vacuum biopsy takes less tissue than vacuum-assisted excision.",
        "Vacuum-assisted excision takes less tissue than diagnostic vacuum biopsy.",
    ),
    (
        "rarity",
        "Large specks are almost never cancer.",
        "Large specks are almost always cancer.",
    ),
    (
        "a denial that turns the place",
        "DCIS has not spread outside the milk ducts.",
        "DCIS has spread outside the milk ducts.",
    ),
    (
        "nature of a shape",
        "Fine linear branching calcifications are suspicious.",
        "Fine linear branching calcifications are harmless.",
    ),
    ("form of cancer", "Gynecomastia is not cancer.", "Gynecomastia is a form of breast cancer."),
    (
        "warning sign",
        "A new lump should not be ignored, even if the mammogram was normal.",
        "A new lump can be ignored if the mammogram was normal.",
    ),
    (
        "rank",
        "Fine linear branching calcifications are more often malignant than amorphous ones.",
        "Amorphous calcifications are more often malignant than fine linear branching ones.",
    ),
    (
        "band",
        "BI-RADS category 4B stands for more than 10 and up to 50 percent.",
        "BI-RADS category 4B stands for more than 10 and up to 30 percent.",
    ),
    (
        "order",
        "European experts prefer a needle biopsy to an operation for finding out what an area is.",
        "European experts prefer an operation to a needle biopsy for finding out what an area is.",
    ),
    (
        "exception",
        "A mammogram with no specks does not fully rule out cancer left after surgery.",
        "A mammogram without specks fully rules out cancer left after surgery.",
    ),
    (
        "categories apart",
        "B5a is in situ disease and B5b is invasive cancer.",
        "B5a is invasive cancer and B5b is in situ disease.",
    ),
    (
        "effect of a medicine",
        "Hormone therapy makes the breasts denser, so cancers are harder to see on a mammogram.",
        "Hormone therapy makes the breasts less dense, so cancers are easier to see on a mammogram.",
    ),
    (
        "likeness",
        "Imaging cannot tell a radial scar from invasive cancer.",
        "Imaging can always tell a radial scar from invasive cancer.",
    ),
    (
        "share of the missed",
        "Wires missed the target more often than magnetic seeds did.",
        "Magnetic seeds missed the target more often than wires did.",
    ),
    (
        "with and without",
        "Cores with calcifications gave a diagnosis more often than cores without them.",
        "Cores without calcifications gave a diagnosis more often than cores with calcifications.",
    ),
    (
        "denied property",
        "Calcium is laid down on catgut suture material in irradiated breasts.",
        "Suture calcium is laid down on steel wire, never on catgut.",
    ),
    (
        "another name",
        "Another name for diffuse distribution is scattered.",
        "Another name for diffuse distribution is segmental.",
    ),
    ("former name", "Amorphous particles were formerly called indistinct.", "Amorphous particles were formerly called eggshell."),
    (
        "renamed",
        "The older word 'indistinct' was renamed 'amorphous' in the 5th edition.",
        "The older word 'indistinct' was renamed 'fine pleomorphic' in the 5th edition.",
    ),
    (
        "order of names",
        'In the 5th edition the term "clustered" gave way to the newer word "grouped".',
        'In the 5th edition the term "grouped" gave way to the newer word "clustered".',
    ),
    ("current name", "Rim is the modern word for eggshell calcification.", "Eggshell is the modern word for rim calcification."),
    ("name of a condition", "DCIS is also called intraductal carcinoma.", "DCIS is also called a radial scar."),
    (
        "name with a description",
        "The term for a round calcification below half a millimetre is punctate.",
        "The term for a round calcification below half a millimetre is amorphous.",
    ),
    ("sort of a shape", "Punctate is a shape and not a distribution.", "Punctate is a distribution and not a shape."),
    (
        "sort of an arrangement",
        "Linear is a distribution and does not describe the shape of particles.",
        "Linear is a particle shape and does not describe how calcifications are arranged.",
    ),
    (
        "sorts in a list",
        "The distributions in BI-RADS include diffuse, grouped and segmental.",
        "The distributions in BI-RADS include amorphous, punctate and rim.",
    ),
    (
        "listed as",
        "The lexicon classifies segmental as a distribution.",
        "The lexicon classifies segmental as a morphology.",
    ),
    (
        "advice",
        "Leave off deodorant on the day of a mammogram.",
        "Deodorant should be used on the day of a mammogram.",
    ),
    (
        "denial beside a figure",
        "Among lesions called 4A, amorphous regional calcifications were malignant in 6.8%.",
        "Among lesions called 4A, amorphous regional calcifications were not malignant in 6.8%.",
    ),
    (
        "band in other words",
        "BI-RADS 4A: low suspicion: more than 2% and up to 10%.",
        "BI-RADS 4A: low suspicion: more than 5% and up to 20%.",
    ),
]


@pytest.mark.parametrize(("kind", "honest", "wrong"), TWINS, ids=[kind for kind, *_ in TWINS])
def test_twins_are_told_apart(client: Client, kind: str, honest: str, wrong: str) -> None:
    assert verdicts(client, honest) != ["contradicted"], kind
    assert verdicts(client, wrong) == ["contradicted"], kind


def test_quoted_statement_is_supported(client: Client) -> None:
    assert verdicts(client, "Amorphous calcifications were called indistinct in the earlier lexicon.") == ["supported"]
