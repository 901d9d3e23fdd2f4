"""Cards: what an app needs for one screen in one request, honest about doubt, narrowed by audience, region and fields."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from api.settings import Settings
from api.store.releases import current, publish
from api.vocabulary import Aspect
from tests.conftest import Client, client_for

NOUNS = ("types", "subtypes", "distributions", "conditions", "guidance", "assessments")


@pytest.fixture(scope="module")
def cards(client: Client) -> dict[str, Any]:
    """Every card with its statements, by address."""
    urls = [item["url"] for noun in NOUNS for item in client.data(f"/v1/{noun}?limit=200")]
    return {url: client.data(f"{url}?include=statements") for url in urls}


def test_every_sentence_of_a_card_is_a_statement(cards: dict[str, Any]) -> None:
    for url, card in cards.items():
        texts = {statement["id"]: statement["text"] for statement in card["statements"]}
        for passage in card["summary"]:
            assert passage["text"] == " ".join(texts[i] for i in passage["statement_ids"]), url
        for module in card["modules"]:
            for line in module["statements"]:
                assert texts[line["id"]] == line["text"]


def test_every_statement_is_traced_to_a_source(cards: dict[str, Any]) -> None:
    for card in cards.values():
        for statement in card["statements"]:
            assert statement["citations"]
            for citation in statement["citations"]:
                assert citation["locator"]
                assert citation["source"]["title"]


def test_companions_and_rival_readings_travel_along(cards: dict[str, Any]) -> None:
    for url, card in cards.items():
        ids = {statement["id"] for statement in card["statements"]}
        for module in card["modules"]:
            for line in module["statements"]:
                assert set(line["show_with"]) <= ids, (url, line["id"])
        own = {line["id"] for module in card["modules"] for line in module["statements"]}
        for statement in card["statements"]:
            if statement["id"] in own:
                for conflict in statement["conflicts"]:
                    assert set(conflict["statement_ids"]) <= ids, (url, statement["id"])


def test_fine_pleomorphic_tells_all_the_base_holds(client: Client) -> None:
    card = client.data("/v1/subtypes/fine-pleomorphic?include=statements")
    listed = {item["id"] for item in client.data("/v1/statements?concept=fine-pleomorphic&limit=200")}
    assert listed <= {statement["id"] for statement in card["statements"]}
    aspects = {(module["audience"], module["aspect"]) for module in card["modules"]}
    assert {("patient", "appearance"), ("patient", "risk"), ("clinician", "risk"), ("clinician", "definition")} <= aspects
    assert card["usual_assessment"]["slug"] == "birads-4b"
    assert len(card["risk_estimates"]) >= 5
    assert card["suspicion"] == "suspicious"


def test_modules_follow_the_reading_order(cards: dict[str, Any]) -> None:
    order = list(Aspect)
    for card in cards.values():
        for audience in ("patient", "clinician"):
            aspects = [order.index(Aspect(m["aspect"])) for m in card["modules"] if m["audience"] == audience]
            assert aspects == sorted(aspects)


def test_audience_narrows_everything(client: Client) -> None:
    card = client.data("/v1/subtypes/amorphous?audience=patient&include=statements")
    assert {module["audience"] for module in card["modules"]} == {"patient"}
    assert {statement["audience"] for statement in card["statements"]} == {"patient"}
    assert [passage["audience"] for passage in card["summary"]] == ["patient"]


def test_region_leaves_out_other_countries(client: Client) -> None:
    card = client.data("/v1/guidance/timing-targets?region=UK&include=statements")
    assert {statement["region"] for statement in card["statements"]} <= {None, "UK"}
    regions = {s["region"] for s in client.data("/v1/guidance/timing-targets?include=statements")["statements"]}
    assert {"US", "UK"} <= regions


def test_founding_claims_are_marked_and_never_alone(client: Client) -> None:
    claims = client.data("/v1/statements?basis=founding-document&limit=200")
    assert len(claims) >= 15
    for claim in claims:
        assert claim["audience"] == "clinician"
        assert claim["show_with"] or claim["conflicts"], claim["id"]


def test_fields_choose_members(client: Client) -> None:
    assert set(client.data("/v1/subtypes/amorphous?fields=name,summary")) == {"name", "summary"}
    assert set(client.data("/v1/subtypes/amorphous?fields=name&include=questions")) == {"name", "questions"}
    assert set(client.data("/v1/conditions?fields=slug&limit=1")[0]) == {"slug"}


def test_what_was_not_asked_for_is_absent(client: Client) -> None:
    card = client.data("/v1/subtypes/amorphous")
    assert not {"statements", "questions"} & set(card)
    assert "size_mm" in card


def test_founding_and_lexicon_names_lead_to_each_other(client: Client) -> None:
    founding = client.data("/v1/subtypes/linear-or-rod-like")
    narrower = {link["slug"] for link in founding["narrower"]}
    assert {"large-rod-like", "fine-linear-branching"} <= narrower
    assert founding["suspicion"] is None
    broader = {link["slug"] for link in client.data("/v1/subtypes/large-rod-like")["broader"]}
    assert "linear-or-rod-like" in broader


def test_no_clinician_has_reviewed_and_every_answer_says_so(client: Client) -> None:
    body = client.get("/v1/conditions/dcis").json()
    assert body["data"]["review"]["status"] == "not-reviewed"
    assert "No clinician has reviewed" in body["meta"]["notice"]


def test_concept_and_noun_tell_the_same(client: Client) -> None:
    noun = client.data("/v1/conditions/fat-necrosis")
    concept = client.data("/v1/concepts/fat-necrosis")
    for member in ("name", "summary", "modules", "labels", "review", "questions_to_ask"):
        assert noun[member] == concept[member]


@pytest.fixture
def moved(portal: BlockingPortal, settings: Settings, tmp_path: Path) -> Iterator[Client]:
    """A client for the real release with a renamed slug and a retired one."""
    draft = tmp_path / "draft.sqlite"
    shutil.copy(current(settings.data_dir), draft)
    with closing(sqlite3.connect(draft)) as database, database:
        rows = [("benign-dots", 900, "punctate", None), ("old-word", 901, None, "The term is no longer used.")]
        database.executemany("INSERT INTO moved_slug (slug, position, now_slug, reason) VALUES (?, ?, ?, ?)", rows)
    publish(tmp_path, draft, "2026.11.0", "0" * 64)
    with client_for(portal, settings.model_copy(update={"data_dir": tmp_path})) as client:
        yield client


def test_moved_slugs_redirect_and_retired_ones_are_gone(moved: Client) -> None:
    answer = moved.get("/v1/subtypes/benign-dots?audience=patient")
    assert (answer.status_code, answer.headers["location"]) == (308, "/v1/subtypes/punctate?audience=patient")
    for noun in ("subtypes", "questions", "sources"):
        gone = moved.get(f"/v1/{noun}/old-word")
        assert (gone.status_code, gone.json()["code"]) == (410, "retired")
        assert "no longer used" in gone.json()["detail"]
    assert moved.get("/v1/questions/benign-dots").status_code == 404
    named = moved.get("/v1/statements?concept=benign-dots")
    assert (named.status_code, named.json()["hint"]) == (422, "Ask for 'punctate'.")
