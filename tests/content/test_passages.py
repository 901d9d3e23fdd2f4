"""Of a concept that very many passages are about, those of the best standing are kept, not the first ones."""

import json

import pytest
from sqlmodel import Session

from api.grounding import candidates
from api.grounding.candidates import passage_entries
from api.knowledge.catalogue import load_catalogue

_MOST = 5
_STANDING, _FOUNDING, _IN_SUMMARY = 7, 8, 9


def test_the_passages_of_the_best_standing_are_kept(release_session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = load_catalogue(release_session)
    every = {key: json.loads(data) for key, data in passage_entries(release_session, catalogue)}
    monkeypatch.setattr(candidates, "_MOST_HEADED", _MOST)
    kept = {key: json.loads(data) for key, data in passage_entries(release_session, catalogue)}
    assert kept.keys() == every.keys()
    cut = {key for key, held in every.items() if len(held) > _MOST}
    assert len(cut) > 10
    for key, held in every.items():
        best = sorted(held, key=lambda told: (told[_FOUNDING], -told[_STANDING], not told[_IN_SUMMARY]))[:_MOST]
        assert kept[key] == (best if key in cut else held)
