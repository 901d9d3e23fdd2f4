"""POST /v1/verify: the contract, and the figures reached on the labelled sets."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Client, StatementCounter

DATA = Path(__file__).parent.parent / "data"
MARKERS = "zebrafish-4711"


def verify(client: Client, answer: str, citations: list[str] | None = None) -> Any:
    response = client.request("POST", "/v1/verify", json={"answer": answer, "citations": citations or []})
    assert response.status_code == 200, response.text
    return response.json()["data"]


def verdicts(client: Client, answer: str) -> list[str]:
    return [sentence["verdict"] for sentence in verify(client, answer)["sentences"]]


def test_each_verdict_is_given(client: Client) -> None:
    data = verify(
        client,
        "Hello there! Amorphous calcifications were called indistinct in the earlier lexicon. "
        "BI-RADS 5 means a likelihood of malignancy of 20%. Green tea dissolves microcalcifications.",
    )
    assert [sentence["verdict"] for sentence in data["sentences"]] == [
        "not_checkable",
        "supported",
        "contradicted",
        "unsupported",
    ]
    assert data["sentences"][1]["statement_ids"][0] == "amorphous-03"
    assert data["sentences"][2]["figures"][0]["agree"] is False
    assert data["summary"] == {
        "supported": 1,
        "contradicted": 1,
        "unsupported": 1,
        "not_checkable": 1,
        "grounded": False,
    }


def test_citations_are_checked(client: Client) -> None:
    answer = "Amorphous calcifications were called indistinct in the earlier lexicon."
    data = verify(client, answer, ["amorphous-03", "acr-birads-2013", "rim-01", "amorphous-999", "amorphous-03"])
    assert [(c["id"], c["exists"], c["current"], c["supports"]) for c in data["citations"]] == [
        ("amorphous-03", True, True, [0]),
        ("acr-birads-2013", True, True, [0]),
        ("rim-01", True, True, []),
        ("amorphous-999", False, False, []),
    ]
    assert data["summary"]["grounded"] is False
    assert verify(client, answer, ["amorphous-03"])["summary"]["grounded"] is True


def test_later_sentence_points_back(client: Client) -> None:
    assert verdicts(client, "Fat necrosis is a benign condition. It is a malignant growth.")[1] == "contradicted"


def test_answer_is_the_same_every_time(client: Client) -> None:
    body = {"answer": "A group is at least five particles within 1 cm. UK score 5 means benign."}
    first, second = (client.request("POST", "/v1/verify", json=body).content for _ in range(2))
    assert first == second


def test_no_statement_is_read(client: Client, statement_counter: StatementCounter) -> None:
    verify(client, "Warm up.")
    with statement_counter.counting() as counter:
        verify(client, "Punctate particles are smaller than 0.5 mm.", ["round-02"])
    assert counter.count == 0


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"answer": ""},
        {"answer": "a" * 10_001},
        {"answer": "Fine.", "model": MARKERS},
        {"answer": 7},
        {"answer": "Fine.", "citations": [""]},
        {"answer": "Fine.", "citations": ["x"] * 101},
    ],
)
def test_unusable_body_is_a_problem(client: Client, body: dict[str, Any]) -> None:
    response = client.request("POST", "/v1/verify", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert MARKERS not in response.text


def test_unknown_parameter_is_refused(client: Client) -> None:
    assert client.request("POST", "/v1/verify?lang=en", json={"answer": "Fine."}).status_code == 422


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=st.text(min_size=1, max_size=600))
def test_any_text_is_answered_with_right_offsets(client: Client, answer: str) -> None:
    response = client.request(
        "POST", "/v1/verify", content=json.dumps({"answer": answer}), headers={"content-type": "application/json"}
    )
    if response.status_code == 422:
        return
    assert response.status_code == 200
    for sentence in response.json()["data"]["sentences"]:
        assert answer[sentence["start"] : sentence["end"]] == sentence["text"]


@pytest.mark.parametrize(
    "unit", ["1", "a", "1 in ", "not ", "BI-RADS 4A, ", "1.5% to ", "(", "of 10, ", "calcification ", "half a ", "\n", "...", "é"]
)
def test_long_monotony_is_answered(client: Client, unit: str) -> None:
    answer = (unit * 10_000)[:10_000]
    for sentence in verify(client, answer)["sentences"]:
        assert answer[sentence["start"] : sentence["end"]] == sentence["text"]


def score(client: Client, name: str) -> tuple[dict[str, tuple[float, float]], int]:
    """Precision and recall for each verdict, and how many supported sentences were accused."""
    pairs: Counter[tuple[str, str | None]] = Counter()
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        said = verify(client, row["answer"])["sentences"]
        for gold in row["sentences"]:
            best = max(said, key=lambda item: min(item["end"], gold["end"]) - max(item["start"], gold["start"]))
            pairs[gold["verdict"], best["verdict"]] += 1
    figures = {}
    for verdict in ("supported", "contradicted", "unsupported", "not_checkable"):
        right = pairs[verdict, verdict]
        given_count = sum(count for (_, said), count in pairs.items() if said == verdict)
        gold_count = sum(count for (wanted, _), count in pairs.items() if wanted == verdict)
        # the precision of a verdict a set never labels says nothing
        figures[verdict] = (right / given_count, right / gold_count) if given_count and gold_count else (1.0, 1.0)
    return figures, pairs["supported", "contradicted"]


@pytest.mark.parametrize(
    ("name", "contradicted", "supported_recall", "accused"),
    [
        ("verify.dev.jsonl", (0.95, 0.90), 0.92, 0),
        ("verify.own.jsonl", (0.95, 0.90), 0.95, 0),
        ("verify.holdout.jsonl", (0.95, 0.90), 0.90, 0),
        ("verify.fresh.jsonl", (0.92, 0.70), 0.92, 0),
        ("verify.tune.jsonl", (0.95, 0.81), 0.95, 0),
        ("verify.measure.jsonl", (0.95, 0.78), 0.93, 0),
        ("verify.a.jsonl", (0.93, 0.58), 0.80, 0),
        ("verify.b.jsonl", (0.90, 0.58), 0.82, 1),
        ("verify.newest.jsonl", (0.95, 0.58), 0.83, 0),
    ],
)
def test_reached_figures_are_kept(
    client: Client, name: str, contradicted: tuple[float, float], supported_recall: float, accused: int
) -> None:
    figures, wrongly = score(client, name)
    assert wrongly <= accused
    assert figures["contradicted"][0] >= contradicted[0]
    assert figures["contradicted"][1] >= contradicted[1]
    assert figures["supported"][1] >= supported_recall
    assert figures["not_checkable"][0] >= 0.95
