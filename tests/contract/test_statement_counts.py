"""Every route takes a fixed number of SQL statements, whatever it returns, once the total of its list is known."""

import json

import pytest

from tests.conftest import ROOT, Client, StatementCounter

COUNTS = [
    ("/v1/types", 8),
    ("/v1/types/microcalcification", 13),
    ("/v1/types/microcalcification/subtypes", 9),
    ("/v1/subtypes?limit=1", 8),
    ("/v1/subtypes?limit=200", 8),
    ("/v1/subtypes?suspicion=suspicious&condition=dcis", 9),
    ("/v1/subtypes/fine-pleomorphic", 13),
    ("/v1/subtypes/fine-pleomorphic?include=statements,questions", 13),
    ("/v1/subtypes/suture", 13),
    ("/v1/subtypes/dystrophic/conditions", 9),
    ("/v1/subtypes/amorphous/guidance", 9),
    ("/v1/distributions", 8),
    ("/v1/distributions/segmental", 13),
    ("/v1/conditions?limit=1", 8),
    ("/v1/conditions?limit=200", 8),
    ("/v1/conditions/dcis", 13),
    ("/v1/guidance?limit=200", 8),
    ("/v1/guidance/breast-biopsy", 13),
    ("/v1/assessments", 8),
    ("/v1/assessments/birads-4b", 13),
    ("/v1/assessments/birads-3/guidance", 9),
    ("/v1/questions?limit=1", 11),
    ("/v1/questions?limit=200", 11),
    ("/v1/concepts?limit=1", 8),
    ("/v1/concepts?limit=200", 8),
    ("/v1/concepts/calcification", 13),
    ("/v1/statements?limit=1", 6),
    ("/v1/statements?limit=200", 6),
    ("/v1/statements/amorphous-01", 6),
    ("/v1/sources?limit=1", 1),
    ("/v1/sources?limit=200", 1),
    ("/v1/sources/oligane-2018", 1),
    ("/v1/codes?limit=1", 1),
    ("/v1/codes?limit=200", 1),
    ("/v1/resolve?term=amorphous", 3),
    ("/v1/risk-estimates?limit=1", 8),
    ("/v1/risk-estimates?limit=200", 8),
    ("/v1/releases", 0),
    ("/v1/releases/current", 0),
    ("/v1/search?q=popcorn", 13),
    ("/v1/suggest?q=pop", 3),
    ("/v1/releases/2026.11.0", 0),
    ("/v1/changes?since=2026.11.0", 0),
    ("/v1/export.csv", 0),
    ("/health/live", 0),
    ("/health/ready", 0),
]


@pytest.mark.parametrize(("url", "expected"), COUNTS, ids=[url for url, _ in COUNTS])
def test_statements_of_route(uncached: Client, statement_counter: StatementCounter, url: str, expected: int) -> None:
    assert uncached.get(url).status_code == 200
    with statement_counter.counting() as counter:
        assert uncached.get(url).status_code == 200
    assert counter.count == expected


def test_repeat_visit_takes_no_statement(uncached: Client, statement_counter: StatementCounter) -> None:
    tag = uncached.get("/v1/subtypes/amorphous").headers["etag"]
    with statement_counter.counting() as counter:
        assert uncached.get("/v1/subtypes/amorphous", headers={"If-None-Match": tag}).status_code == 304
    assert counter.count == 0


MISSING = [
    ("/v1/subtypes/fine-pleomorphc", 5),
    ("/v1/concepts/popcorn", 5),
    ("/v1/questions/should-i-stop", 3),
    ("/v1/sources/oligane", 3),
    ("/v1/statements/amorphous-99", 3),
]


@pytest.mark.parametrize(("url", "expected"), MISSING, ids=[url for url, _ in MISSING])
def test_statements_of_what_is_missing(uncached: Client, statement_counter: StatementCounter, url: str, expected: int) -> None:
    with statement_counter.counting() as counter:
        answer = uncached.get(url)
    assert answer.status_code == 404
    assert "Did you mean" in answer.json()["hint"]
    assert counter.count == expected


IN_MEMORY = ["/v1/risk-matrix", "/v1/risk-matrix.svg"]


@pytest.mark.parametrize("url", IN_MEMORY)
def test_parts_in_memory_are_read_once(uncached: Client, statement_counter: StatementCounter, url: str) -> None:
    uncached.get(url)
    with statement_counter.counting() as counter:
        assert uncached.get(url).status_code == 200
    assert counter.count == 0


READING = [
    ("/v1/ground", "question", "questions.harder.jsonl", "question", 21),
    ("/v1/verify", "answer", "verify.own.jsonl", "answer", 20),
    ("/v1/annotate", "text", "report_lines_hard.jsonl", "text", 12),
]


@pytest.mark.parametrize(("url", "member", "name", "given", "most"), READING, ids=[url for url, *_ in READING])
def test_reading_a_text_takes_few_statements(
    uncached: Client, statement_counter: StatementCounter, url: str, member: str, name: str, given: str, most: int
) -> None:
    lines = (ROOT / "tests" / "data" / name).read_text(encoding="utf-8").splitlines()[:40]
    taken = []
    for line in lines:
        with statement_counter.counting() as counter:
            assert uncached.request("POST", url, json={member: json.loads(line)[given]}).status_code == 200
        taken.append(counter.count)
    assert max(taken) <= most, taken
