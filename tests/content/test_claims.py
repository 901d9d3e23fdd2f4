"""Honest claims in quite other words are hardly ever accused; of wrong ones a good part is found."""

from sqlmodel import Session, select

from api.knowledge.catalogue import load_catalogue
from api.search.index import stored
from api.store.tables import StatementRow
from api.verification.judge import Verdict
from api.verification.verify import load_verifier
from tests.claims import claims, hold, of_facts, tricky

_EVERY, _EVERY_TRICKY, _EVERY_OF_FACTS = 12, 15, 20
_LEAST_OF_FACTS_FOUND, _MOST_OF_FACTS_ACCUSED = 0.55, 0.10
_MOST_TRICKY_ACCUSED, _LEAST_TRICKY_SUPPORTED = 0.10, 0.68
_MOST_ACCUSED, _LEAST_FOUND, _LEAST_SUPPORTED, _MOST_WRONG_SUPPORTED = 0.04, 0.62, 0.80, 0.22


def test_claims_name_statements_that_are_served(release_session: Session) -> None:
    served = set(release_session.exec(select(StatementRow.id)).all())
    assert {claim.breaks for claim in claims() if claim.breaks} <= served


def test_honest_claims_are_told_from_wrong_ones(release_session: Session) -> None:
    verifier = load_verifier(release_session, load_catalogue(release_session))
    held = hold(verifier, stored(release_session), claims(_EVERY))
    assert held.share(Verdict.CONTRADICTED, honest=True) <= _MOST_ACCUSED
    assert held.share(Verdict.SUPPORTED, honest=True) >= _LEAST_SUPPORTED
    assert held.share(Verdict.CONTRADICTED, honest=False) >= _LEAST_FOUND
    assert held.share(Verdict.SUPPORTED, honest=False) <= _MOST_WRONG_SUPPORTED


def test_honest_claims_from_the_other_end_are_seldom_accused(release_session: Session) -> None:
    verifier = load_verifier(release_session, load_catalogue(release_session))
    held = hold(verifier, stored(release_session), tricky(_EVERY_TRICKY))
    assert held.share(Verdict.CONTRADICTED, honest=True) <= _MOST_TRICKY_ACCUSED
    assert held.share(Verdict.SUPPORTED, honest=True) >= _LEAST_TRICKY_SUPPORTED


def test_wrong_claims_on_facts_are_found(release_session: Session) -> None:
    verifier = load_verifier(release_session, load_catalogue(release_session))
    held = hold(verifier, stored(release_session), of_facts(_EVERY_OF_FACTS))
    assert held.share(Verdict.CONTRADICTED, honest=True) <= _MOST_OF_FACTS_ACCUSED
    assert held.share(Verdict.CONTRADICTED, honest=False) >= _LEAST_OF_FACTS_FOUND
