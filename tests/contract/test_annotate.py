"""POST /v1/annotate as callers see it: shape, safety of the explanation, bad input, privacy."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Client, StatementCounter

LONGEST = 20_000
LINE = "R br UOQ grp amorph ca++ 8mm, new, 4B, rec stereo bx"


def annotate(client: Client, text: str, **more: Any) -> Any:
    response = client.request("POST", "/v1/annotate", json={"text": text, **more})
    assert response.status_code == 200, response.text
    return response.json()["data"]


def test_shorthand_becomes_a_finding_with_category_step_and_sources(client: Client) -> None:
    data = annotate(client, LINE)
    assert data["assessments"] == ["birads-4b"]
    assert data["recommendations"] == ["stereotactic-biopsy"]
    (finding,) = data["findings"]
    assert (finding["morphology"], finding["distribution"], finding["laterality"]) == ("amorphous", "grouped", "right")
    assert finding["attributes"]["size_mm"] == 8
    assert finding["usual_assessment"]["slug"].startswith("birads-4")
    assert finding["risk_statements"]
    for risk in finding["risk_statements"]:
        figures = client.data(risk["url"])["figures"]
        assert any((f["morphology"], f["distribution"]) == ("amorphous", "grouped") for f in figures)
    assert data["questions_to_ask"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (LINE, ("amorphous", "grouped")),
        ("Amorphous calcifications in the left breast.", ("amorphous", None)),
        ("Segmental calcifications in the left breast.", (None, "segmental")),
        ("Dystrophic calcifications in a segmental distribution.", ("dystrophic", "segmental")),
        ("Possible fine linear branching calcifications.", ("fine-linear-branching", None)),
    ],
)
def test_a_finding_carries_its_place_in_the_matrix(client: Client, text: str, place: tuple[str | None, str | None]) -> None:
    (finding,) = annotate(client, text)["findings"]
    risk = finding["risk"]
    assert (risk["morphology"], risk["distribution"]) == (finding["morphology"], finding["distribution"]) == place
    shown = client.data(risk["url"])
    cells = shown["cells"] if all(place) else shown["margins"]["rows" if place[0] else "columns"]
    (cell,) = [cell for cell in cells if (cell["morphology"], cell["distribution"]) == place]
    for name in ("range", "usual_assessment", "conflict", "reason"):
        assert risk[name] == cell[name]
    assert risk["estimate_ids"] == [item["id"] for item in cell["estimates"]]
    assert bool(risk["estimate_ids"]) == (risk["reason"] is None)
    assert {item["statement_id"] for item in finding["risk_statements"]} == {item["statement_id"] for item in cell["estimates"]}


def test_the_places_of_findings_hold_figures_reasons_and_disagreements(client: Client) -> None:
    texts = ("Grouped amorphous calcifications.", "Fine pleomorphic calcifications.", "Segmental dystrophic calcifications.")
    risks = [annotate(client, text)["findings"][0]["risk"] for text in texts]
    assert risks[0]["range"]
    assert risks[0]["usual_assessment"]
    assert risks[1]["conflict"]
    assert risks[2]["reason"]["text"]


def test_explanation_is_made_of_statements(client: Client) -> None:
    for item in annotate(client, LINE)["explanation"]:
        texts = [client.data(f"/v1/statements/{statement_id}")["text"] for statement_id in item["statement_ids"]]
        assert item["text"] == " ".join(texts)
        assert item["audience"] == "patient"


def test_audience_is_heeded(client: Client) -> None:
    assert {item["audience"] for item in annotate(client, LINE, audience="clinician")["explanation"]} == {"clinician"}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("No evidence of DCIS.", "dcis"),
        ("No suspicious microcalcification.", "microcalcification"),
        ("History of DCIS in 2015.", "dcis"),
        ("Segmental calcifications are no longer seen.", "segmental"),
    ],
)
def test_what_is_denied_or_past_is_never_explained(client: Client, text: str, concept: str) -> None:
    data = annotate(client, text)
    assert concept in {item["concept"]["slug"] for item in data["annotations"]}
    assert concept not in {item["concept"] for item in data["explanation"]}
    assert data["findings"] == []


def test_narrower_concept_explains(client: Client) -> None:
    data = annotate(client, "Oil cyst in the left breast.")
    assert data["annotations"][0]["concept"]["slug"] == "fat-necrosis"
    assert [item["concept"] for item in data["explanation"]] == ["oil-cyst"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": "x" * (LONGEST + 1)},
        {"text": 3},
        {"text": "x", "more": 1},
        {"text": "x", "audience": "all"},
        [],
    ],
)
def test_unusable_bodies_are_refused(client: Client, body: Any) -> None:
    response = client.request("POST", "/v1/annotate", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def test_a_problem_does_not_repeat_the_text(client: Client) -> None:
    response = client.request("POST", "/v1/annotate", json={"text": "Mrs Secret " * 3_000})
    assert "Secret" not in response.text


def test_text_is_not_logged(client: Client, capfd: pytest.CaptureFixture[str]) -> None:
    annotate(client, "Mrs Secret has DCIS.")
    out, err = capfd.readouterr()
    assert "Secret" not in out + err


def test_takes_no_sql_once_the_words_are_in_memory(client: Client, statement_counter: StatementCounter) -> None:
    annotate(client, LINE)
    with statement_counter.counting() as counted:
        annotate(client, LINE)
    assert counted.count == 0


PIECES = st.sampled_from(
    [
        "no ",
        "grouped ",
        "dcis ",
        "?",
        "L ",
        "right ",
        "8 mm ",
        "4b ",
        ". ",
        ", ",
        "\n",
        "birads ",
        "2 ",
        "if ",
        "\0",
        "ca++ ",
        "😀",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(min_size=1, max_size=400), st.lists(PIECES, min_size=1, max_size=60).map("".join)))
def test_any_text_is_read_with_right_offsets(client: Client, text: str) -> None:
    response = client.request("POST", "/v1/annotate", json={"text": text})
    assert response.status_code == 200, response.text
    for item in response.json()["data"]["annotations"]:
        assert text[item["start"] : item["end"]] == item["text"]
        if item["cue"]:
            assert text[item["cue"]["start"] : item["cue"]["end"]] == item["cue"]["text"]


@pytest.mark.parametrize(
    "piece", ["no possible ", "سرطان ", "😀", "\0", "<b>no</b> ", "x", "? ", "\n", "no dcis ", "4b ", "d c i s ", "grouped, "]
)
def test_longest_texts_of_anything_are_read(client: Client, piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    for item in annotate(client, text)["annotations"]:
        assert text[item["start"] : item["end"]] == item["text"]


def test_a_text_that_names_too_much_says_how_far_it_was_read(client: Client) -> None:
    data = annotate(client, "4b " * (LONGEST // 3))
    assert len(data["annotations"]) == 1_200
    assert data["unread_from"] == data["annotations"][-1]["end"] + 1
    assert annotate(client, LINE)["unread_from"] is None


def test_same_text_same_answer(client: Client) -> None:
    one, other = (client.request("POST", "/v1/annotate", json={"text": LINE}) for _ in range(2))
    assert one.content == other.content
