"""How well reports are read: the development set, and sets of our own, measured before any rule was tuned on them.

The figures are defined in `figures` below; the floors lie a little under what is reached, so that a slip shows.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from api.annotation.read import ReadReport, read_report
from api.annotation.wording import load_wording
from api.search.index import stored
from tests.conftest import ROOT, Client

FLOORS = {
    "reports.dev.jsonl": {"f1": 0.98, "status": 0.98, "negated": 1, "laterality": 0.98, "assessment": 0.99, "steps": 0.97},
    "report_lines.jsonl": {"f1": 0.98, "status": 0.98, "negated": 1, "laterality": 0.98, "assessment": 0.99, "steps": 0.97},
    "report_lines_hard.jsonl": {"f1": 0.98, "status": 0.97, "negated": 1, "laterality": 0.97, "assessment": 0.98, "steps": 0.95},
    "report_lines_late.jsonl": {"f1": 0.98, "status": 0.97, "negated": 1, "laterality": 0.97, "assessment": 0.98, "steps": 0.95},
    "report_lines_spoken.jsonl": {
        "f1": 0.97,
        "status": 0.95,
        "negated": 0.85,
        "laterality": 0.98,
        "assessment": 0.93,
        "steps": 0.85,
    },
    "report_lines_third.jsonl": {
        "f1": 0.97,
        "status": 0.97,
        "negated": 0.85,
        "laterality": 0.96,
        "assessment": 0.97,
        "steps": 0.88,
    },
    "report_lines_unseen_a.jsonl": {"f1": 0.98, "status": 0.99, "negated": 1, "laterality": 0.97, "assessment": 1, "steps": 0.97},
    "report_lines_unseen_b.jsonl": {
        "f1": 0.98,
        "status": 0.98,
        "negated": 0.96,
        "laterality": 0.97,
        "assessment": 1,
        "steps": 0.95,
    },
}
GRADES = ("birads-", "uk-r")


def figures(rows: list[dict[str, Any]], read: Callable[[str], ReadReport]) -> dict[str, float]:
    right = wrong = missed = same = unsafe = 0
    negated, sides, finals, steps = [], [], [], []
    for row in rows:
        report = read(row["text"])
        free = list(report.annotations)
        for gold in row["gold"]:
            names = {gold["concept"], *gold.get("accept", [])}
            match = next((a for a in free if a.concept in names and _overlap(a.span.start, a.span.end, gold)), None)
            if match:
                free.remove(match)
            right, missed = right + (match is not None), missed + (match is None)
            agreed = match is not None and match.status == gold["status"]
            same += agreed
            if gold["status"] == "negated":
                negated.append(agreed)
                unsafe += match is not None and match.status == "affirmed"
            if match and gold["laterality"] and not gold["concept"].startswith(GRADES):
                sides.append(match.laterality == gold["laterality"])
        loose = row.get("ungraded", [])
        wrong += sum(not any(_overlap(a.span.start, a.span.end, other) for other in loose) for a in free)
        finals.append(set(report.assessments) == {grade for grade in (row["birads"], row["uk_score"]) if grade})
        steps.append(set(report.recommendations) == set(row["recommendation"]))
    return {
        "f1": 2 * right / (2 * right + wrong + missed),
        "status": same / right,
        "negated": sum(negated) / len(negated),
        "unsafe": unsafe,
        "laterality": sum(sides) / len(sides),
        "assessment": sum(finals) / len(finals),
        "steps": sum(steps) / len(steps),
    }


def _overlap(start: int, end: int, other: dict[str, Any]) -> bool:
    return bool(start < other["end"] and other["start"] < end)


@pytest.mark.parametrize("name", FLOORS)
def test_reading_stays_as_good_as_it_is(client: Client, release_session: Session, name: str) -> None:
    wording = client.app.state.serving.store().part(load_wording)
    lines = (ROOT / "tests" / "data" / name).read_text(encoding="utf-8").splitlines()
    reached = figures([json.loads(line) for line in lines], lambda text: read_report(text, wording, stored(release_session)))
    assert reached["unsafe"] == 0
    assert {figure: value for figure, value in reached.items() if value < FLOORS[name].get(figure, 0)} == {}
