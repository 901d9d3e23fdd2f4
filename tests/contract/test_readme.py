"""The README's tour is true."""

import json
import re

import pytest

from tests import tour
from tests.conftest import Client

TEXT = tour.README.read_text(encoding="utf-8")


@pytest.mark.parametrize("step", tour.steps(TEXT), ids=lambda step: step["url"])
def test_tour_answers_are_real(client: Client, step: "re.Match[str]") -> None:
    assert step["shown"] is not None, "run: python -m tests.tour"
    assert step["shown"] == tour.answer(client, step), "run: python -m tests.tour"


def test_tour_is_long_enough() -> None:
    assert len(tour.steps(TEXT)) >= 10


def test_tour_explains_a_report_line_with_statements_that_have_sources(client: Client) -> None:
    (explained,) = [step for step in tour.steps(TEXT) if step["url"] == "/v1/annotate" and "explanation" in step["program"]]
    shown = json.loads(explained["shown"])
    assert shown["finding"]["range"]["estimate_ids"]
    assert len(shown["explained"]) == 2
    for account in shown["explained"]:
        assert account["statement_ids"]
        for statement_id in account["statement_ids"]:
            statement = client.data(f"/v1/statements/{statement_id}")
            assert statement["text"] in account["text"]
            assert statement["citations"]


def test_local_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", TEXT):
        assert (tour.README.parent / target).exists(), target
