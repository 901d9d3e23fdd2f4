"""Codes and terms: every code of the DICOM groups resolves, owners' terms are kept, systems can be switched off."""

import json
from collections import Counter
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from api.settings import Settings
from tests.conftest import ROOT, Client, client_for

GROUPS: list[dict[str, Any]] = [
    json.loads(line) for line in (ROOT / "tests/data/context_groups.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_every_code_of_the_context_groups_resolves(client: Client) -> None:
    assert {item["cid"] for item in GROUPS} == {6002, 6003, 6010, 6011, 6012, 6013, 6026, 6027, 6028, 6029}
    for item in GROUPS:
        (found,) = client.data(f"/v1/codes?system={item['system']}&code={item['code']}")
        assert found["concepts"], item
        assert item["cid"] in found["context_groups"]
        if legacy := item.get("legacy"):
            (old,) = client.data(f"/v1/codes?system=SRT&code={legacy}")
            assert [c["slug"] for c in old["concepts"]] == [c["slug"] for c in found["concepts"]]


def test_context_group_lists_its_codes(client: Client) -> None:
    sizes = Counter(item["cid"] for item in GROUPS if item["system"] != "SRT")
    for cid, size in sizes.items():
        listed = client.data(f"/v1/codes?context_group={cid}&limit=200")
        assert len([code for code in listed if code["system"]["id"] != "SRT"]) == size


@pytest.mark.parametrize("system", ["SCT", "sct", "http://snomed.info/sct", "http://snomed.info/sct/", "SNOMED CT", "SNOMED"])
def test_system_is_known_by_name_and_address(client: Client, system: str) -> None:
    (found,) = client.request("GET", "/v1/codes", params={"system": system, "code": "129766004"}).json()["data"]
    assert found["concepts"][0]["slug"] == "grouped"
    assert found["concepts"][0]["equivalence"] == "equivalent"


def test_several_codes_at_once_keep_their_order(client: Client) -> None:
    found = client.data("/v1/codes?code=111344,129766004,nobody,F-0176C")
    assert [item["code"] for item in found] == ["111344", "129766004", "F-0176C"]


def test_system_and_code_may_be_joined_by_a_bar(client: Client) -> None:
    asked = {"code": "http://snomed.info/sct|129766004,DCM|111344,LOINC|111344"}
    found = client.request("GET", "/v1/codes", params=asked).json()["data"]
    assert [(item["system"]["id"], item["code"]) for item in found] == [("SCT", "129766004"), ("DCM", "111344")]


def test_unknown_code_answers_an_empty_list(client: Client) -> None:
    assert client.data("/v1/codes?code=0000") == []


def test_unknown_system_is_refused_with_the_known_ones(client: Client) -> None:
    response = client.get("/v1/codes?system=CPT&code=77065")
    assert response.status_code == 422
    assert "SCT" in response.json()["hint"]


def test_owners_words_are_shown_only_where_allowed(client: Client) -> None:
    body = client.get("/v1/codes?limit=200").json()
    assert body["meta"]["page"]["total"] >= 450
    for item in body["data"]:
        assert item["system"]["notice"]
        assert item["display_is_owners"] is False or item["system"]["use"] == "code-and-display"
    assert not {item["system"]["id"] for item in body["data"]} & {"UMLS", "CPT"}


def test_cards_carry_codes_best_first_without_legacy_ones(client: Client) -> None:
    codes = client.data("/v1/distributions/grouped")["codes"]
    assert codes[0]["equivalence"] == "equivalent"
    assert ("SCT", "129766004") in [(code["system"], code["code"]) for code in codes]
    assert "SRT" not in {code["system"] for code in codes}
    assert all(code["notice"] for code in codes)
    assert client.data("/v1/conditions/dcis")["codes"]


@pytest.mark.parametrize(("wanted", "systems"), [("none", set()), ("DCM, LOINC", {"DCM", "LOINC"})])
def test_systems_can_be_switched_off(
    portal: BlockingPortal, settings: Settings, client: Client, wanted: str, systems: set[str]
) -> None:
    with client_for(portal, settings.model_copy(update={"code_systems": wanted})) as other:
        assert {item["system"]["id"] for item in other.data("/v1/codes?limit=200")} == systems
        assert {code["system"] for code in other.data("/v1/subtypes/fine-pleomorphic")["codes"]} <= systems
        assert other.get("/v1/codes?system=SCT").status_code == 422
        tags = [c.get("/v1/subtypes/amorphous").headers["etag"] for c in (other, client)]
        assert tags[0] != tags[1]


def test_resolve_tells_concept_and_reason(client: Client) -> None:
    found = client.data("/v1/resolve?term=ROUND_AND_REGULAR-LUCENT_CENTERED")
    assert [(item["slug"], item["matched"]) for item in found] == [("round", "ROUND_AND_REGULAR"), ("rim", "LUCENT_CENTERED")]
    assert all(item["why"] and item["url"].startswith("/v1/subtypes/") for item in found)


def test_foreign_terms_resolve_to_an_empty_list(client: Client) -> None:
    assert client.data("/v1/resolve?term=carotid+calcification") == []


@pytest.mark.parametrize("query", ["", "?term=", "?term=x&extra=1", f"?term={'a' * 301}"])
def test_unusable_terms_are_refused(client: Client, query: str) -> None:
    assert client.get(f"/v1/resolve{query}").status_code == 422


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.text(min_size=1, max_size=300))
def test_any_text_is_answered(client: Client, words: str) -> None:
    assert client.request("GET", "/v1/resolve", params={"term": words}).status_code == 200
    for name in ("code", "system"):
        assert client.request("GET", "/v1/codes", params={name: words[:200]}).status_code in (200, 422)
