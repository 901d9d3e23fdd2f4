"""POST /v1/verify reads past slips of the hand and the ear, and tells what it read."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from api.search.index import stored
from api.store.tables import StatementRow
from api.verification.mending import MOST_MENDED, Affixes, Mender
from tests.claims import claims
from tests.conftest import Client
from tests.slips.kinds import slipped_sentence

_EVERY, _LEAST_ALIKE = 60, 0.85


def check(client: Client, answer: str) -> list[dict[str, Any]]:
    response = client.request("POST", "/v1/verify", json={"answer": answer})
    assert response.status_code == 200, response.text
    sentences: list[dict[str, Any]] = response.json()["data"]["sentences"]
    return sentences


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("Amorphus calcificatons were caled indistinct in the earlyer lexikon.", "supported"),
        ("Amorphous calci fications were called indistinct in the ear lier lexicon.", "supported"),
        ("Fat necrosis is a malignent condision.", "contradicted"),
        ("Fat necro sis is a benign condition.", "supported"),
        ("BI-RADS 5 means a liklihood of malignency of 20%.", "contradicted"),
    ],
)
def test_slips_are_read_past(client: Client, answer: str, verdict: str) -> None:
    (sentence,) = check(client, answer)
    assert sentence["verdict"] == verdict
    assert sentence["text"] == answer
    assert sentence["corrections"] or "BI-RADS" in answer


def test_what_was_read_is_told(client: Client) -> None:
    (sentence,) = check(client, "Fat necro sis is a malignent condition.")
    assert sentence["corrections"] == [
        {"typed": "necro sis", "meant": "necrosis"},
        {"typed": "malignent", "meant": "malignant"},
    ]


def test_figures_are_quoted_as_they_were_written(client: Client) -> None:
    answer = "Amorphos calcifications: in the pooled data abuot 21 pecent of them were malignent."
    (sentence,) = check(client, answer)
    assert sentence["figures"]
    for figure in sentence["figures"]:
        assert figure["said"] in answer


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("Screening mammography is meant for asymptomatic people.", "asymptomatic"),
        ("My neighbour's cabbage leaves and a crude old saucepan were underwired.", "crude"),
    ],
)
def test_a_word_is_not_read_as_its_opposite_or_another(client: Client, answer: str, kept: str) -> None:
    (sentence,) = check(client, answer)
    assert all(kept not in correction["typed"] for correction in sentence["corrections"])


def test_no_word_of_ours_is_read_as_another(release_session: Session) -> None:
    texts = list(release_session.exec(select(StatementRow.text)))
    mended = Mender(stored(release_session), Affixes((), ())).mended(texts)
    assert [(text.text, text.corrections) for text in mended if text.corrections] == []


@pytest.mark.parametrize("kind", ["keys", "ear", "spaces"])
def test_slips_seldom_change_a_verdict(client: Client, kind: str) -> None:
    asked = [claim.text for claim in claims(_EVERY)]
    alike = [check(client, text)[0]["verdict"] == check(client, slipped_sentence(text, kind, 3))[0]["verdict"] for text in asked]
    assert sum(alike) / len(alike) >= _LEAST_ALIKE


@given(answer=st.text(st.sampled_from("abcdein rstcalifo-‑.,%5 \n’ßé0"), min_size=1, max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_written_keeps_its_places(client: Client, answer: str) -> None:
    for sentence in check(client, answer):
        assert answer[sentence["start"] : sentence["end"]] == sentence["text"]
        for correction in sentence["corrections"]:
            assert correction["typed"] in sentence["text"]
        for figure in sentence["figures"]:
            assert figure["said"] in sentence["text"]


def test_few_words_of_an_answer_are_mended(client: Client) -> None:
    sentences = check(client, "Amorphos calcificatons mamografy malignent. " * 200)
    typed = [correction for sentence in sentences for correction in sentence["corrections"]]
    assert 0 < len(typed) <= MOST_MENDED
