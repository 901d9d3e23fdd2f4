"""Selection is diverse, keeps to the reader and the budget; confidence is honest on the development set."""

import json

import pytest
from sqlmodel import Session, select

from api.grounding.context import cost
from api.grounding.ground import Grounding, ground
from api.grounding.passages import load_shelf
from api.grounding.select import Wish
from api.grounding.tokens import estimate
from api.knowledge.statements import load_statements
from api.search.index import stored
from api.store.tables import ConceptRow, StatementRow
from api.vocabulary import Audience, Region
from tests.conftest import ROOT

DEV = ROOT / "tests" / "data" / "questions.dev.jsonl"


def test_no_statement_is_told_twice(grounding: Grounding, release_session: Session) -> None:
    chosen = ground(
        grounding, release_session, "amorphous calcifications cancer risk biopsy", Wish(Audience.PATIENT, None, 20)
    ).passages
    told = [statement.id for item in chosen for statement in item.statements]
    assert len(told) == len(set(told))


def test_every_named_concept_has_a_passage(grounding: Grounding, release_session: Session) -> None:
    chosen = ground(
        grounding, release_session, "grouped amorphous calcifications, BI-RADS 4B", Wish(Audience.PATIENT, None, 5)
    ).passages
    assert {"grouped", "amorphous", "birads-4b"} <= {slug for item in chosen for slug in item.concepts[:3]}


def test_companions_travel_with_their_statement(release_session: Session) -> None:
    slugs = release_session.exec(select(ConceptRow.slug)).all()
    candidates = load_shelf(stored(release_session), slugs).candidates.values()
    statements = {statement.id: statement for statement in load_statements(release_session, select(StatementRow.id))}
    assert {item.id for item in candidates} >= statements.keys()
    for candidate in candidates:
        together = [statements[name] for name in candidate.statement_ids]
        assert all(companion in candidate.statement_ids for statement in together for companion in statement.show_with)
        assert all(statement.citations for statement in together)
        assert candidate.tokens == cost(together)


@pytest.mark.parametrize("most", [1, 3, 8])
def test_passages_fit_the_budget(grounding: Grounding, release_session: Session, most: int) -> None:
    wish = Wish(Audience.PATIENT, None, most, max_tokens=250)
    chosen = ground(grounding, release_session, "what happens at a stereotactic biopsy", wish).passages
    assert len(chosen) <= most
    assert sum(cost(item.statements) for item in chosen) <= 250


def test_founding_claims_do_not_lead(grounding: Grounding, release_session: Session) -> None:
    for question in (
        "what are pleomorphic microcalcifications",
        "round or punctate",
        "branching calcification",
        "linear or rod-like",
    ):
        chosen = ground(grounding, release_session, question, Wish(Audience.CLINICIAN, None, 5)).passages
        assert not chosen[0].candidate.founding


def test_other_regions_are_left_out(grounding: Grounding, release_session: Session) -> None:
    chosen = ground(grounding, release_session, "how often should I be screened", Wish(Audience.PATIENT, Region.US, 10)).passages
    assert all(item.candidate.regions <= {Region.US} for item in chosen)


def test_confidence_is_honest_on_the_development_set(grounding: Grounding, release_session: Session) -> None:
    errors, answered = [], []
    for line in DEV.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        outcome = ground(grounding, release_session, row["question"], Wish(Audience.PATIENT, None, 5))
        right = outcome.refusal is not None if not row["relevant"] else bool(outcome.passages)
        if row["relevant"] and outcome.passages:
            right = outcome.passages[0].concepts[0] in row["relevant"]
            answered.append(outcome.confidence)
        errors.append((outcome.confidence - right) ** 2)
    assert sum(errors) / len(errors) < 0.1
    assert 0.7 < sum(answered) / len(answered) < 0.97


@pytest.mark.parametrize(("text", "tokens"), [("", 0), ("cats", 1), ("calcification", 4), ("a b", 2), ("25%", 3)])
def test_estimate_errs_on_the_high_side(text: str, tokens: int) -> None:
    assert estimate(text) == tokens
