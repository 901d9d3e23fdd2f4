"""Honest claims in quite other words are hardly ever accused; of wrong ones a good part is found."""

import pytest
from sqlmodel import Session, select

from api.knowledge.catalogue import load_catalogue
from api.search.index import Index, stored
from api.store.tables import StatementRow
from api.verification.judge import Verdict
from api.verification.verify import Verifier, load_verifier
from tests.claims import Claim, Held, claims, hold, lay, of_facts, tricky

_EVERY, _EVERY_TRICKY, _EVERY_OF_FACTS, _EVERY_LAY = 12, 25, 30, 4
_LEAST_OF_FACTS_FOUND, _MOST_OF_FACTS_ACCUSED = 0.60, 0.08
_LEAST_LAY_FOUND, _MOST_LAY_ACCUSED = 0.80, 0.08
_MOST_TRICKY_ACCUSED, _LEAST_TRICKY_SUPPORTED = 0.10, 0.68
_MOST_ACCUSED, _LEAST_FOUND, _LEAST_SUPPORTED, _MOST_WRONG_SUPPORTED = 0.04, 0.70, 0.80, 0.20


class Holder:
    """The verifier and the index of the release."""

    def __init__(self, verifier: Verifier, index: Index) -> None:
        self._verifier, self._index = verifier, index

    def __call__(self, asked: list[Claim]) -> Held:
        """What comes of some claims."""
        return hold(self._verifier, self._index, asked)


@pytest.fixture(scope="module")
def held_of(release_session: Session) -> Holder:
    """Made once: reading the keys is dear."""
    return Holder(load_verifier(release_session, load_catalogue(release_session)), stored(release_session))


def test_claims_name_statements_that_are_served(release_session: Session) -> None:
    served = set(release_session.exec(select(StatementRow.id)).all())
    assert {claim.breaks for claim in claims() if claim.breaks} <= served


def test_honest_claims_are_told_from_wrong_ones(held_of: Holder) -> None:
    held = held_of([*claims(_EVERY)])
    assert held.share(Verdict.CONTRADICTED, honest=True) <= _MOST_ACCUSED
    assert held.share(Verdict.SUPPORTED, honest=True) >= _LEAST_SUPPORTED
    assert held.share(Verdict.CONTRADICTED, honest=False) >= _LEAST_FOUND
    assert held.share(Verdict.SUPPORTED, honest=False) <= _MOST_WRONG_SUPPORTED


def test_honest_claims_from_the_other_end_are_seldom_accused(held_of: Holder) -> None:
    held = held_of([*tricky(_EVERY_TRICKY)])
    assert held.share(Verdict.CONTRADICTED, honest=True) <= _MOST_TRICKY_ACCUSED
    assert held.share(Verdict.SUPPORTED, honest=True) >= _LEAST_TRICKY_SUPPORTED


def test_wrong_claims_on_facts_are_found(held_of: Holder) -> None:
    held = held_of([*of_facts(_EVERY_OF_FACTS)])
    assert held.share(Verdict.CONTRADICTED, honest=True) <= _MOST_OF_FACTS_ACCUSED
    assert held.share(Verdict.CONTRADICTED, honest=False) >= _LEAST_OF_FACTS_FOUND


def test_what_people_believe_is_told_from_the_truth(held_of: Holder) -> None:
    held = held_of([*lay(_EVERY_LAY)])
    assert held.share(Verdict.CONTRADICTED, honest=True) <= _MOST_LAY_ACCUSED
    assert held.share(Verdict.CONTRADICTED, honest=False) >= _LEAST_LAY_FOUND
