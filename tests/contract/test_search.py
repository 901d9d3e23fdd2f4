"""GET /v1/search and /v1/suggest: exact names first, true counts, one order whatever the page, marks that fit."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Client, StatementCounter


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("amorphous", "amorphous"),
        ("BI-RADS 4B", "birads-4b"),
        ("milk of calcium", "milk-of-calcium"),
        ("crushed stone calcification", "fine-pleomorphic"),
        ("popcorn calcifcation", "coarse-popcorn-like"),
        ("grains of salt on the mammogram", "microcalcification"),
        ("DCIS", "dcis"),
        ("localization wire", "wire-localisation"),
        ("gynaecomastia", "gynecomastia"),
        ("railway tracks", "vascular"),
        ("Mikrokalk", "microcalcification"),
    ],
)
def test_words_of_every_sort_find_the_concept_first(client: Client, typed: str, slug: str) -> None:
    assert client.get("/v1/search", params={"q": typed}).json()["data"]["hits"][0]["id"] == slug


def test_order_does_not_depend_on_the_page(client: Client) -> None:
    whole = client.get("/v1/search?q=biopsy+of+calcifications&limit=200").json()
    ids = [hit["id"] for hit in whole["data"]["hits"]]
    url: str | None = "/v1/search?q=biopsy+of+calcifications&limit=7"
    paged: list[str] = []
    while url and len(paged) < len(ids):
        page = client.get(url).json()
        assert page["meta"]["page"]["total"] == whole["meta"]["page"]["total"]
        paged += [hit["id"] for hit in page["data"]["hits"]]
        url = page["links"].get("next")
    assert paged[: len(ids)] == ids


def test_facets_are_true_counts(client: Client) -> None:
    counts = {facet["kind"]: facet["count"] for facet in client.data("/v1/search?q=fat+necrosis&limit=1")["facets"]}
    for kind, count in counts.items():
        answer = client.get(f"/v1/search?q=fat+necrosis&kind={kind}&limit=200").json()
        assert answer["meta"]["page"]["total"] == count
        assert {hit["kind"] for hit in answer["data"]["hits"]} <= {kind}


def test_hits_lead_somewhere_and_say_why(client: Client) -> None:
    for hit in client.data("/v1/search?q=eggshell+calcification&limit=20")["hits"]:
        assert client.get(hit["url"]).status_code == 200
        assert hit["why"]
        for mark in hit["snippet"]["marks"]:
            assert 0 <= mark["start"] < mark["end"] <= len(hit["snippet"]["text"])


def test_searching_takes_no_statement(client: Client, statement_counter: StatementCounter) -> None:
    with statement_counter.counting() as counter:
        client.get("/v1/search?q=calcified+stitches&limit=50")
        client.get("/v1/suggest?q=calcified")
    assert counter.count == 0


@pytest.mark.parametrize(
    ("typed", "text"), [("amor", "Amorphous calcification"), ("what are br", "What are breast calcifications?")]
)
def test_completions(client: Client, typed: str, text: str) -> None:
    assert text in [item["text"] for item in client.get("/v1/suggest", params={"q": typed}).json()["data"]]


@pytest.mark.parametrize("query", ["NEAR(a b)", '"unclosed', "a* OR b", "col:x", "-x", "'; DROP TABLE x", "(((", "%", "\0"])
def test_text_is_never_query_syntax(client: Client, query: str) -> None:
    for path in ("/v1/search", "/v1/suggest"):
        assert client.get(path, params={"q": query}).status_code == 200


@given(st.text(min_size=1, max_size=100).filter(lambda text: not any("\ud800" <= sign <= "\udfff" for sign in text)))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_searched(client: Client, text: str) -> None:
    assert client.get("/v1/search", params={"q": text, "limit": 3}).status_code == 200
    assert client.get("/v1/suggest", params={"q": text}).status_code == 200
