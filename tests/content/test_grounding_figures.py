"""The figures reached on the question sets do not sink: the development set and ten sets written before they were tried."""

import pytest
from sqlmodel import Session

from api.grounding.ground import Grounding, ground
from api.grounding.select import Wish
from api.vocabulary import Audience
from tests.conftest import ROOT
from tests.scoring import Figures, score

DATA = ROOT / "tests" / "data"
LEAST = [
    ("dev", Figures(recall=0.97, hit=0.94, precision=0.76, refused=0.98, wrongly_refused=0.015)),
    ("own", Figures(recall=0.98, hit=0.97, precision=0.84, refused=0.98, wrongly_refused=0.015)),
    ("blind", Figures(recall=0.96, hit=0.97, precision=0.83, refused=0.98, wrongly_refused=0.03)),
    ("late", Figures(recall=0.97, hit=0.96, precision=0.84, refused=0.97, wrongly_refused=0.02)),
    ("last", Figures(recall=0.97, hit=0.96, precision=0.77, refused=0.97, wrongly_refused=0.02)),
    ("fresh", Figures(recall=0.97, hit=0.96, precision=0.74, refused=0.97, wrongly_refused=0.02)),
    ("unseen", Figures(recall=0.96, hit=0.95, precision=0.75, refused=0.95, wrongly_refused=0.02)),
    ("newest", Figures(recall=0.97, hit=0.92, precision=0.74, refused=0.95, wrongly_refused=0.02)),
    ("spring", Figures(recall=0.95, hit=0.95, precision=0.75, refused=0.93, wrongly_refused=0.02)),
    ("lines", Figures(recall=0.89, hit=0.71, precision=0.52, refused=0.60, wrongly_refused=0.05)),
    ("harder", Figures(recall=0.97, hit=0.94, precision=0.74, refused=0.97, wrongly_refused=0.02)),
]


@pytest.mark.parametrize(("name", "least"), LEAST, ids=[name for name, _ in LEAST])
def test_figures_of_question_set(grounding: Grounding, release_session: Session, name: str, least: Figures) -> None:
    wish = Wish(Audience.PATIENT, None, 5)
    reached = score(DATA / f"questions.{name}.jsonl", lambda question: ground(grounding, release_session, question, wish))
    assert reached.recall >= least.recall, reached
    assert reached.hit >= least.hit, reached
    assert reached.precision >= least.precision, reached
    assert reached.refused >= least.refused, reached
    assert reached.wrongly_refused <= least.wrongly_refused, reached
