"""Risk estimates and the matrix: every figure is its statement's, nothing is made up, data sets are no risk."""

import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Client

_COPIED = ("measure", "unit", "value", "low", "high", "comparison", "events", "n", "what", "among", "design", "years")


def _all(client: Client, url: str, key: str = "id") -> dict[str, Any]:
    items: dict[str, Any] = {}
    following: str | None = url
    while following:
        body = client.get(following).json()
        items |= {item[key]: item for item in body["data"]}
        following = body["links"].get("next")
    return items


@pytest.fixture(scope="module")
def estimates(client: Client) -> dict[str, Any]:
    return _all(client, "/v1/risk-estimates?limit=200")


@pytest.fixture(scope="module")
def statements(client: Client) -> dict[str, Any]:
    return _all(client, "/v1/statements?limit=200")


@pytest.fixture(scope="module")
def matrix(client: Client) -> Any:
    return client.data("/v1/risk-matrix")


@pytest.fixture(scope="module")
def places(matrix: Any) -> list[Any]:
    return [*matrix["cells"], *matrix["margins"]["rows"], *matrix["margins"]["columns"]]


def test_every_estimate_is_a_figure_of_its_statement(estimates: dict[str, Any], statements: dict[str, Any]) -> None:
    studies = [item for item in estimates.values() if item["kind"] == "study"]
    assert len(studies) >= 480
    for item in studies:
        statement = statements[item["statement_id"]]
        figure = statement["figures"][int(item["id"].rpartition(".")[2]) - 1]
        assert {name: item[name] for name in _COPIED} == {name: figure[name] for name in _COPIED}
        assert [source["id"] for source in item["sources"]] == [c["source"]["id"] for c in statement["citations"]]
        assert [source["locator"] for source in item["sources"]] == [c["locator"] for c in statement["citations"]]
        assert item["concepts"] == statement["concepts"]


def test_every_predictive_value_of_the_release_is_an_estimate(estimates: dict[str, Any], statements: dict[str, Any]) -> None:
    wanted = {
        f"{statement['id']}.{place}"
        for statement in statements.values()
        for place, figure in enumerate(statement["figures"], start=1)
        if figure["measure"] in ("ppv", "upgrade")
    }
    assert wanted <= set(estimates)


def test_counts_and_intervals_agree_with_the_share(estimates: dict[str, Any]) -> None:
    origins: Counter[str] = Counter()
    compared = 0
    for item in estimates.values():
        if item["events"] is not None and item["n"] is not None and item["value"] is not None:
            compared += 1
            assert item["events"] <= item["n"]
            assert item["events"] / item["n"] == pytest.approx(item["value"], abs=0.006), item["id"]
        if interval := item["interval"]:
            origins[interval["origin"]] += 1
            if item["value"] is not None:
                assert interval["low"] - 0.006 <= item["value"] <= interval["high"] + 0.006, item["id"]
    assert compared >= 170
    assert origins["given"] >= 50
    assert origins["wilson"] >= 50


def test_plain_sentences_name_their_denominator(estimates: dict[str, Any]) -> None:
    for item in estimates.values():
        assert item["plain"].endswith(".")
        assert "{" not in item["plain"]
        if item["among"]:
            assert item["among"] in item["plain"]
        if item["measure"] in ("ppv", "upgrade"):
            assert f"of the {item['denominator']} in " in item["plain"], item["id"]
        for population in item["populations"]:
            assert population["note"] in item["plain"]


ABSENCE = re.compile(r"^(no|share without|areas without|lesions without) |negative predictive|missed|spared|\bbenign (result|on)")


def test_absence_is_never_counted_as_cancer(estimates: dict[str, Any]) -> None:
    absent = [item for item in estimates.values() if ABSENCE.search((item["what"] or "").casefold())]
    assert len(absent) >= 5
    assert {item["endpoint"] for item in absent} == {"benign"}


def test_matrix_is_the_whole_grid(matrix: Any, places: list[Any]) -> None:
    pairs = [(cell["morphology"], cell["distribution"]) for cell in matrix["cells"]]
    assert (len(matrix["morphologies"]), len(matrix["distributions"])) == (14, 5)
    assert pairs == [(row, column) for row in matrix["morphologies"] for column in matrix["distributions"]]
    assert [cell["morphology"] for cell in matrix["margins"]["rows"]] == matrix["morphologies"]
    assert [cell["distribution"] for cell in matrix["margins"]["columns"]] == matrix["distributions"]
    for place in places:
        assert bool(place["estimates"]) == (place["reason"] is None)


def test_figures_of_the_matrix_are_the_listed_ones(places: list[Any], estimates: dict[str, Any]) -> None:
    for place in places:
        for item in (*place["estimates"], *place["datasets"]):
            assert item == estimates[item["id"]]
        for item in place["estimates"]:
            assert place["morphology"] in (item["morphologies"] or [None])
            assert place["distribution"] in (item["distributions"] or [None])


def test_every_figure_of_the_matrix_is_its_statements_figure(places: list[Any], statements: dict[str, Any]) -> None:
    compared = 0
    for place in places:
        for item in place["estimates"]:
            figure = statements[item["statement_id"]]["figures"][int(item["id"].rpartition(".")[2]) - 1]
            assert {name: item[name] for name in _COPIED} == {name: figure[name] for name in _COPIED}
            assert figure["morphology"] in (place["morphology"], None) or item["joint"]
            assert figure["distribution"] in (place["distribution"], None) or item["joint"]
            compared += 1
    assert compared >= 80


def test_range_spans_comparable_figures_only(places: list[Any]) -> None:
    ranges = 0
    for place in places:
        held = {item["id"]: item for item in place["estimates"]}
        if place["range"] is None:
            assert not any(item["comparable"] for item in held.values())
            continue
        ranges += 1
        spanned = [held[identifier] for identifier in place["range"]["estimate_ids"]]
        values = [item["value"] for item in spanned]
        assert (place["range"]["low"], place["range"]["high"]) == (min(values), max(values))
        for item in spanned:
            assert (item["kind"], item["measure"], item["endpoint"]) == ("study", "ppv", "malignancy")
            assert "referral-series" not in [population["kind"] for population in item["populations"]]
    assert ranges >= 12


def test_a_figure_stands_once_in_a_place(places: list[Any]) -> None:
    for place in places:
        ids = {item["id"] for item in place["estimates"]}
        for item in place["estimates"]:
            assert not ids & set(item["same_as"])


def test_data_sets_are_marked_and_never_a_risk(client: Client, matrix: Any, places: list[Any]) -> None:
    counted = _all(client, "/v1/risk-estimates?kind=data-set&limit=200")
    assert counted
    for item in counted.values():
        assert item["statement_id"] is None
        assert not item["comparable"]
        assert [population["kind"] for population in item["populations"]] == ["data-set"]
        assert "this data set" in item["plain"]
    for place in places:
        assert all(item["kind"] == "study" for item in place["estimates"])
    (dataset,) = matrix["datasets"]
    assert (dataset["counted"], dataset["license"]) == (1045, "CC BY 3.0")
    overall = counted["cbis-ddsm.any-shape.any-distribution"]
    assert (overall["events"], overall["n"]) == (381, 1045)
    assert (counted["cbis-ddsm.punctate.any-distribution"]["n"], counted["cbis-ddsm.rim.any-distribution"]["events"]) == (134, 0)


def test_usual_category_follows_the_pair_where_a_statement_says_so(matrix: Any, statements: dict[str, Any]) -> None:
    usual = {(cell["morphology"], cell["distribution"]): cell["usual_assessment"] for cell in matrix["cells"]}
    assert usual["amorphous", "grouped"]["slug"] == "birads-4b"
    assert usual["amorphous", "diffuse"]["slug"] == "birads-2"
    assert all(item["statement_id"] in statements for item in usual.values() if item)


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ("measure=upgrade", "measure", "upgrade"),
        ("endpoint=invasive-cancer", "endpoint", "invasive-cancer"),
        ("region=UK", "region", "UK"),
        ("audience=patient", "audience", "patient"),
    ],
)
def test_filters_narrow_the_list(client: Client, query: str, name: str, value: str) -> None:
    found = _all(client, f"/v1/risk-estimates?{query}&limit=200").values()
    assert found
    assert {item[name] for item in found} == {value}


def test_filters_add_up(client: Client) -> None:
    found = client.data(
        "/v1/risk-estimates?morphology=amorphous&distribution=grouped&source=oligane-2018&what=malig&design=stereo"
    )
    assert [item["id"] for item in found] == ["amorphous-24.1", "amorphous-25.1"]
    assert client.data("/v1/risk-estimates?concept=dcis&measure=upgrade")
    listed, without = (len(_all(client, f"/v1/risk-estimates?limit=200{more}")) for more in ("", "&repeats=false"))
    assert without < listed


@pytest.mark.parametrize("query", ["morphology=grouped", "distribution=amorphous", "source=nobody", "measure=x", "concept=zzz"])
def test_unknown_values_are_refused(client: Client, query: str) -> None:
    assert client.get(f"/v1/risk-estimates?{query}").status_code == 422


def test_picture_is_whole_accessible_and_the_same_each_time(client: Client) -> None:
    response = client.get("/v1/risk-matrix.svg", headers={"Accept": "image/svg+xml"})
    assert response.headers["content-type"].startswith("image/svg+xml")
    root = ElementTree.fromstring(response.text)  # noqa: S314  # our own document
    names = {child.tag.rpartition("}")[2]: child.text or "" for child in root}
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title desc"
    assert len(names["title"]) > 20
    assert "Amorphous, grouped: 5–7%" in names["desc"]
    assert root.get("viewBox")
    assert "20" + "26-" not in response.text
    assert client.get("/v1/risk-matrix.svg").text == response.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.text(min_size=1, max_size=40))
def test_any_words_in_filters_are_answered(client: Client, words: str) -> None:
    for name in ("what", "design", "morphology", "source"):
        response = client.request("GET", "/v1/risk-estimates", params={name: words, "limit": 1})
        assert response.status_code in (200, 422)


@pytest.mark.parametrize(("morphology", "distribution"), [("amorphous", "grouped"), ("amorphous", None), (None, "linear")])
def test_matrix_shows_the_places_asked_for(client: Client, matrix: Any, morphology: str | None, distribution: str | None) -> None:
    asked = "&".join(f"{name}={slug}" for name, slug in (("morphology", morphology), ("distribution", distribution)) if slug)
    shown = client.data(f"/v1/risk-matrix?{asked}")
    wanted = [
        cell
        for cell in matrix["cells"]
        if morphology in (None, cell["morphology"]) and distribution in (None, cell["distribution"])
    ]
    assert shown["cells"] == wanted
    assert [row["morphology"] for row in shown["margins"]["rows"]] == ([morphology] if morphology else matrix["morphologies"])
    columns = [column["distribution"] for column in shown["margins"]["columns"]]
    assert columns == ([distribution] if distribution else matrix["distributions"])


@pytest.mark.parametrize("asked", ["morphology=grouped", "distribution=amorphous", "morphology=nobody"])
def test_matrix_refuses_places_it_cannot_have(client: Client, asked: str) -> None:
    assert client.get(f"/v1/risk-matrix?{asked}").status_code == 422
